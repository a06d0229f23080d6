import type { User } from '@warren/server'

/** What came of rolling dice. */
export interface Roll {
  readonly by: string
  readonly eyes: readonly number[]
  readonly total: number
  readonly isBest: boolean
}

/** Who sits at the table, and what was rolled there. */
export class Table {
  readonly people = new Set<User>()
  readonly #rolling = new Set<User>()
  #rolls: readonly Roll[] = []
  #best: number

  /** @param best  the highest total of former times */
  constructor(best: number) {
    this.#best = best
  }

  /** The highest total so far. */
  get best(): number {
    return this.#best
  }

  /** The latest rolls, the oldest first. */
  get rolls(): readonly Roll[] {
    return this.#rolls
  }

  has(user: User): boolean {
    return this.people.has(user)
  }

  seat(user: User): void {
    this.people.add(user)
  }

  /** @returns whether he sat there */
  leave(user: User): boolean {
    this.#rolling.delete(user)
    return this.people.delete(user)
  }

  /** @param kept  how many of the latest rolls are remembered */
  roll(user: User, eyes: readonly number[], kept: number): Roll {
    const total = eyes.reduce((sum, eye) => sum + eye, 0)
    const roll = { by: user.name, eyes, total, isBest: total > this.#best }
    this.#best = Math.max(this.#best, total)
    this.#rolls = kept === 0 ? [] : [...this.#rolls, roll].slice(-kept)
    this.#rolling.add(user)
    return roll
  }

  isRolling(user: User): boolean {
    return this.#rolling.has(user)
  }

  /** @param user  everybody when left out */
  stopRolling(user?: User): void {
    if (user === undefined) this.#rolling.clear()
    else this.#rolling.delete(user)
  }
}
