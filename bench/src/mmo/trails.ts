import { AREA } from './world.ts'

/** Places of each user that are remembered: three seconds of them, the longest that a busy server may be behind. */
const KEPT = 12

/**
 * Where users were lately. A server reads its lines in turns, so that for moments it knows a newer place of one user
 * and an older one of another than were true together.
 */
export class Trails {
  readonly #x: Int32Array
  readonly #y: Int32Array
  readonly #count: Uint32Array

  constructor(users: number) {
    this.#x = new Int32Array(users * KEPT)
    this.#y = new Int32Array(users * KEPT)
    this.#count = new Uint32Array(users)
  }

  add(user: number, x: number, y: number): void {
    const count = this.#count[user] ?? 0
    const at = user * KEPT + (count % KEPT)
    this.#x[at] = x
    this.#y[at] = y
    this.#count[user] = count + 1
  }

  /** Whether two users are, or are not, in each other's area by any two of their late places. */
  mayBe(a: number, b: number, isIn: boolean): boolean {
    const endA = a * KEPT + Math.min(KEPT, this.#count[a] ?? 0)
    const endB = b * KEPT + Math.min(KEPT, this.#count[b] ?? 0)
    for (let i = a * KEPT; i < endA; i++) {
      for (let j = b * KEPT; j < endB; j++) if (this.#reaches(i, j) === isIn) return true
    }
    return false
  }

  #reaches(i: number, j: number): boolean {
    const dx = (this.#x[i] ?? 0) - (this.#x[j] ?? 0)
    const dy = (this.#y[i] ?? 0) - (this.#y[j] ?? 0)
    return Math.abs(dx) < AREA.x && Math.abs(dy) < AREA.y
  }
}
