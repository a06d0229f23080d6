import { Neighbours } from './neighbours.ts'
import type { SightBook, SightCount } from './sight-book.ts'
import { Trails } from './trails.ts'

/** What was so for as long as this had to be told, in microseconds; what was over sooner may have been between rounds. */
const PATIENCE = 2_000_000

/** One user as another one sees him. */
interface Sight {
  /** By the rules. */
  isIn: boolean
  /** By what was told. */
  isTold: boolean
  /** Crossings since the last that was told. */
  crossings: number
  /** When he last crossed the edge, and when the time before. */
  crossedAt: number
  crossedBefore: number
}

/**
 * Books who comes into whose view and who leaves it: by brute force from the places that users send, in the order they
 * send them, and from what the server tells. The server tells at its rounds only, so what came and went between two of
 * them is no fault; what it tells may be over by then, and may come of places that were not true together, as long as
 * it is put right.
 */
export class SightLedger implements SightBook {
  readonly #users: number
  readonly #onTold: (delay: number) => void
  readonly #neighbours: Neighbours
  readonly #trails: Trails
  readonly #sights = new Map<number, Sight>()
  #time = 0
  #told = 0
  #missed = 0
  #doubled = 0
  #invented = 0
  #open = 0
  #pairs = 0

  /** @param onTold  hears the microseconds from each crossing to when it was told */
  constructor(users: number, onTold: (delay: number) => void) {
    this.#users = users
    this.#trails = new Trails(users)
    this.#onTold = onTold
    this.#neighbours = new Neighbours(users, (a, b, isIn) => {
      this.#pairs += isIn ? 1 : -1
      this.#cross(a, b, isIn)
      this.#cross(b, a, isIn)
    })
  }

  get inView(): number {
    return (2 * this.#pairs) / this.#users
  }

  get open(): number {
    return this.#open
  }

  place(user: number, x: number, y: number, time: number): void {
    this.#time = time
    this.#trails.add(user, x, y)
    this.#neighbours.place(user, x, y)
  }

  tell(viewer: number, seen: number, isIn: boolean, time: number): void {
    const key = viewer * this.#users + seen
    const sight = this.#sights.get(key) ?? newSight()
    if (sight.isTold === isIn) {
      this.#doubled++
      return
    }
    const isSo = sight.isIn === isIn
    const wasSo = !isSo && sight.crossings > 0 && time - sight.crossedAt <= PATIENCE
    if (!isSo && !wasSo && !this.#trails.mayBe(viewer, seen, isIn)) {
      this.#invented++
      return
    }
    if ((isSo || wasSo) && sight.crossings > 0) {
      this.#onTold(time - (isSo ? sight.crossedAt : sight.crossedBefore))
    }
    this.#told++
    this.#open += isSo ? -1 : 1
    sight.isTold = isIn
    sight.crossings = wasSo ? 1 : 0
    if (sight.isIn || sight.isTold) this.#sights.set(key, sight)
    else this.#sights.delete(key)
  }

  settle(): SightCount {
    return {
      told: this.#told,
      lost: this.#missed + this.#open,
      doubled: this.#doubled,
      invented: this.#invented,
    }
  }

  #cross(viewer: number, seen: number, isIn: boolean): void {
    const key = viewer * this.#users + seen
    let sight = this.#sights.get(key)
    if (sight === undefined) {
      sight = newSight()
      this.#sights.set(key, sight)
    }
    sight.isIn = isIn
    sight.crossings++
    sight.crossedBefore = sight.crossedAt
    sight.crossedAt = this.#time
    const isNews = isIn !== sight.isTold
    this.#open += isNews ? 1 : -1
    const wasNews = !isNews && sight.crossings > 1
    if (wasNews && sight.crossedAt - sight.crossedBefore > PATIENCE) this.#missed++
  }
}

function newSight(): Sight {
  return { isIn: false, isTold: false, crossings: 0, crossedAt: 0, crossedBefore: 0 }
}
