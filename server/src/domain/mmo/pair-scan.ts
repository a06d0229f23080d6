import { type Bodies, Flag } from './bodies.ts'
import type { CellGrid } from './cell-grid.ts'
import { type ChangeLog, Kind } from './change-log.ts'
import { type Axis, STRIDE } from './geometry.ts'
import type { OwnViews } from './own-views.ts'
import { ROW } from './sorted-cells.ts'

/** Part of a room that has to move before each pair is looked at once, rather than each who moved with all around. */
const DENSE = 0.5
/** Part of a room that has to move before it is gone through in the order of the grid. */
const SEVERAL = 0.02
/** Part of those who moved that have to leap before all pairs are looked for where they were. */
const WILD = 0.25

/** What a kind of coming needs in order to be one of going. */
const OUT = Kind.USER_OUT - Kind.USER_IN

/** What is compared in a scan: one, who is the subject, with those of a grid. */
const Scan = {
  /** Users, each pair once. */
  PAIRS: 0,
  /** A user who moved, with users. */
  USER_USERS: 1,
  /** A user who moved, with items. */
  USER_ITEMS: 2,
  /** An item that moved, with users. */
  ITEM_USERS: 3,
} as const
type Scan = (typeof Scan)[keyof typeof Scan]

/**
 * Finds what changed where everybody has the area of the room. Who sees whom then follows from two places, so nothing
 * is remembered but where everybody was: a pair changed if it is within the area now and was not, or the other way.
 *
 * The grid of now leads to all who came near, and, because it reaches a little further than the area, to those who
 * went away but not far. Those whom one who LEAPT left behind are looked for in the grid of then.
 */
export class PairScan {
  readonly #halfA: number
  readonly #halfB: number
  readonly #halfC: number
  readonly #users: Bodies<unknown>
  readonly #items: Bodies<unknown>
  readonly #log: ChangeLog
  readonly #views: OwnViews
  #anyApart = false
  #scan: Scan = Scan.PAIRS
  #subject = 0
  #subjectLeapt = false
  /** Of one subject: ranks of others, and the time in which they are within the area: 1 for that of the grid. */
  #pairs = new Int32Array(256)
  /** The grid is that of then, and only who went is told. */
  #looksBack = false
  /** Only who came is told. */
  #isForward = false
  /** With a longer log the search ends. */
  #mostLogged = Number.POSITIVE_INFINITY

  constructor(
    axes: readonly [Axis, Axis, Axis],
    users: Bodies<unknown>,
    items: Bodies<unknown>,
    log: ChangeLog,
    views: OwnViews,
  ) {
    ;[this.#halfA, this.#halfB, this.#halfC] = [axes[0].half, axes[1].half, axes[2].half]
    this.#users = users
    this.#items = items
    this.#log = log
    this.#views = views
  }

  /**
   * Logs every change since the last step. Both populations are within a step.
   * @param most changes among users; where there are more the search ends
   * @returns whether all were found
   */
  run(most = Number.POSITIVE_INFINITY): boolean {
    // Nobody is within a negative size.
    if (this.#halfA < 0 || this.#halfB < 0 || this.#halfC < 0) return true
    this.#mostLogged = 2 * most
    this.#anyApart = !this.#views.isEmpty
    const users = this.#users
    const items = this.#items
    if (users.leaptCount + items.leaptCount > 0) {
      users.lookBack()
      items.lookBack()
    }
    if (users.movedCount > DENSE * users.fresh.count) this.#allUsers()
    else {
      this.#eachMoved(users, users, Scan.USER_USERS)
      this.#eachLeapt(users, users, Scan.USER_USERS)
    }
    if (this.#isTooMuch) return false
    this.#mostLogged = Number.POSITIVE_INFINITY
    if (items.fresh.count === 0 && items.movedCount === 0) return true
    this.#eachMoved(users, items, Scan.USER_ITEMS)
    this.#eachLeapt(users, items, Scan.USER_ITEMS)
    this.#eachMoved(items, users, Scan.ITEM_USERS)
    this.#eachLeapt(items, users, Scan.ITEM_USERS)
    return true
  }

  get #isTooMuch(): boolean {
    return this.#log.used > this.#mostLogged
  }

  /** Users with users, when most of them moved. */
  #allUsers(): void {
    const users = this.#users
    const isWild = users.leaptCount > WILD * users.movedCount
    this.#isForward = isWild
    this.#allPairs(users.fresh)
    this.#isForward = false
    if (!isWild) {
      this.#eachLeapt(users, users, Scan.USER_USERS)
      return
    }
    this.#looksBack = true
    this.#allPairs(users.told)
    this.#looksBack = false
  }

  #allPairs(grid: CellGrid): void {
    this.#scan = Scan.PAIRS
    for (let rank = 0; rank < grid.count && !this.#isTooMuch; rank++) {
      this.#compare(grid, grid, rank, grid.ahead(rank))
    }
  }

  #eachMoved(subjects: Bodies<unknown>, others: Bodies<unknown>, scan: Scan): void {
    this.#scan = scan
    const { moved, movedCount, flags, positions, fresh } = subjects
    if (movedCount > SEVERAL * fresh.count) {
      // In the order of the grid neighbours follow each other, and what is about them is at hand.
      for (let rank = 0; rank < fresh.count && !this.#isTooMuch; rank++) {
        const is = flags[fresh.slots[rank] ?? 0] ?? 0
        if ((is & Flag.MOVED) !== 0) this.#lookAbout(fresh, rank, others, is)
      }
      return
    }
    for (let index = 0; index < movedCount && !this.#isTooMuch; index++) {
      const slot = moved[index] ?? 0
      if (Number.isNaN(positions[slot * STRIDE] ?? Number.NaN)) continue
      this.#lookAbout(fresh, fresh.ranks[slot] ?? 0, others, flags[slot] ?? 0)
    }
  }

  #lookAbout(own: CellGrid, rank: number, others: Bodies<unknown>, flags: number): void {
    const grid = others.fresh
    const leapt = (flags & Flag.LEAPT) !== 0
    this.#compare(grid, own, rank, leapt ? grid.around(own, rank) : grid.frame(own, rank, others.drifts))
  }

  /** Those whom one who LEAPT left behind. */
  #eachLeapt(subjects: Bodies<unknown>, others: Bodies<unknown>, scan: Scan): void {
    if (subjects.leaptCount === 0) return
    this.#scan = scan
    this.#looksBack = true
    const { moved, movedCount, flags, told } = subjects
    for (let index = 0; index < movedCount && !this.#isTooMuch; index++) {
      const slot = moved[index] ?? 0
      if (((flags[slot] ?? 0) & Flag.LEAPT) === 0 || !subjects.wasPlaced(slot)) continue
      const rank = told.ranks[slot] ?? 0
      this.#compare(others.told, told, rank, others.told.around(told, rank))
    }
    this.#looksBack = false
  }

  /** Compares the one at a rank of his grid with those of the runs that were found in another. */
  #compare(grid: CellGrid, own: CellGrid, rank: number, used: number): void {
    const { data, runs, isDeep, depth } = grid
    const halfA = this.#halfA
    const halfB = this.#halfB
    const halfC = this.#halfC
    const at = rank * ROW
    const a = own.data[at] ?? 0
    const b = own.data[at + 1] ?? 0
    const thenA = own.data[at + 2] ?? 0
    const thenB = own.data[at + 3] ?? 0
    const c = isDeep ? (own.depth[rank * 2] ?? 0) : 0
    const thenC = isDeep ? (own.depth[rank * 2 + 1] ?? 0) : 0
    const subject = own.slots[rank] ?? 0
    this.#subject = subject
    this.#subjectLeapt = (this.#flagsOf(this.#scan === Scan.ITEM_USERS, subject) & Flag.LEAPT) !== 0
    const pairs = this.#room(runs, used)
    let count = 0
    for (let run = 0; run < used; run += 2) {
      const end = runs[run + 1] ?? 0
      let other = runs[run] ?? 0
      for (let to = other * ROW; other < end; other++, to += ROW) {
        // Numbers rather than conditions: which of them hold cannot be predicted, and so need not be.
        let here =
          Number(Math.abs(a - (data[to] ?? 0)) < halfA) & Number(Math.abs(b - (data[to + 1] ?? 0)) < halfB)
        let then =
          Number(Math.abs(thenA - (data[to + 2] ?? 0)) < halfA) &
          Number(Math.abs(thenB - (data[to + 3] ?? 0)) < halfB)
        if (isDeep) {
          here &= Number(Math.abs(c - (depth[other * 2] ?? 0)) < halfC)
          then &= Number(Math.abs(thenC - (depth[other * 2 + 1] ?? 0)) < halfC)
        }
        pairs[count] = (other << 1) | here
        count += here ^ then
      }
    }
    for (let index = 0; index < count; index++) {
      const pair = pairs[index] ?? 0
      this.#changed(grid.slots[pair >> 1] ?? 0, pair & 1)
    }
  }

  /** #pairs, with room for all in some runs and one more. */
  #room(runs: Int32Array, used: number): Int32Array {
    let count = 1
    for (let run = 0; run < used; run += 2) count += (runs[run + 1] ?? 0) - (runs[run] ?? 0)
    if (this.#pairs.length < count) this.#pairs = new Int32Array(2 * count)
    return this.#pairs
  }

  /**
   * A pair is within the area in one time only: in that of the grid, or in the other.
   * @param isHere 1 for that of the grid, else 0; a number, because conditions on it cannot be predicted
   */
  #changed(other: number, isHere: number): void {
    const subject = this.#subject
    const scan = this.#scan
    const flags = this.#flagsOf(scan === Scan.USER_ITEMS, other)
    const isBack = this.#looksBack
    if (isBack) {
      if (isHere === 0 || isTwice(scan, subject, other, flags & Flag.LEAPT)) return
    } else if (this.#isForward || this.#subjectLeapt || (flags & Flag.LEAPT) !== 0) {
      if (isHere === 0) return
      // Of two only who leapt looks at all around him.
      if (scan !== Scan.PAIRS && !this.#subjectLeapt) return
      if (this.#subjectLeapt && isTwice(scan, subject, other, flags & Flag.LEAPT)) return
    } else if (isTwice(scan, subject, other, flags & Flag.MOVED)) return
    const out = isBack ? isHere : 1 - isHere
    const log = this.#log
    if (scan === Scan.USER_ITEMS) {
      if (!this.#views.has(subject)) log.add(subject, (Kind.ITEM_IN + out * OUT) | other)
    } else if (scan === Scan.ITEM_USERS) {
      if (!this.#views.has(other)) log.add(other, (Kind.ITEM_IN + out * OUT) | subject)
    } else if (this.#anyApart) {
      if (!this.#views.has(subject)) log.add(subject, (out * OUT) | other)
      if (!this.#views.has(other)) log.add(other, (out * OUT) | subject)
    } else log.addPair(subject, other, out * OUT)
  }

  #flagsOf(isItem: boolean, slot: number): number {
    return (isItem ? this.#items : this.#users).flags[slot] ?? 0
  }
}

/** Whether a pair is found from the other's side, too, and that is the side that tells. */
function isTwice(scan: Scan, subject: number, other: number, isSubject: number): boolean {
  if (isSubject === 0) return false
  return scan === Scan.ITEM_USERS || (scan === Scan.USER_USERS && other <= subject)
}
