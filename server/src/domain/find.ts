import { SFSArray, SFSObject } from '@warren/codec'
import { compileMatch, type Matchable, type MatchCondition, type MatchProperty, MatchType } from './match.ts'
import { type Room, SPECTATOR } from './room.ts'
import type { User } from './user.ts'
import type { Zone } from './zone.ts'

const { BOOLEAN, NUMBER, STRING } = MatchType

/** Room properties that an expression may name [P-6.1]. */
const ROOM_PROPERTIES: ReadonlyMap<string, MatchProperty<Room>> = new Map<string, MatchProperty<Room>>([
  ['N', { type: STRING, read: room => room.name }],
  ['G', { type: STRING, read: room => room.group }],
  ['MXU', { type: NUMBER, read: room => room.maxUsers }],
  ['MXS', { type: NUMBER, read: room => room.maxSpectators }],
  ['UC', { type: NUMBER, read: room => room.userCount }],
  ['SC', { type: NUMBER, read: room => room.spectatorCount }],
  ['ISG', { type: BOOLEAN, read: room => room.isGame }],
  ['ISP', { type: BOOLEAN, read: room => room.isPasswordProtected }],
  ['HFP', { type: BOOLEAN, read: room => room.userCount < room.maxUsers }],
  ['IST', { type: BOOLEAN, read: room => room.game !== undefined }],
  ['ISM', { type: BOOLEAN, read: room => room.mmo !== undefined }],
  ['ISD', { type: BOOLEAN, read: room => !room.isGame && room.mmo === undefined }],
])

/** User properties that an expression may name [P-6.1]; rooms are those of the zone that is searched. */
function userProperties(zone: Zone): ReadonlyMap<string, MatchProperty<User>> {
  // Of several games the one that he joined last counts [observed].
  const playsAs = (user: User, test: (playerId: number) => boolean) => {
    const room = zone.lastJoinedRoom(user)
    return room?.isGame === true && test(room.playerIdOf(user))
  }
  return new Map<string, MatchProperty<User>>([
    ['N', { type: STRING, read: user => user.name }],
    ['ISP', { type: BOOLEAN, read: user => playsAs(user, id => id !== SPECTATOR) }],
    ['ISS', { type: BOOLEAN, read: user => playsAs(user, id => id === SPECTATOR) }],
    ['ISN', { type: BOOLEAN, read: user => user.isNpc }],
    ['PRID', { type: NUMBER, read: user => user.privilegeId }],
    ['IAR', { type: BOOLEAN, read: user => zone.roomsJoinedBy(user).length > 0 }],
  ])
}

/** Where to look, and for how many. */
export interface FindOptions {
  /** Only in this group; the whole zone if not given. */
  readonly group?: string | undefined
  /** At most so many; 0 is all. */
  readonly limit?: number | undefined
}

/**
 * Makes one test of rooms of an expression.
 * @throws RequestError match-invalid
 */
export function roomMatcher(conditions: readonly MatchCondition[]): (room: Room) => boolean {
  return compileMatch(conditions, {
    properties: ROOM_PROPERTIES,
    variable: (room, name, path) => reach(room.variables.get(name)?.value.value, path),
  })
}

/**
 * Makes one test of users of an expression. Private variables count, although nobody else sees them [observed].
 * @throws RequestError match-invalid
 */
export function userMatcher(zone: Zone, conditions: readonly MatchCondition[]): (user: User) => boolean {
  return compileMatch(conditions, {
    properties: userProperties(zone),
    variable: (user, name, path) => reach(user.variables.get(name)?.value.value, path),
  })
}

/**
 * Rooms that match, hidden ones and those of closed groups among them [observed].
 * @throws RequestError match-invalid
 */
export function findRooms(zone: Zone, conditions: readonly MatchCondition[], options: FindOptions): Room[] {
  const rooms = options.group === undefined ? zone.rooms : zone.roomsOf(options.group)
  return pick(rooms, roomMatcher(conditions), options.limit)
}

/**
 * Users that match.
 * @param room  only those in this room; wins over the group
 * @throws RequestError match-invalid
 */
export function findUsers(
  zone: Zone,
  conditions: readonly MatchCondition[],
  options: FindOptions & { readonly room?: Room | undefined },
): User[] {
  return pick(candidates(zone, options), userMatcher(zone, conditions), options.limit)
}

function candidates(
  zone: Zone,
  { room, group }: FindOptions & { readonly room?: Room | undefined },
): Iterable<User> {
  if (room !== undefined) return room.users
  if (group === undefined) return zone.users
  return new Set([...zone.roomsOf(group)].flatMap(each => [...each.users]))
}

function pick<S>(subjects: Iterable<S>, matches: (subject: S) => boolean, limit = 0): S[] {
  const found: S[] = []
  for (const subject of subjects) {
    if (!matches(subject)) continue
    found.push(subject)
    if (found.length === limit) break
  }
  return found
}

/** The value that a dotted name reaches: keys of objects, positions of arrays. */
function reach(value: unknown, path: readonly string[]): Matchable {
  let reached = value
  for (const step of path) reached = inside(reached, step)
  switch (typeof reached) {
    case 'boolean':
    case 'number':
    case 'string':
      return reached
    case 'bigint':
      return Number(reached)
    default:
      return undefined
  }
}

function inside(container: unknown, step: string): unknown {
  if (container instanceof SFSObject) return container.get(step)
  if (container instanceof SFSArray && /^\d{1,5}$/.test(step)) return container.get(Number(step))
  return undefined
}
