import type { SFSObject } from '@warren/codec'
import type { Buddies } from '../domain/buddies/buddies.ts'
import type { Buddy, BuddyVariable } from '../domain/buddies/buddy.ts'
import { typedValue, type VariableInput } from '../domain/typed-value.ts'
import type { User } from '../domain/user.ts'
import type { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'

/** Buddy variables by name, as the server sets them; null deletes. */
export type BuddyVariableInputs = Readonly<Record<string, VariableInput>>

/**
 * What a host program and extensions can do with buddy lists, in the name of a user who is in the zone. Clients are
 * told as if he had asked himself. What waits is done when the database has it; all of it throws
 * `buddy-list-not-ready` before the user has his list, and `buddy-list-unavailable` when the database cannot be
 * reached.
 * @example
 * await api.buddies.add(user, 'Bob')
 */
export class BuddyApi {
  readonly #zoneOf: (user: User) => Zone

  constructor(zoneOf: (user: User) => Zone) {
    this.#zoneOf = zoneOf
  }

  /** Loads the list of a user, as his client would ask for it. @throws RequestError buddy-list-unchanged */
  async start(user: User): Promise<void> {
    await this.#of(user).start(user)
  }

  /** Who is on the list, in the order of adding. Empty before the user has his list. */
  listOf(user: User): Buddy[] {
    return [...(this.#of(user).listOf(user)?.buddies.values() ?? [])]
  }

  /** What those see of the user who have him on their lists. */
  variablesOf(user: User): BuddyVariable[] {
    return [...(this.#of(user).listOf(user)?.variables.values() ?? [])]
  }

  /** Whether his buddies see that he is there. */
  isOnline(user: User): boolean {
    return this.#of(user).listOf(user)?.isOnline ?? false
  }

  /** @throws RequestError buddy-not-addable, buddy-list-unchanged, buddy-list-full */
  async add(user: User, name: string): Promise<void> {
    await this.#of(user).add(user, name)
  }

  /** @throws RequestError buddy-unknown */
  async remove(user: User, name: string): Promise<void> {
    await this.#of(user).remove(user, name)
  }

  /** @throws RequestError buddy-unknown */
  async block(user: User, name: string, isBlocked = true): Promise<void> {
    await this.#of(user).block(user, name, isBlocked)
  }

  /** @throws RequestError buddy-list-unchanged */
  async setOnline(user: User, isOnline: boolean): Promise<void> {
    await this.#of(user).setOnline(user, isOnline)
  }

  /**
   * Sets variables that others see of a user; a name with `$` in front is kept.
   * @throws RequestError variables-invalid, buddy-away, too-many-buddy-variables
   */
  async setVariables(user: User, variables: BuddyVariableInputs): Promise<void> {
    const changes = Object.entries(variables).map(([name, value]) => ({ name, value: typedValue(value) }))
    await this.#of(user).setVariables(user, changes)
  }

  /** @throws RequestError buddy-unknown, buddy-away, buddy-blocked, message-empty */
  sendMessage(sender: User, recipient: User, text: string, params?: SFSObject): void {
    this.#of(sender).sendMessage(sender, recipient, text, params)
  }

  #of(user: User): Buddies {
    const { buddies } = this.#zoneOf(user)
    if (buddies === undefined)
      throw new RequestError('buddy-list-unavailable', 'This zone has no buddy lists')
    return buddies
  }
}
