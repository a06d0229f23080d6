import type { Bodies } from './bodies.ts'
import { Flag } from './bodies.ts'
import { type CellGrid, ROW } from './cell-grid.ts'
import { type ChangeLog, Kind } from './change-log.ts'
import { type Axis, STRIDE, TOLD } from './geometry.ts'

/** Part of a room that has to move before each pair is looked at once, rather than each who moved with all around. */
const DENSE = 0.5

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
 * went away but not far. Who went far (LEAPT) is looked for in the grid of then.
 */
export class PairScan {
  readonly #axes: readonly [Axis, Axis, Axis]
  readonly #users: Bodies<unknown>
  readonly #items: Bodies<unknown>
  /** By slot of a user: his view is none of ours. */
  readonly #isApart: (user: number) => boolean
  readonly #log: ChangeLog
  #scan: Scan = Scan.PAIRS
  #subject = 0
  #subjectLeapt = false

  constructor(
    axes: readonly [Axis, Axis, Axis],
    users: Bodies<unknown>,
    items: Bodies<unknown>,
    log: ChangeLog,
    isApart: (user: number) => boolean,
  ) {
    this.#axes = axes
    this.#users = users
    this.#items = items
    this.#log = log
    this.#isApart = isApart
  }

  /** Logs every change since the last step. Both populations are within a step. */
  run(): void {
    // Nobody is within a negative size.
    if (this.#axes.some(({ half }) => half < 0)) return
    const users = this.#users
    const items = this.#items
    if (users.movedCount > DENSE * users.fresh.count) this.#allPairs()
    else this.#eachMoved(users, users, Scan.USER_USERS)
    this.#eachLeapt(users, users, Scan.USER_USERS)
    if (items.size === 0 && items.movedCount === 0) return
    this.#eachMoved(users, items, Scan.USER_ITEMS)
    this.#eachLeapt(users, items, Scan.USER_ITEMS)
    this.#eachMoved(items, users, Scan.ITEM_USERS)
    this.#eachLeapt(items, users, Scan.ITEM_USERS)
  }

  #allPairs(): void {
    this.#scan = Scan.PAIRS
    const grid = this.#users.fresh
    const { flags } = this.#users
    for (let rank = 0; rank < grid.count; rank++) {
      const used = grid.ahead(rank)
      this.#subject = grid.slots[rank] ?? 0
      this.#subjectLeapt = ((flags[this.#subject] ?? 0) & Flag.LEAPT) !== 0
      this.#compare(grid, grid, rank, used)
    }
  }

  #eachMoved(subjects: Bodies<unknown>, others: Bodies<unknown>, scan: Scan): void {
    this.#scan = scan
    const { moved, movedCount, flags, positions, fresh } = subjects
    const grid = others.fresh
    const [a, b, c] = this.#axes
    for (let index = 0; index < movedCount; index++) {
      const slot = moved[index] ?? 0
      const at = slot * STRIDE
      const x = positions[at] ?? Number.NaN
      if (Number.isNaN(x)) continue
      this.#subject = slot
      this.#subjectLeapt = ((flags[slot] ?? 0) & Flag.LEAPT) !== 0
      const used = grid.window(x, positions[at + 1] ?? 0, positions[at + 2] ?? 0, a.reach, b.reach, c.reach)
      this.#compare(grid, fresh, fresh.ranks[slot] ?? 0, used)
    }
  }

  /** Compares the one at a rank of his grid with those of the runs that were found in another. */
  #compare(grid: CellGrid, own: CellGrid, rank: number, used: number): void {
    const { data, runs } = grid
    const [{ half: halfA }, { half: halfB }, { half: halfC }] = this.#axes
    const { isDeep, depth } = grid
    const at = rank * ROW
    const a = own.data[at] ?? 0
    const b = own.data[at + 1] ?? 0
    const toldA = own.data[at + 2] ?? 0
    const toldB = own.data[at + 3] ?? 0
    const c = isDeep ? (own.depth[rank * 2] ?? 0) : 0
    const toldC = isDeep ? (own.depth[rank * 2 + 1] ?? 0) : 0
    for (let run = 0; run < used; run += 2) {
      const end = runs[run + 1] ?? 0
      let other = runs[run] ?? 0
      for (let to = other * ROW; other < end; other++, to += ROW) {
        // Numbers rather than conditions: which of them hold cannot be predicted, and they need not be.
        let is =
          Number(Math.abs(a - (data[to] ?? 0)) < halfA) & Number(Math.abs(b - (data[to + 1] ?? 0)) < halfB)
        let was =
          Number(Math.abs(toldA - (data[to + 2] ?? 0)) < halfA) &
          Number(Math.abs(toldB - (data[to + 3] ?? 0)) < halfB)
        if (isDeep) {
          is &= Number(Math.abs(c - (depth[other * 2] ?? 0)) < halfC)
          was &= Number(Math.abs(toldC - (depth[other * 2 + 1] ?? 0)) < halfC)
        }
        if (is !== was) this.#changed(grid.slots[other] ?? 0, was)
      }
    }
  }

  /** Somebody came within the area of the subject, or left it. */
  #changed(other: number, left: number): void {
    const subject = this.#subject
    const scan = this.#scan
    const flags = (scan === Scan.USER_ITEMS ? this.#items : this.#users).flags[other] ?? 0
    if (left !== 0 && (this.#subjectLeapt || (flags & Flag.LEAPT) !== 0)) return
    if ((flags & Flag.MOVED) !== 0) {
      // Two who moved find each other; one of them is enough.
      if (scan === Scan.ITEM_USERS || (scan === Scan.USER_USERS && other <= subject)) return
    }
    this.#tell(scan, subject, other, left !== 0)
  }

  #tell(scan: Scan, subject: number, other: number, isOut: boolean): void {
    const log = this.#log
    if (scan === Scan.USER_ITEMS) {
      if (!this.#isApart(subject)) log.add(subject, (isOut ? Kind.ITEM_OUT : Kind.ITEM_IN) | other)
    } else if (scan === Scan.ITEM_USERS) {
      if (!this.#isApart(other)) log.add(other, (isOut ? Kind.ITEM_OUT : Kind.ITEM_IN) | subject)
    } else {
      const kind = isOut ? Kind.USER_OUT : Kind.USER_IN
      if (!this.#isApart(subject)) log.add(subject, kind | other)
      if (!this.#isApart(other)) log.add(other, kind | subject)
    }
  }

  /** Those whom one who LEAPT left behind, and does not see now. */
  #eachLeapt(subjects: Bodies<unknown>, others: Bodies<unknown>, scan: Scan): void {
    const { moved, movedCount, flags, positions } = subjects
    const grid = others.told
    const { halfX, halfY, halfZ } = this.#halves()
    const [a, b, c] = this.#axes
    for (let index = 0; index < movedCount; index++) {
      const slot = moved[index] ?? 0
      if (((flags[slot] ?? 0) & Flag.LEAPT) === 0) continue
      const at = slot * STRIDE
      const toldX = positions[at + TOLD] ?? Number.NaN
      if (Number.isNaN(toldX)) continue
      const toldY = positions[at + TOLD + 1] ?? 0
      const toldZ = positions[at + TOLD + 2] ?? 0
      const x = positions[at] ?? Number.NaN
      const y = positions[at + 1] ?? Number.NaN
      const z = positions[at + 2] ?? Number.NaN
      const used = grid.window(toldX, toldY, toldZ, a.reach, b.reach, c.reach)
      for (let run = 0; run < used; run += 2) {
        const end = grid.runs[run + 1] ?? 0
        for (let rank = grid.runs[run] ?? 0; rank < end; rank++) {
          const other = grid.slots[rank] ?? 0
          const there = others.positions
          const to = other * STRIDE
          const was =
            Math.abs(toldX - (there[to + TOLD] ?? 0)) < halfX &&
            Math.abs(toldY - (there[to + TOLD + 1] ?? 0)) < halfY &&
            Math.abs(toldZ - (there[to + TOLD + 2] ?? 0)) < halfZ
          if (!was || (other === slot && scan === Scan.USER_USERS)) continue
          const is =
            Math.abs(x - (there[to] ?? 0)) < halfX &&
            Math.abs(y - (there[to + 1] ?? 0)) < halfY &&
            Math.abs(z - (there[to + 2] ?? 0)) < halfZ
          if (is) continue
          if (((others.flags[other] ?? 0) & Flag.LEAPT) !== 0) {
            if (scan === Scan.ITEM_USERS || (scan === Scan.USER_USERS && other < slot)) continue
          }
          this.#tell(scan, slot, other, true)
        }
      }
    }
  }

  #halves(): { halfX: number; halfY: number; halfZ: number } {
    const half = (offset: number) => this.#axes.find(axis => axis.offset === offset)?.half ?? 0
    return { halfX: half(0), halfY: half(1), halfZ: half(2) }
  }
}
