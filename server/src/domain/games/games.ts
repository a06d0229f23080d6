import type { SFSObject } from '@warren/codec'
import { RequestError } from '../../errors.ts'
import { findUsers, roomMatcher, userMatcher } from '../find.ts'
import type { MatchCondition } from '../match.ts'
import type { Room } from '../room.ts'
import { createRoom, openRoom } from '../room-creation.ts'
import type { RoomSettings } from '../settings.ts'
import type { User } from '../user.ts'
import type { Zone } from '../zone.ts'
import type { Game } from './game.ts'

/** Who may play and watch, and when it starts. */
export interface GameSettings {
  /** Who matches may come in; else only who is invited. */
  readonly isPublic: boolean
  /** With so many players it starts; 1 at least. */
  readonly minPlayers: number
  /** Whether the group is told when it starts and stops, by the variable `$GS`. */
  readonly notifiesStart: boolean
  /** What players and spectators have to be who were not invited; nothing for everybody. */
  readonly players: readonly MatchCondition[]
  readonly spectators: readonly MatchCondition[]
}

/** Who is invited to a private game, and how. */
export interface GameInvitations {
  readonly invitees: Iterable<User>
  /** Where more are looked for who match, when those are too few to start. */
  readonly searchGroups: readonly string[]
  readonly seconds: number
  readonly params: SFSObject | undefined
  /** Whoever comes, the maker too, leaves the room that he joined last. */
  readonly leavesLastRoom: boolean
}

/**
 * Makes a game for a user, who is its first player, and invites others if it is private [P-6.15.1].
 * @param now  in milliseconds, as for invitations
 * @throws RequestError as `createRoom`; match-invalid, too-many-invitations
 */
export function createGame(
  zone: Zone,
  settings: RoomSettings,
  game: GameSettings,
  invitations: GameInvitations,
  owner: User,
  now: number,
): Room {
  const rules = gameOf(zone, game)
  const room = createRoom(zone, gameRoom(settings), owner, rules)
  const { leavesLastRoom, seconds, params } = invitations
  const leave = leavesLastRoom ? zone.lastJoinedRoom(owner) : undefined
  zone.join(owner, room, { password: '', asSpectator: false, leave, isInvited: true })
  if (game.isPublic) return room
  const to = { room, asSpectator: false, leavesLastRoom }
  zone.invitations.invite(owner, playersFor(zone, room, game, invitations), { seconds, params, to }, now)
  return room
}

/** Makes a game that belongs to the server. @throws RequestError room-exists, match-invalid */
export function openGame(zone: Zone, settings: RoomSettings, game: GameSettings): Room {
  return openRoom(zone, gameRoom(settings), undefined, gameOf(zone, game))
}

/**
 * Joins the first public game that matches, has a free place and wants the user [P-6.14.2].
 * @param rooms  where to look, in this order
 * @throws RequestError no-game-found; already-joined, when the user is in the only one that would do
 */
export function quickJoinGame(
  zone: Zone,
  user: User,
  rooms: Iterable<Room>,
  conditions: readonly MatchCondition[],
  leave: Room | undefined,
): void {
  const matches = roomMatcher(conditions)
  let joined: Room | undefined
  for (const room of rooms) {
    if (!room.game?.isPublic || !matches(room)) continue
    if (room.has(user)) joined ??= room
    else if (takes(room, user)) {
      zone.join(user, room, { password: '', asSpectator: false, leave })
      return
    }
  }
  if (joined !== undefined) throw new RequestError('already-joined', joined.name)
  throw new RequestError('no-game-found')
}

/** Whether a user could come in as a player without a password or an invitation. */
export function takes(room: Room, user: User): boolean {
  const isOpen = !room.isPasswordProtected && room.userCount < room.maxUsers
  return isOpen && (room.game?.admits(user, false) ?? true)
}

function gameRoom(settings: RoomSettings): RoomSettings {
  return { ...settings, isGame: true, mmo: undefined }
}

function gameOf(zone: Zone, { players, spectators, ...settings }: GameSettings): Game {
  const plays = userMatcher(zone, players)
  const watches = userMatcher(zone, spectators)
  return {
    ...settings,
    minPlayers: Math.max(1, settings.minPlayers),
    admits: (user, asSpectator) => (asSpectator ? watches(user) : plays(user)),
  }
}

/** The invited, and as many who match as it takes to start. */
function playersFor(
  zone: Zone,
  room: Room,
  { minPlayers, players }: GameSettings,
  { invitees, searchGroups }: GameInvitations,
): Set<User> {
  const chosen = new Set(invitees)
  if (room.owner !== undefined) chosen.delete(room.owner)
  for (const group of searchGroups) {
    if (chosen.size >= minPlayers - 1) break
    for (const user of findUsers(zone, players, { group })) {
      if (chosen.size >= minPlayers - 1) break
      if (!room.has(user)) chosen.add(user)
    }
  }
  return chosen
}
