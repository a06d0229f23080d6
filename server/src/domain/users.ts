import { addTo, removeFrom } from './rooms.ts'
import type { User } from './user.ts'

/** The users of a zone, by what they are asked for by. */
export class Users {
  readonly #byId = new Map<number, User>()
  readonly #byName = new Map<string, User>()
  readonly #byFoldedName = new Map<string, Set<User>>()

  get size(): number {
    return this.#byId.size
  }

  [Symbol.iterator](): IterableIterator<User> {
    return this.#byId.values()
  }

  get(id: number): User | undefined {
    return this.#byId.get(id)
  }

  named(name: string): User | undefined {
    return this.#byName.get(name)
  }

  /** Everybody of that name, written in upper or lower case. */
  namedLike(name: string): Iterable<User> {
    return this.#byFoldedName.get(name.toLowerCase()) ?? []
  }

  add(user: User): void {
    this.#byId.set(user.id, user)
    this.#byName.set(user.name, user)
    addTo(this.#byFoldedName, user.name.toLowerCase(), user)
  }

  /** @returns whether he was there */
  delete(user: User): boolean {
    if (this.#byId.get(user.id) !== user) return false
    this.#byId.delete(user.id)
    this.#byName.delete(user.name)
    removeFrom(this.#byFoldedName, user.name.toLowerCase(), user)
    return true
  }

  /** A name for a guest that nobody has taken by hand. */
  guestName(prefix: string, id: number): string {
    let name = prefix + id
    for (let n = 1; this.#byName.has(name); n++) name = `${prefix}${id}-${n}`
    return name
  }
}
