import { RequestError } from '../errors.ts'
import type { RoomEvents, RoomPermissions, RoomSettings } from './settings.ts'
import type { User } from './user.ts'

/** The player id of somebody who only watches. */
export const SPECTATOR = -1
/** The player id in a room that is no game. */
export const NO_PLAYER = 0

/** A room of a zone: who is in it and in which role. The zone decides who may come in and tells the others. */
export class Room {
  /** Unique on this server and never used again while it runs. */
  readonly id: number
  readonly name: string
  readonly group: string
  readonly isGame: boolean
  readonly isHidden: boolean
  readonly password: string
  readonly maxUsers: number
  readonly maxSpectators: number
  readonly permissions: RoomPermissions
  readonly events: RoomEvents
  readonly #playerIds = new Map<User, number>()
  #spectators = 0

  constructor(id: number, settings: RoomSettings) {
    this.id = id
    this.name = settings.name
    this.group = settings.group
    this.isGame = settings.isGame
    this.isHidden = settings.isHidden
    this.password = settings.password
    this.maxUsers = settings.maxUsers
    this.maxSpectators = settings.isGame ? settings.maxSpectators : 0
    this.permissions = settings.permissions
    this.events = settings.events
  }

  /** Everybody in the room, spectators included, in the order of joining. */
  get users(): IterableIterator<User> {
    return this.#playerIds.keys()
  }

  /** Users without spectators. */
  get userCount(): number {
    return this.#playerIds.size - this.#spectators
  }

  get spectatorCount(): number {
    return this.#spectators
  }

  get isPasswordProtected(): boolean {
    return this.password !== ''
  }

  has(user: User): boolean {
    return this.#playerIds.has(user)
  }

  /** 1 and up for a player, -1 for a spectator, 0 in a room that is no game or for somebody who is not in it. */
  playerIdOf(user: User): number {
    return this.#playerIds.get(user) ?? NO_PLAYER
  }

  /**
   * Whether the user could come in now [P-6.3].
   * @throws RequestError already-joined, room-password-wrong, room-full
   */
  admit(user: User, password: string, asSpectator: boolean): void {
    if (this.has(user)) throw new RequestError('already-joined', this.name)
    if (this.isPasswordProtected && password !== this.password) {
      throw new RequestError('room-password-wrong', this.name)
    }
    const watches = asSpectator && this.isGame
    if (watches ? this.#spectators >= this.maxSpectators : this.userCount >= this.maxUsers) {
      throw new RequestError('room-full', this.name)
    }
  }

  /** Puts the user in, without asking. */
  add(user: User, asSpectator: boolean): void {
    this.#playerIds.set(user, this.#roleFor(asSpectator))
    if (asSpectator && this.isGame) this.#spectators++
  }

  remove(user: User): void {
    if (this.#playerIds.get(user) === SPECTATOR) this.#spectators--
    this.#playerIds.delete(user)
  }

  #roleFor(asSpectator: boolean): number {
    if (!this.isGame) return NO_PLAYER
    return asSpectator ? SPECTATOR : this.#smallestFreePlayerId()
  }

  #smallestFreePlayerId(): number {
    const taken = new Set(this.#playerIds.values())
    let id = 1
    while (taken.has(id)) id++
    return id
  }
}
