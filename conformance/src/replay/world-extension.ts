import { readFileSync } from 'node:fs'
import { defineExtension, MmoItem, type SFSValue } from '@warren/server'
import { elements, fromTyped, type Typed } from './typed.ts'

const RECORDING = new URL('../../fixtures/traces/h08_mmoitems_simplemmo2.json', import.meta.url)
/** Where a room has its variables, and a variable its name and value. */
const [NAME, VARIABLES] = [1, 8]
const [VARIABLE_NAME, VALUE] = [0, 2]
/** The recorder cut the picture. */
const CUT = /^([0-9a-f]*)…\((\d+) chars\)$/

/**
 * Stands for the extension of the vendor's example map: what its rooms are known to have, read from the recording.
 */
export const worldExtension = defineExtension({
  level: 'room',
  init({ api, zone, room }) {
    for (const { name, value } of recordedVariables(room.name)) {
      api.setRoomVariables(zone, room, [
        { name, value, isPrivate: true, isPersistent: true, isGlobal: name === 'mapItems' },
      ])
    }
    api.mmo.setItemPosition(room, new MmoItem({ open: false }), { x: 1213, y: 703, z: 0 })
  },
})

function recordedVariables(room: string): { name: string; value: SFSValue }[] {
  const { steps } = JSON.parse(readFileSync(RECORDING, 'utf8')) as {
    steps: { dir: string; a?: number; p: Record<string, Typed> }[]
  }
  const told = steps.filter(({ dir, a }) => dir === 's2c' && (a === 1 || a === 4))
  const rows = told.flatMap(({ p }) => [...(p.rl === undefined ? [] : elements(p.rl)), ...(p.r ? [p.r] : [])])
  const variables = rows
    .filter(row => elements(row)[NAME]?.v === room)
    .flatMap(row => elements(elements(row)[VARIABLES] as Typed))
  const byName = new Map(variables.map(row => [String(elements(row)[VARIABLE_NAME]?.v), row]))
  return Array.from(byName, ([name, row]) => ({
    name,
    value: fromTyped({ value: whole(elements(row)[VALUE] as Typed) }).getValue('value') as SFSValue,
  }))
}

/** The value without cuts: what is missing is zero. */
function whole(value: Typed): Typed {
  if (value.t === 'SFS_OBJECT') {
    const members = Object.entries(value.v as Record<string, Typed>)
    return { t: value.t, v: Object.fromEntries(members.map(([key, member]) => [key, whole(member)])) }
  }
  const cut = CUT.exec(String(value.v))
  return cut === null ? value : { t: value.t, v: (cut[1] ?? '').padEnd(Number(cut[2]), '0') }
}
