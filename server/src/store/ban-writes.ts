import { type Ban, type BanStore, type BanTarget, keyOfBan } from '../domain/bans.ts'
import type { StoredBans } from './store.ts'
import type { WriteBehind } from './write-behind.ts'

/** Keeps bans without having anybody wait. */
export class BanWrites implements BanStore {
  readonly #bans: StoredBans
  readonly #behind: WriteBehind

  constructor(bans: StoredBans, behind: WriteBehind) {
    this.#bans = bans
    this.#behind = behind
  }

  keep(ban: Ban, now: number): void {
    this.#behind.add(`ban ${keyOfBan(ban.target)}`, () => this.#bans.keep(ban, now))
  }

  lift(target: BanTarget): void {
    this.#behind.add(`ban ${keyOfBan(target)}`, () => this.#bans.lift(target))
  }
}

/** Bans that end with the server. */
export class UnkeptBans implements BanStore {
  keep(): void {}

  lift(): void {}
}
