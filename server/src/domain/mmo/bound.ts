import type { Bodies } from './bodies.ts'
import { type ChangeLog, Kind } from './change-log.ts'
import type { OwnViews } from './own-views.ts'

/** To keep one more view costs as much as to compare about so many pairs. */
const PAIRS_PER_VIEW = 4000
/** So many changes for each user at once, and a crowd is coming together: its pairs are not worth looking for. */
const MANY_CHANGES = 200
const LEAST_CHANGES = 4096

/**
 * Knows for whom the bound of a room binds. Whoever has no more about him than the bound sees them all: his view follows
 * from two places, and nothing is kept of it but how many are in it. Only those with more have kept views. Where they
 * are so many that the pairs of their crowd cost more than the views of all others, everybody has one.
 */
export class Bound {
  readonly #limit: number
  readonly #users: Bodies<unknown>
  readonly #views: OwnViews
  readonly #log: ChangeLog
  readonly #keep: (user: number) => void
  /** By slot: how many are within the area of those without a kept view. */
  #counts = new Int32Array(16)
  /** So many have more about them than they may see that everybody's view is to be kept. */
  #isCrowd = false
  /** By slot: 1 for those whose view is kept from this step on. All 0 between two steps. */
  #isNew = new Uint8Array(16)

  /**
   * @param limit how many users one sees at most
   * @param keep gives a user a kept view, with those in it whom he saw in the last step
   */
  constructor(
    limit: number,
    users: Bodies<unknown>,
    views: OwnViews,
    log: ChangeLog,
    keep: (user: number) => void,
  ) {
    this.#limit = limit
    this.#users = users
    this.#views = views
    this.#log = log
    this.#keep = keep
  }

  /** More changes among users than this are not worth finding pair by pair: `keepAll` then. */
  get mostChanges(): number {
    return LEAST_CHANGES + MANY_CHANGES * this.#users.fresh.count
  }

  /** Before a step. */
  begin(): void {
    this.#reserve()
    if (this.#isCrowd && !this.#views.isEverybody) this.keepAll()
  }

  /** Keeps everybody's view from this step on, of which nothing has been logged. */
  keepAll(): void {
    const users = this.#users
    for (let user = 0; user < users.slots; user++) {
      if (users.isIn(user) && users.wasPlaced(user) && !this.#views.has(user)) this.#keep(user)
    }
    this.#views.isEverybody = true
  }

  /**
   * Counts, by what was logged, whom everybody without a kept view has about him. Those with too many get one, and what
   * was logged for them is forgotten.
   */
  count(): void {
    const { entries, used } = this.#log
    const counts = this.#counts
    for (let at = 0; at < used; at += 2) {
      const code = entries[at + 1] ?? 0
      if (code >= Kind.ITEM_IN) continue
      const viewer = entries[at] ?? 0
      counts[viewer] = (counts[viewer] ?? 0) + (code < Kind.USER_OUT ? 1 : -1)
    }
    const isNew = this.#isNew
    let anyNew = false
    for (let at = 0; at < used; at += 2) {
      const viewer = entries[at] ?? 0
      if ((counts[viewer] ?? 0) <= this.#limit || isNew[viewer] === 1) continue
      this.#keep(viewer)
      isNew[viewer] = 1
      anyNew = true
    }
    if (!anyNew) return
    this.#log.forget(isNew)
    isNew.fill(0)
  }

  /** After a step: finds out whether there is a crowd, and lets go of the views that follow from two places again. */
  settle(): void {
    const views = this.#views
    if (views.isEmpty) return
    const users = this.#users
    let bound = 0
    for (let user = 0; user < users.slots; user++) if (this.#isBound(user)) bound++
    const others = users.fresh.count - bound
    // Not at once the other way round: changing over is work, too.
    const margin = this.#isCrowd ? 2 : 1
    this.#isCrowd = margin * bound * bound > PAIRS_PER_VIEW * others
    if (this.#isCrowd) return
    views.isEverybody = false
    for (let user = 0; user < users.slots; user++) if (!this.#isBound(user)) this.#release(user)
  }

  /** The user's slot will be another's. */
  forget(user: number): void {
    this.#counts[user] = 0
  }

  /** Whether a user has as many in his view as he may, or nearly, so that it is not known how many are about him. */
  #isBound(user: number): boolean {
    const view = this.#views.keptView(user)
    return view !== undefined && view.userCount >= this.#limit - (this.#limit >> 3)
  }

  #release(user: number): void {
    const view = this.#views.keptView(user)
    if (view === undefined || view.aoi !== undefined) return
    this.#counts[user] = view.userCount
    this.#views.close(user)
  }

  #reserve(): void {
    const users = this.#users.flags.length
    if (this.#counts.length >= users) return
    const counts = this.#counts
    this.#counts = new Int32Array(users)
    this.#counts.set(counts)
    this.#isNew = new Uint8Array(users)
  }
}
