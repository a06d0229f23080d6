import { type ErrorName, RequestError, type Room, type ServerApi, type User, type Zone } from '@warren/server'
import type { Point } from '../../common/geometry.ts'
import { PORTER_LOOK, VARIABLES } from '../../contract.ts'

/** Names that are tried before a newcomer is given up. */
const NAME_TRIES = 20

/** Makes users without a line, and takes them away. */
export class Npcs {
  readonly #api: ServerApi
  readonly #zone: Zone
  readonly #room: Room
  #made = 0

  constructor(api: ServerApi, zone: Zone, room: Room) {
    this.#api = api
    this.#zone = zone
    this.#room = room
  }

  /**
   * Makes one and puts it into the room.
   * @param nameOf  a name, by a number that no other has had
   * @returns undefined when the zone or the room is full
   */
  add(nameOf: (number: number) => string, place: Point, isPorter: boolean): User | undefined {
    const user = this.#create(nameOf)
    if (user === undefined) return undefined
    try {
      if (isPorter) this.#api.setUserVariables(user, [{ name: VARIABLES.look, value: PORTER_LOOK }])
      this.#api.joinRoom(user, this.#room)
      this.#api.mmo.setUserPosition(user, place)
      return user
    } catch (error) {
      this.#api.logOut(user)
      if (isRefused(error, 'room-full')) return undefined
      throw error
    }
  }

  remove(user: User): void {
    this.#api.logOut(user)
  }

  #create(nameOf: (number: number) => string): User | undefined {
    for (let attempt = 0; attempt < NAME_TRIES; attempt++) {
      try {
        return this.#api.createNpc(this.#zone, nameOf(++this.#made))
      } catch (error) {
        if (isRefused(error, 'zone-full')) return undefined
        if (!isRefused(error, 'name-taken')) throw error
      }
    }
    return undefined
  }
}

function isRefused(error: unknown, why: ErrorName): boolean {
  return error instanceof RequestError && error.error === why
}
