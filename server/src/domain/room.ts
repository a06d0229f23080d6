import { RequestError } from '../errors.ts'
import { type Game, startedVariable } from './games/game.ts'
import { MmoMap, type MmoMapOwner } from './mmo/mmo-map.ts'
import { RoomVariables } from './room-variables.ts'
import type {
  AutoRemoveMode,
  ExtensionSettings,
  RoomEvents,
  RoomPermissions,
  RoomSettings,
} from './settings.ts'
import type { User } from './user.ts'

/** The player id of somebody who only watches. */
export const SPECTATOR = -1
/** The player id in a room that is no game. */
export const NO_PLAYER = 0

/** How somebody wants to come in. */
export interface Entry {
  readonly password: string
  readonly asSpectator: boolean
  /** By an invitation, or by the server. */
  readonly isInvited?: boolean
}

/** A room of a zone: who is in it and in which role. The zone decides who may come in and tells the others. */
export class Room {
  /** Unique on this server and never used again while it runs. */
  readonly id: number
  name: string
  readonly group: string
  readonly isGame: boolean
  isHidden: boolean
  /** Opaque: clients have their own idea of what is in it. */
  description: string
  /** Whether those in it hear of other rooms, as far as their clients let rooms decide. */
  isUpdatable: boolean
  password: string
  maxUsers: number
  maxSpectators: number
  readonly permissions: RoomPermissions
  readonly events: RoomEvents
  readonly onlyOwnerInvites: boolean
  readonly filterWords: boolean
  /** Whether public messages count as floods, as far as the zone lets rooms decide. */
  readonly countsFloods: boolean
  readonly autoRemove: AutoRemoveMode
  readonly variables: RoomVariables
  readonly extensions: readonly ExtensionSettings[]
  /** Where everybody is, if it is an MMO room. */
  readonly mmo: MmoMap | undefined
  /** Who may come in and when it starts, if it is a game with rules. */
  readonly game: Game | undefined
  /** Server-side values of the host program; no client sees them. */
  readonly properties = new Map<string, unknown>()
  /** Who made it, as long as he is in the zone; the server when undefined. */
  owner: User | undefined
  readonly #playerIds = new Map<User, number>()
  #spectators = 0

  constructor(
    id: number,
    settings: RoomSettings,
    owner: User | undefined,
    maxVariables: number,
    mapOwner: MmoMapOwner,
    game?: Game,
  ) {
    this.id = id
    this.name = settings.name
    this.group = settings.group
    this.mmo = settings.mmo && new MmoMap(settings.mmo, mapOwner)
    this.isGame = settings.isGame && this.mmo === undefined
    this.isHidden = settings.isHidden
    this.description = settings.description ?? ''
    this.isUpdatable = settings.isUpdatable ?? true
    this.password = settings.password
    this.maxUsers = settings.maxUsers
    this.maxSpectators = settings.maxSpectators
    this.permissions = settings.permissions
    this.events = settings.events
    this.onlyOwnerInvites = settings.onlyOwnerInvites
    this.filterWords = settings.filterWords
    this.countsFloods = settings.countsFloods ?? true
    this.autoRemove = settings.autoRemove
    this.extensions = settings.extensions
    this.owner = owner
    this.game = game
    // The server's own variable takes none of the places.
    this.variables = new RoomVariables(maxVariables + (game?.notifiesStart ? 1 : 0))
    if (game?.notifiesStart) this.variables.apply([startedVariable(false)], undefined)
    this.variables.apply(settings.variables, owner)
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

  get isEmpty(): boolean {
    return this.#playerIds.size === 0
  }

  get isPasswordProtected(): boolean {
    return this.password !== '' || this.game?.isPublic === false
  }

  has(user: User): boolean {
    return this.#playerIds.has(user)
  }

  /** 1 and up for a player, -1 for a spectator, 0 in a room that is no game or for somebody who is not in it. */
  playerIdOf(user: User): number {
    return this.#playerIds.get(user) ?? NO_PLAYER
  }

  /** Whether the room should go by itself now [P-6.4]. */
  isDone(): boolean {
    if (!this.isEmpty) return false
    switch (this.autoRemove) {
      case 'never':
        return false
      case 'whenEmpty':
        return true
      case 'whenEmptyAndCreatorIsGone':
        return this.owner === undefined
      case 'default':
        return this.isGame || this.owner === undefined
    }
  }

  /**
   * Whether the user could come in now [P-6.3]. Who is invited needs no password and matches what a game asks for.
   * @throws RequestError already-joined, room-password-wrong, room-full, game-access-denied
   */
  admit(user: User, { password, asSpectator, isInvited = false }: Entry): void {
    if (this.has(user)) throw new RequestError('already-joined', this.name)
    if (!isInvited) this.#checkPassword(password)
    this.#checkCapacity(asSpectator)
    if (!isInvited && this.game?.admits(user, asSpectator) === false) {
      throw new RequestError('game-access-denied', this.name)
    }
  }

  /**
   * The same for somebody who is in another zone still.
   * @throws RequestError room-password-wrong, room-full, game-access-denied
   */
  admitStranger(user: User, password: string, asSpectator: boolean): void {
    this.#checkPassword(password)
    this.#checkCapacity(asSpectator)
    if (this.game?.admits(user, asSpectator) === false) {
      throw new RequestError('game-access-denied', this.name)
    }
  }

  /** No password opens a private game. */
  #checkPassword(password: string): void {
    if (this.isPasswordProtected && (password !== this.password || this.game?.isPublic === false)) {
      throw new RequestError('room-password-wrong', this.name)
    }
  }

  #checkCapacity(asSpectator: boolean): void {
    const watches = asSpectator && this.isGame
    if (watches ? this.#spectators >= this.maxSpectators : this.userCount >= this.maxUsers) {
      throw new RequestError('room-full', this.name)
    }
  }

  /** Puts the user in, without asking. */
  add(user: User, asSpectator: boolean): void {
    this.#setRole(user, this.#roleFor(asSpectator))
    this.mmo?.enter(user)
  }

  remove(user: User): void {
    this.#forgetRole(user)
    this.mmo?.exit(user)
  }

  /**
   * Makes a player of a spectator [P-6.10]; nothing changes for one who is a player already.
   * @returns the player id
   * @throws RequestError not-joined, not-a-game-room, no-player-slot
   */
  seat(user: User): number {
    this.#checkSwitch(user)
    if (this.playerIdOf(user) === SPECTATOR) {
      if (this.userCount >= this.maxUsers) throw new RequestError('no-player-slot', this.name)
      this.#forgetRole(user)
      this.#setRole(user, this.#roleFor(false))
    }
    return this.playerIdOf(user)
  }

  /**
   * Makes a spectator of a player [P-6.10]; nothing changes for one who is a spectator already.
   * @throws RequestError not-joined, not-a-game-room, no-spectator-slot
   */
  unseat(user: User): void {
    this.#checkSwitch(user)
    if (this.playerIdOf(user) === SPECTATOR) return
    if (this.#spectators >= this.maxSpectators) throw new RequestError('no-spectator-slot', this.name)
    this.#forgetRole(user)
    this.#setRole(user, this.#roleFor(true))
  }

  #checkSwitch(user: User): void {
    if (!this.has(user)) throw new RequestError('not-joined', this.name)
    if (!this.isGame) throw new RequestError('not-a-game-room', this.name)
  }

  #setRole(user: User, playerId: number): void {
    this.#playerIds.set(user, playerId)
    if (playerId === SPECTATOR) this.#spectators++
  }

  #forgetRole(user: User): void {
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
