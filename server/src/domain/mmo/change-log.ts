import type { Slots, ViewChange } from './aoi.ts'

/** What happened to one entity in one view: the kind stands above the slot, so that sorting numbers sorts by both. */
export const Kind = { USER_IN: 0, USER_OUT: 1 << 29, ITEM_IN: 2 << 29, ITEM_OUT: 3 << 29 } as const
const SLOT = (1 << 29) - 1
/** Up to here a run is sorted by inserting, which needs no object. */
const SHORT_RUN = 32

/** A log above this length gets shorter again. */
const MUCH = 1 << 18

class Run implements Slots {
  length = 0
  readonly #codes: Int32Array
  #start = 0

  constructor(codes: Int32Array) {
    this.#codes = codes
  }

  at(index: number): number {
    return (this.#codes[this.#start + index] ?? 0) & SLOT
  }

  set(start: number, end: number): void {
    this.#start = start
    this.length = end - start
  }
}

/** What a step found, in any order, and then viewer by viewer. */
export class ChangeLog {
  /** Pairs: the viewer, and what happened. */
  entries = new Int32Array(256)
  used = 0
  /** By viewer: how many entries are his; then where the next of them goes. All 0 between two groupings. */
  #counts = new Int32Array(0)
  #codes = new Int32Array(0)
  /** Those who have entries, and where those end of each. */
  #viewers = new Int32Array(0)
  #ends = new Int32Array(0)
  #viewerCount = 0

  add(viewer: number, code: number): void {
    const { used } = this
    if (used + 2 > this.entries.length) this.#grow()
    const { entries } = this
    entries[used] = viewer
    entries[used + 1] = code
    this.used = used + 2
  }

  /** The same happens to two users in each other's view. */
  addPair(one: number, other: number, kind: number): void {
    const { used } = this
    if (used + 4 > this.entries.length) this.#grow()
    const { entries } = this
    entries[used] = one
    entries[used + 1] = kind | other
    entries[used + 2] = other
    entries[used + 3] = kind | one
    this.used = used + 4
  }

  #grow(): void {
    const { entries } = this
    this.entries = new Int32Array(2 * entries.length)
    this.entries.set(entries)
  }

  /** Takes out what happened in the views of some: by slot, 1 for those. */
  forget(viewers: Uint8Array): void {
    const { entries, used } = this
    let kept = 0
    for (let at = 0; at < used; at += 2) {
      const viewer = entries[at] ?? 0
      entries[kept] = viewer
      entries[kept + 1] = entries[at + 1] ?? 0
      kept += 2 - 2 * (viewers[viewer] ?? 0)
    }
    this.used = kept
  }

  /** Puts together what belongs to one viewer, in ascending order. `slots` is above every viewer. */
  group(slots: number): void {
    this.#reserve(slots)
    if (this.#codes.length < this.used / 2) this.#codes = new Int32Array(this.used)
    const { entries, used } = this
    const counts = this.#counts
    const codes = this.#codes
    const viewers = this.#viewers
    const ends = this.#ends
    let count = 0
    for (let at = 0; at < used; at += 2) {
      const viewer = entries[at] ?? 0
      const before = counts[viewer] ?? 0
      if (before === 0) viewers[count++] = viewer
      counts[viewer] = before + 1
    }
    this.#viewerCount = count
    for (let index = 0, end = 0; index < count; index++) {
      const viewer = viewers[index] ?? 0
      end += counts[viewer] ?? 0
      counts[viewer] = end
      ends[index] = end
    }
    for (let at = used - 2; at >= 0; at -= 2) {
      const viewer = entries[at] ?? 0
      const to = (counts[viewer] ?? 0) - 1
      counts[viewer] = to
      codes[to] = entries[at + 1] ?? 0
    }
    for (let index = 0, start = 0; index < count; index++) {
      const end = ends[index] ?? 0
      counts[viewers[index] ?? 0] = 0
      if (end - start > 1) sortRun(codes, start, end)
      start = end
    }
  }

  /** Calls for each viewer of whom `isIn` is true, and forgets everything. */
  drain(isIn: (viewer: number) => boolean, visit: (change: ViewChange) => void): void {
    const codes = this.#codes
    const usersIn = new Run(codes)
    const usersOut = new Run(codes)
    const itemsIn = new Run(codes)
    const itemsOut = new Run(codes)
    const change = { viewer: 0, usersIn, usersOut, itemsIn, itemsOut }
    try {
      for (let index = 0, first = 0, last = 0; index < this.#viewerCount; index++, first = last) {
        const viewer = this.#viewers[index] ?? 0
        last = this.#ends[index] ?? 0
        if (!isIn(viewer)) continue
        const outFrom = below(codes, first, last, Kind.USER_OUT)
        const itemsFrom = below(codes, outFrom, last, Kind.ITEM_IN)
        const itemsOutFrom = below(codes, itemsFrom, last, Kind.ITEM_OUT)
        change.viewer = viewer
        usersIn.set(first, outFrom)
        usersOut.set(outFrom, itemsFrom)
        itemsIn.set(itemsFrom, itemsOutFrom)
        itemsOut.set(itemsOutFrom, last)
        visit(change)
      }
    } finally {
      this.clear()
    }
  }

  #reserve(slots: number): void {
    if (this.#counts.length >= slots) return
    this.#counts = new Int32Array(2 * slots)
    this.#viewers = new Int32Array(2 * slots)
    this.#ends = new Int32Array(2 * slots)
  }

  clear(): void {
    // What a crowd needed once is not kept for ever.
    if (this.entries.length > MUCH && this.used < this.entries.length / 8) {
      this.entries = new Int32Array(this.entries.length / 2)
      this.#codes = new Int32Array(0)
    }
    this.used = 0
    this.#viewerCount = 0
  }
}

/** The first index from `start` on whose code is not below a bound. */
function below(codes: Int32Array, start: number, end: number, bound: number): number {
  let index = start
  while (index < end && (codes[index] ?? 0) < bound) index++
  return index
}

function sortRun(codes: Int32Array, start: number, end: number): void {
  if (end - start > SHORT_RUN) {
    codes.subarray(start, end).sort()
    return
  }
  for (let index = start + 1; index < end; index++) {
    const code = codes[index] ?? 0
    let to = index
    while (to > start && (codes[to - 1] ?? 0) > code) {
      codes[to] = codes[to - 1] ?? 0
      to--
    }
    codes[to] = code
  }
}
