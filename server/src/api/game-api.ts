import type { SFSObject } from '@warren/codec'
import {
  createGame,
  type GameInvitations,
  type GameSettings,
  openGame,
  quickJoinGame,
} from '../domain/games/games.ts'
import type { Invitation } from '../domain/games/invitation.ts'
import { followInvitation } from '../domain/games/join-invited.ts'
import type { MatchCondition } from '../domain/match.ts'
import type { Room } from '../domain/room.ts'
import type { RoomSettings } from '../domain/settings.ts'
import type { User } from '../domain/user.ts'
import type { Zone } from '../domain/zone.ts'

/** A new game with rules; what is left out is as for other rooms. */
export type NewGame = Pick<RoomSettings, 'name'> &
  Partial<Omit<RoomSettings, 'mmo' | 'isGame'>> &
  Partial<GameSettings>

/** An invitation of the server's making. */
export interface InvitationOptions {
  /** For how long it holds; 30 if left out, 5 at least. */
  readonly seconds?: number
  readonly params?: SFSObject
}

const GAME_DEFAULTS: GameSettings = {
  isPublic: true,
  minPlayers: 2,
  notifiesStart: false,
  players: [],
  spectators: [],
}
const SECONDS = 30

/** What a host program can do with games and invitations; `api.games`. The rules are those of clients [P-6.15]. */
export class GameApi {
  readonly #now: () => number
  readonly #defaults: Omit<RoomSettings, 'name'>
  readonly #zoneOf: (user: User) => Zone

  /**
   * @param now  milliseconds, on the clock that ends invitations
   * @param defaults  what is true of rooms that say nothing else
   */
  constructor(now: () => number, defaults: Omit<RoomSettings, 'name'>, zoneOf: (user: User) => Zone) {
    this.#now = now
    this.#defaults = defaults
    this.#zoneOf = zoneOf
  }

  /**
   * Makes a game that goes when it is empty. With an owner it is made as if he had asked: he joins it, and who is
   * invited to a private game is told; without one it belongs to the server.
   * @throws RequestError room-exists, match-invalid; with an owner what else he may be refused
   * @example
   * api.games.create(zone, { name: 'Duel', isPublic: false }, ann, { invitees: [bob] })
   */
  create(zone: Zone, game: NewGame, owner?: User, invitations: Partial<GameInvitations> = {}): Room {
    const rules = { ...GAME_DEFAULTS, ...game }
    const settings = { ...this.#defaults, autoRemove: 'default' as const, ...game }
    if (owner === undefined) return openGame(zone, settings, rules)
    const asked = {
      invitees: [],
      searchGroups: [],
      seconds: SECONDS,
      params: undefined,
      leavesLastRoom: true,
    }
    return createGame(zone, settings, rules, { ...asked, ...invitations }, owner, this.#now())
  }

  /**
   * Joins the first public game that matches and has a place for the user.
   * @param rooms  where to look, in this order, such as `zone.roomsOf('games')`
   * @param options  `leave` is the room that he leaves then
   * @throws RequestError no-game-found, already-joined, match-invalid
   */
  quickJoin(
    user: User,
    rooms: Iterable<Room>,
    conditions: readonly MatchCondition[] = [],
    options: { readonly leave?: Room } = {},
  ): void {
    quickJoinGame(this.#zoneOf(user), user, rooms, conditions, options.leave)
  }

  /**
   * Asks users something in the name of another one, who hears their answers; so do extensions, by
   * `gameInvitationSuccess` and `gameInvitationFailure`.
   * @throws RequestError too-many-invitations
   */
  invite(inviter: User, invitees: Iterable<User>, options: InvitationOptions = {}): readonly Invitation[] {
    return this.#invite(inviter, invitees, options)
  }

  /** Asks users into a room; a yes joins them, whatever its password is. @throws RequestError too-many-invitations */
  inviteToRoom(
    inviter: User,
    invitees: Iterable<User>,
    room: Room,
    options: InvitationOptions & { readonly asSpectator?: boolean; readonly leavesLastRoom?: boolean } = {},
  ): readonly Invitation[] {
    const { asSpectator = false, leavesLastRoom = true } = options
    return this.#invite(inviter, invitees, options, { room, asSpectator, leavesLastRoom })
  }

  /** Answers for the invited. @throws RequestError invitation-invalid; when joining fails what `joinRoom` throws */
  reply(user: User, invitationId: number, accepts: boolean, params?: SFSObject): void {
    const zone = this.#zoneOf(user)
    followInvitation(zone, user, invitationId, accepts ? 'accepted' : 'refused', params)
  }

  #invite(
    inviter: User,
    invitees: Iterable<User>,
    { seconds = SECONDS, params }: InvitationOptions,
    to?: Invitation['to'],
  ): readonly Invitation[] {
    const text = { seconds, params, to }
    return this.#zoneOf(inviter).invitations.invite(inviter, invitees, text, this.#now())
  }
}
