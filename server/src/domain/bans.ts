/** What a ban goes by. A name is banned from one zone, an address from the server. */
export type BanTarget =
  | { readonly by: 'name'; readonly zone: string; readonly name: string }
  | { readonly by: 'address'; readonly address: string }

/** A ban as it is kept. */
export interface Ban {
  readonly target: BanTarget
  /** When it ends, in milliseconds since 1970; `null` never ends. */
  readonly until: number | null
  readonly reason: string
}

/** Where bans outlive the server. */
export interface BanStore {
  /** Keeps a ban in place of the one of the same target, soon. @param now  milliseconds since 1970 */
  keep(ban: Ban, now: number): void
  /** Forgets a ban, soon. */
  lift(target: BanTarget): void
}

/** Who may not log in. Times are milliseconds since 1970. */
export class BanList {
  readonly #store: BanStore
  readonly #bans = new Map<string, Ban>()

  constructor(store: BanStore) {
    this.#store = store
  }

  /** Puts bans in force that were kept, oldest first. */
  restore(bans: Iterable<Ban>): void {
    for (const ban of bans) this.#bans.set(keyOfBan(ban.target), ban)
  }

  /** Bans in the order they were made. */
  [Symbol.iterator](): IterableIterator<Ban> {
    return this.#bans.values()
  }

  /** Adds a ban or replaces the one of the same target; those that have ended go. */
  add(ban: Ban, now: number): void {
    for (const [key, { until }] of this.#bans) if (until !== null && until <= now) this.#bans.delete(key)
    this.#bans.set(keyOfBan(ban.target), ban)
    this.#store.keep(ban, now)
  }

  /** Lifts a ban. @returns whether there was one */
  lift(target: BanTarget): boolean {
    const lifted = this.#bans.delete(keyOfBan(target))
    if (lifted) this.#store.lift(target)
    return lifted
  }

  isBanned(target: BanTarget, now: number): boolean {
    const ban = this.#bans.get(keyOfBan(target))
    return ban !== undefined && (ban.until === null || ban.until > now)
  }
}

/** Tells targets apart. */
export function keyOfBan(target: BanTarget): string {
  return target.by === 'address' ? `address ${target.address}` : `name ${target.zone}\n${target.name}`
}
