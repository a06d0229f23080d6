import { defineExtension, type Extension, MmoItem, type Room, refuseCall, t, type User } from '@warren/server'
import { HitMap, type Place } from './hit-map.ts'
import { encodePng } from './png.ts'

/** Places in a row: x, y, x, y … */
const places = t.intArray({ maxLength: 2000 })
const pixels = t.int({ min: 1, max: 500 })

const requests = {
  /** A click on a barrel. Refused with `no-barrel` or `out-of-sight`. */
  barrelClick: { params: { id: t.int() } },
}
const config = {
  /** The pictures of the page by its ids. `rx`, `ry`: the point of the picture that stands on the ground. */
  sprites: t.record(
    t.object({
      rx: t.int(),
      ry: t.int(),
      /** How much ground it takes; without it one can walk there. */
      footprint: t.optional(t.object({ width: pixels, height: pixels })),
      /** Avatars appear where it stands. */
      isEntrance: t.preset(t.bool(), false),
    }),
  ),
  /** What stands where, by the name of the room. */
  maps: t.record(t.object({ sprites: t.record(places), barrels: places })),
  /** How long a barrel stays open, in seconds. */
  openSeconds: t.preset(t.int({ min: 1, max: 3600 }), 10),
}

type World = Extension<typeof requests, Record<never, never>, 'room', typeof config>

/** The room variable `mapItems`, as the page reads it. */
const mapItemsShape = t.record(t.object({ rx: t.int(), ry: t.int(), coords: places }))
/** The room variable `mapData`. */
const mapDataShape = t.object({ accessPoints: places, hitmap: t.bytes() })

/** Where one can always stand, around an entrance. */
const DOORSTEP = { width: 40, height: 30 }
/** The largest picture of a map; what clients get of it is far smaller. */
const MAX_PIXELS = 16_000_000
/** The property of a user that counts the barrels he opened, in whatever room. */
const OPENED = 'barrelsOpened'

/** A barrel; clients see whether it is open. */
class Barrel extends MmoItem {
  isOpen = false

  constructor() {
    super({ open: false })
  }
}

/**
 * The server's part of a map with trees, doors and barrels. Clients learn from room variables what stands where, and
 * walk by themselves; the server decides about the barrels: who opens one is told to everybody near it, and counted.
 */
export default defineExtension({
  level: 'room',
  requests,
  config,
  init(extension) {
    publishMap(extension)
    return serveBarrels(extension)
  },
  destroy: removeBarrels => removeBarrels(),
})

/** Tells clients the map: what they draw before they join, what they walk by once they are in. */
function publishMap({ api, zone, room, config }: World): void {
  const map = mapOf(room, config.maps)
  const hits = new HitMap(...sizeOf(room))
  const items: Record<string, { rx: number; ry: number; coords: readonly number[] }> = {}
  const entrances: number[] = []
  for (const [id, coords] of Object.entries(map.sprites)) {
    const sprite = config.sprites[id]
    if (sprite === undefined)
      throw new Error(`The map of ${room.name} has "${id}", which is none of the sprites`)
    const { rx, ry, footprint, isEntrance } = sprite
    items[id] = { rx, ry, coords }
    if (isEntrance) entrances.push(...coords)
    if (footprint !== undefined) for (const place of placesOf(coords)) hits.block(place, footprint)
  }
  for (const place of placesOf(entrances)) hits.clear(place, DOORSTEP)

  const hitmap = encodePng(hits)
  const flags = { isPrivate: true, isPersistent: true }
  api.setRoomVariables(zone, room, [
    // Global, so that it is in the room list before anybody joins.
    { name: 'mapItems', value: mapItemsShape.write(items, 'mapItems'), ...flags, isGlobal: true },
    { name: 'mapData', value: mapDataShape.write({ accessPoints: entrances, hitmap }, 'mapData'), ...flags },
  ])
}

/** @returns what takes the barrels away again */
function serveBarrels({ api, room, config, handle, schedule }: World): () => void {
  const barrels = placesOf(mapOf(room, config.maps).barrels).map(place => {
    const barrel = new Barrel()
    api.mmo.setItemPosition(room, barrel, place)
    return barrel
  })

  function setOpen(barrel: Barrel, open: boolean): void {
    barrel.isOpen = open
    api.mmo.setItemVariables(barrel, { open })
  }

  handle({
    barrelClick({ user, params }) {
      const barrel = api.mmo.item(room, params.id)
      if (!(barrel instanceof Barrel)) return refuseCall('no-barrel', 'There is no such barrel')
      if (!api.mmo.proximityItems({ near: user }).includes(barrel)) {
        refuseCall('out-of-sight', 'The barrel is too far away')
      }
      if (barrel.isOpen) return
      setOpen(barrel, true)
      schedule.after(config.openSeconds * 1000, () => setOpen(barrel, false))
      api.setUserVariables(user, [{ name: 'cnt', value: countOpened(user) }])
    },
  })
  return () => {
    for (const barrel of barrels) api.mmo.removeItem(barrel)
  }
}

/** One more: kept where no client can change it. */
function countOpened(user: User): number {
  const before = user.properties.get(OPENED)
  const count = typeof before === 'number' ? before + 1 : 1
  user.properties.set(OPENED, count)
  return count
}

function mapOf<M>(room: Room, maps: Readonly<Record<string, M>>): M {
  const map = Object.hasOwn(maps, room.name) ? maps[room.name] : undefined
  if (map === undefined) throw new Error(`There is no map for the room ${room.name}`)
  return map
}

/** Width and height of the map, in pixels: up to the limit of the room. */
function sizeOf(room: Room): [number, number] {
  const { x: width, y: height } = room.mmo?.settings.higherLimit ?? { x: 0, y: 0 }
  if (width >= 1 && height >= 1 && width * height <= MAX_PIXELS) return [Math.ceil(width), Math.ceil(height)]
  throw new Error(`The room ${room.name} is no MMO room with limits that fit a picture`)
}

function placesOf(coords: readonly number[]): Place[] {
  return coords.flatMap((x, index) => (index % 2 === 0 ? [{ x, y: coords[index + 1] ?? 0 }] : []))
}
