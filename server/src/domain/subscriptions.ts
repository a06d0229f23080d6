import { RequestError } from '../errors.ts'
import type { ZoneSettings } from './settings.ts'
import type { User } from './user.ts'

/** Who hears of the rooms of which group. */
export class Subscriptions {
  readonly #settings: ZoneSettings
  readonly #isKnown: (group: string) => boolean
  readonly #subscribers = new Map<string, Set<User>>()

  /** @param hasRooms  whether a group that is not in the settings exists all the same */
  constructor(settings: ZoneSettings, hasRooms: (group: string) => boolean) {
    this.#settings = settings
    this.#isKnown = group =>
      settings.publicRoomGroups.includes(group) ||
      settings.defaultRoomGroups.includes(group) ||
      hasRooms(group)
  }

  of(group: string): Iterable<User> {
    return this.#subscribers.get(group) ?? []
  }

  /** Takes a newcomer with the groups he has. */
  addAll(user: User): void {
    for (const group of user.groups) this.#setOf(group).add(user)
  }

  removeAll(user: User): void {
    for (const group of user.groups) this.#subscribers.get(group)?.delete(user)
  }

  /**
   * Groups that are not public are as good as unknown [observed].
   * @throws RequestError group-already-subscribed, group-unknown
   */
  subscribe(user: User, group: string): void {
    if (user.groups.has(group)) throw new RequestError('group-already-subscribed', group)
    if (!this.#settings.publicRoomGroups.includes(group)) throw new RequestError('group-unknown', group)
    user.groups.add(group)
    this.#setOf(group).add(user)
  }

  /**
   * @throws RequestError group-not-subscribed, group-unknown
   */
  unsubscribe(user: User, group: string): void {
    if (!this.#isKnown(group)) throw new RequestError('group-unknown', group)
    if (!user.groups.delete(group)) throw new RequestError('group-not-subscribed', group)
    this.#subscribers.get(group)?.delete(user)
  }

  #setOf(group: string): Set<User> {
    let set = this.#subscribers.get(group)
    if (set === undefined) {
      set = new Set()
      this.#subscribers.set(group, set)
    }
    return set
  }
}
