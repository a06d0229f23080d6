import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineExtension, SFSObject } from '@warren/server'
import { type LoadedExtension, loadExtension } from '@warren/server/internal'
import { elements, type Typed } from './typed.ts'

const EXAMPLES = fileURLToPath(new URL('../../../examples/extensions', import.meta.url))
const RECORDING = new URL('../../fixtures/traces/h08_mmoitems_simplemmo2.json', import.meta.url)

/** The name of the extension, for rooms. */
export const WORLD = 'simple-mmo-world-2'
/** The one barrel of the recorded map. */
const RECORDED_BARREL = [1213, 703]

interface MapConfig {
  readonly maps: Readonly<Record<string, object>>
}

/** The example that stands for the vendor's, as it is shipped but for the number of barrels, and the recorded picture. */
export async function worldSources(): Promise<Omit<LoadedExtension, 'folder'>[]> {
  const { definition, config } = await loadExtension(WORLD, join(EXAMPLES, WORLD))
  const { maps } = config as unknown as MapConfig
  const barrels = RECORDED_BARREL
  const recorded = Object.fromEntries(Object.entries(maps).map(([room, map]) => [room, { ...map, barrels }]))
  return [
    { name: WORLD, definition, config: { ...config, maps: recorded } },
    { name: PICTURE, definition: pictureExtension, config: {} },
  ]
}

/** The name of the extension that puts the recorded picture in the place of the example's own. */
export const PICTURE = 'recorded-picture'

const pictureExtension = defineExtension({
  level: 'room',
  init({ api, zone, room }) {
    const data = room.variables.get('mapData')?.value.value
    if (!(data instanceof SFSObject)) throw new Error('The example has no mapData')
    data.putByteArray('hitmap', recordedPicture())
    const flags = { isPrivate: true, isPersistent: true }
    api.setRoomVariables(zone, room, [{ name: 'mapData', value: data, ...flags }])
  },
})

/** Where a variable has its value. */
const VALUE = 2
/** Where a room has its variables. */
const VARIABLES = 8
/** The recorder cut the picture. */
const CUT = /^([0-9a-f]*)…\((\d+) chars\)$/

/** As long as it was; what the recorder left out is zero. */
function recordedPicture(): Uint8Array {
  const { steps } = JSON.parse(readFileSync(RECORDING, 'utf8')) as {
    steps: { dir: string; a?: number; p: Record<string, Typed> }[]
  }
  const room = steps.find(({ dir, a }) => dir === 's2c' && a === 4)?.p.r
  if (room === undefined) throw new Error('Nobody joins in the recording')
  const [mapData] = elements(elements(room)[VARIABLES] as Typed)
  const data = elements(mapData as Typed)[VALUE]?.v as Record<string, Typed>
  const [, start = '', length = '0'] = CUT.exec(String(data.hitmap?.v)) ?? []
  return Buffer.from(start.padEnd(Number(length), '0'), 'hex')
}
