import { isDeepStrictEqual } from 'node:util'
import { zoneSchema } from '@warren/server/internal'
import { type Carried, isTree } from './carry.ts'
import type { FileReport } from './report.ts'

/** Always written, although they may be the defaults: what an operator looks for first. */
const ALWAYS = ['name', 'publicRoomGroups', 'defaultRoomGroups']

/** A zone without the values that Warren cannot have, which are told, and without those that it has by default. */
export function zoneFile(zone: Carried, report: FileReport): Carried {
  const fitting = withoutMisfits(zone, report)
  const rooms = Array.isArray(fitting.rooms) ? fitting.rooms : []
  const written = withoutDefaults(fitting, defaultsOf('zone'), ALWAYS)
  if (rooms.length === 0) return written
  return {
    ...written,
    rooms: rooms.map(room => (isTree(room) ? withoutDefaults(room, defaultsOf('room'), ['name']) : room)),
  }
}

/** Takes values away that the schema refuses, until it refuses none. */
function withoutMisfits(zone: Carried, report: FileReport): Carried {
  const fitting = structuredClone(zone)
  for (;;) {
    const result = zoneSchema.safeParse(fitting)
    if (result.success) return fitting
    let removed = false
    for (const { path, message } of result.error.issues) {
      if (!remove(fitting, path)) continue
      removed = true
      report.odd(path.filter(key => typeof key === 'string').join('.'), message)
    }
    if (!removed) return fitting
  }
}

/** Removes what is at a path. @returns whether there was something */
function remove(tree: Carried, path: readonly PropertyKey[]): boolean {
  const last = path.at(-1)
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => (isObject(at) ? Reflect.get(at, key) : undefined), tree)
  if (last === undefined || !isObject(parent) || !Reflect.has(parent, last)) return false
  if (Array.isArray(parent)) parent.splice(Number(last), 1)
  else Reflect.deleteProperty(parent, last)
  return true
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** What the schema fills in. */
function defaultsOf(what: 'zone' | 'room'): Carried {
  const { rooms, ...zone } = zoneSchema.parse({ name: 'x', rooms: [{ name: 'x' }] })
  return what === 'zone' ? zone : { ...rooms[0] }
}

function withoutDefaults(tree: Carried, defaults: Carried, always: readonly string[] = []): Carried {
  const kept = Object.entries(tree).flatMap(([key, value]): [string, unknown][] => {
    const preset = defaults[key]
    if (!always.includes(key) && isDeepStrictEqual(value, preset)) return []
    if (!isTree(value) || !isTree(preset)) return [[key, value]]
    const rest = withoutDefaults(value, preset)
    return Object.keys(rest).length === 0 ? [] : [[key, rest]]
  })
  return Object.fromEntries(kept)
}
