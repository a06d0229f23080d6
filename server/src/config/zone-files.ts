import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import type { RoomSettings, ZoneSettings } from '../domain/settings.ts'
import { type ConfigProblem, check, error, warning } from './problem.ts'
import { zoneSchema } from './zone-schema.ts'

const SUFFIX = '.zone.json'

/** A zone and where it was written. */
export interface ZoneSource {
  readonly file: string
  readonly zone: ZoneSettings
}

/** The zone files of a folder; none if it is not there. Warns of others that may be meant as such. */
export async function listZoneFiles(
  folder: string,
  cwd: string,
  problems: ConfigProblem[],
): Promise<string[]> {
  const names = (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.json')).sort()
  for (const name of names.filter(each => !each.endsWith(SUFFIX))) {
    problems.push(
      warning(shortPath(join(folder, name), cwd), '', `is not read: zone files are called <name>${SUFFIX}`),
    )
  }
  return names.filter(name => name.endsWith(SUFFIX)).map(name => join(folder, name))
}

/** Reads and checks one zone file. */
export async function readZoneFile(
  path: string,
  cwd: string,
  problems: ConfigProblem[],
): Promise<ZoneSource | undefined> {
  const file = shortPath(path, cwd)
  const value = await readJson(path, file, problems)
  if (value === undefined) return undefined
  const zone = checkZone(value.json, file, problems)
  if (zone === undefined) return undefined
  const expected = basename(path).slice(0, -SUFFIX.length)
  if (zone.name !== expected) {
    const message = `is "${zone.name}", but the file is called ${basename(path)}`
    problems.push(warning(file, 'name', message, JSON.stringify(expected)))
  }
  return { file, zone }
}

/** Checks one zone: its keys, and that they fit each other. */
export function checkZone(value: unknown, file: string, problems: ConfigProblem[]): ZoneSettings | undefined {
  const parsed = check(zoneSchema, value, file, problems)
  if (parsed === undefined) return undefined
  const { $schema, ...zone } = parsed
  if (!Object.hasOwn(Object(value), 'publicRoomGroups')) warnOfHiddenGroups(zone, file, problems)
  return fits(zone, file, problems) ? zone : undefined
}

/** Zones must not share a name. */
export function checkZoneNames(zones: readonly ZoneSource[], problems: ConfigProblem[]): void {
  const seen = new Map<string, string>()
  for (const { file, zone } of zones) {
    const first = seen.get(zone.name)
    if (first === undefined) seen.set(zone.name, file)
    else problems.push(error(file, 'name', `"${zone.name}" is in ${first} too`))
  }
}

/** Reads a JSON file; a byte order mark is passed over. */
export async function readJson(
  path: string,
  file: string,
  problems: ConfigProblem[],
): Promise<{ readonly json: unknown } | undefined> {
  try {
    const text = await readFile(path, 'utf8')
    return { json: JSON.parse(text.replace(/^\uFEFF/, '')) }
  } catch (cause) {
    const message = cause instanceof SyntaxError ? `is not JSON: ${cause.message}` : 'cannot be read'
    problems.push(error(file, '', message))
    return undefined
  }
}

/** A path as somebody in `cwd` would type it. */
export function shortPath(path: string, cwd: string): string {
  const short = relative(cwd, path)
  return short === '' || short.startsWith('..') ? path : short
}

/** Whether the keys of a zone fit each other. */
function fits(zone: ZoneSettings, file: string, problems: ConfigProblem[]): boolean {
  const before = problems.length
  const groups = [...new Set(zone.publicRoomGroups)].map(group => JSON.stringify(group)).join(', ')
  for (const key of ['publicRoomGroups', 'defaultRoomGroups'] as const) {
    for (const [index, group] of zone[key].entries()) {
      if (zone[key].indexOf(group) < index)
        problems.push(error(file, `${key}[${index}]`, `"${group}" is in the list twice`))
    }
  }
  for (const [index, group] of zone.defaultRoomGroups.entries()) {
    if (zone.publicRoomGroups.includes(group)) continue
    const message = `"${group}" is not one of publicRoomGroups`
    problems.push(error(file, `defaultRoomGroups[${index}]`, message, groups))
  }
  if (zone.minRoomNameChars > zone.maxRoomNameChars) {
    problems.push(error(file, 'minRoomNameChars', 'is more than maxRoomNameChars'))
  }
  for (const [index, state] of zone.buddies?.states.entries() ?? []) {
    if (zone.buddies?.states.indexOf(state) === index) continue
    problems.push(error(file, `buddies.states[${index}]`, `"${state}" is in the list twice`))
  }
  unique(zone.rooms, 'rooms', file, problems, 'name')
  unique(zone.privileges.profiles, 'privileges.profiles', file, problems, 'id')
  unique(zone.floodFilter.rules, 'floodFilter.rules', file, problems, 'request')
  for (const [index, room] of zone.rooms.entries()) roomFits(room, zone, `rooms[${index}]`, file, problems)
  return problems.slice(before).every(problem => problem.severity === 'warning')
}

function roomFits(
  room: RoomSettings,
  zone: ZoneSettings,
  path: string,
  file: string,
  problems: ConfigProblem[],
): void {
  unique(room.variables, `${path}.variables`, file, problems, 'name')
  const maxVariables = Math.min(room.maxVariables, zone.maxRoomVariables)
  if (room.variables.length > maxVariables) {
    problems.push(
      error(file, `${path}.variables`, `are more than the ${maxVariables} that the room may have`),
    )
  }
  if (room.maxSpectators > 0 && !room.isGame) {
    const message = 'has no effect, because only game rooms have spectators'
    problems.push(warning(file, `${path}.maxSpectators`, message, '0'))
  }
}

/** Reports entries of a list that share what must be theirs alone. */
function unique<K extends string>(
  entries: readonly { readonly [P in K]: unknown }[],
  list: string,
  file: string,
  problems: ConfigProblem[],
  key: K,
): void {
  const first = new Map<unknown, number>()
  for (const [index, entry] of entries.entries()) {
    const value = entry[key]
    const before = first.get(value)
    if (before === undefined) first.set(value, index)
    else {
      const message = `${JSON.stringify(value)} is the ${key} of ${list}[${before}] too`
      problems.push(error(file, `${list}[${index}].${key}`, message))
    }
  }
}

/** Who does not list the public groups may not know of them. */
function warnOfHiddenGroups(zone: ZoneSettings, file: string, problems: ConfigProblem[]): void {
  const groups = zone.publicRoomGroups.map(group => JSON.stringify(group)).join(', ')
  for (const [index, { group }] of zone.rooms.entries()) {
    if (zone.publicRoomGroups.includes(group)) continue
    const message = `"${group}" is not one of publicRoomGroups, so no client will list the room`
    problems.push(warning(file, `rooms[${index}].group`, message, groups))
  }
}
