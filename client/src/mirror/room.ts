import type { RoomRow } from '@warren/codec'
import type { User } from './user.ts'
import { Variables } from './variable.ts'

/** The player id of somebody who only watches. */
const SPECTATOR = -1

/** A room as this client knows it. Users are known of rooms that it is in. */
export class Room {
  readonly id: number
  readonly groupId: string
  readonly isGame: boolean
  readonly isHidden: boolean
  name = ''
  isPasswordProtected = false
  /** Whether this client is in it. */
  isJoined = false
  /** Users; players, in a game. Told of rooms that the client is not in as well. */
  userCount = 0
  spectatorCount = 0
  maxUsers = 0
  maxSpectators = 0
  readonly variables: Variables = new Variables()
  readonly #playerIds = new Map<User, number>()

  /** @internal */
  constructor(row: RoomRow) {
    this.id = row.id
    this.groupId = row.groupId
    this.isGame = row.isGame
    this.isHidden = row.isHidden
    this.update(row)
  }

  /** Takes over what the server says of the room. @internal */
  update(row: RoomRow): void {
    this.name = row.name
    this.isPasswordProtected = row.isPasswordProtected
    this.userCount = row.userCount
    this.spectatorCount = row.spectatorCount ?? 0
    this.maxUsers = row.maxUsers
    this.maxSpectators = row.maxSpectators ?? 0
    this.variables.replace(row.variables)
  }

  /** Everybody in the room, as far as this client knows. */
  get users(): readonly User[] {
    return [...this.#playerIds.keys()]
  }

  /** Those who play. */
  get players(): readonly User[] {
    return this.users.filter(user => this.playerIdOf(user) > 0)
  }

  /** Those who watch. */
  get spectators(): readonly User[] {
    return this.users.filter(user => this.playerIdOf(user) === SPECTATOR)
  }

  /** Whether a user is in the room. */
  has(user: User): boolean {
    return this.#playerIds.has(user)
  }

  /** A user of the room by id or name. */
  user(idOrName: number | string): User | undefined {
    return this.users.find(user => user.id === idOrName || user.name === idOrName)
  }

  /** 1 and up for a player, -1 for a spectator, 0 in a room that is no game. */
  playerIdOf(user: User): number {
    return this.#playerIds.get(user) ?? 0
  }

  /** @internal */
  put(user: User, playerId: number): void {
    this.#playerIds.set(user, playerId)
  }

  /** @internal */
  remove(user: User): boolean {
    return this.#playerIds.delete(user)
  }

  /** @internal */
  clear(): void {
    this.#playerIds.clear()
  }
}
