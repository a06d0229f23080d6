import { hash, type Options, verify } from '@node-rs/argon2'
import { AccountError } from './refusals.ts'

/** What a hash costs whoever makes it, and whoever guesses. */
export interface HashCost {
  /** In KiB. */
  readonly memoryCost: number
  /** Passes over that memory. */
  readonly timeCost: number
  readonly parallelism: number
}

/**
 * 19 MiB, two passes, one lane: what OWASP recommends at the least for argon2id. A guess costs as much memory as a
 * login does, which is what makes many guesses at once dear. A hash takes some 30 ms of one core; with
 * `MAX_AT_ONCE` of them memory stays below 40 MiB.
 */
export const SERVER_COST: HashCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Argon2id. The package has it as a constant enum, which is gone where types are only stripped. */
const ARGON2ID: NonNullable<Options['algorithm']> = 2

/** Node has four threads for such work, and files and names of hosts need some of them. */
const MAX_AT_ONCE = 2
/** Who waits behind these would wait for seconds. */
const MAX_WAITING = 100

/** Makes and checks hashes of passwords, so many at once and no more. */
export class PasswordHashing {
  readonly #cost: HashCost
  #running = 0
  readonly #waiting: (() => void)[] = []
  #decoy: Promise<string> | undefined

  constructor(cost: HashCost) {
    this.#cost = cost
  }

  /** @returns the argon2id hash in PHC form, with a salt of its own @throws AccountError account-busy */
  hash(password: string): Promise<string> {
    return this.#take(() => hash(password, { algorithm: ARGON2ID, ...this.#cost }))
  }

  /**
   * Whether a password fits a hash. Takes as long where there is no hash.
   * @throws AccountError account-busy
   */
  async verify(stored: string | undefined, password: string): Promise<boolean> {
    this.#decoy ??= hash('nobody has this password', { algorithm: ARGON2ID, ...this.#cost })
    const compared = stored ?? (await this.#decoy)
    const fits = await this.#take(() => verify(compared, password))
    return fits && stored !== undefined
  }

  async #take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= MAX_AT_ONCE) {
      if (this.#waiting.length >= MAX_WAITING) throw new AccountError('account-busy')
      await new Promise<void>(resolve => this.#waiting.push(resolve))
    } else this.#running++
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#running--
      else next()
    }
  }
}
