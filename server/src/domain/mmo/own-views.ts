import type { Vector } from './aoi.ts'
import type { Bodies } from './bodies.ts'
import { type ChangeLog, Kind } from './change-log.ts'
import { CrowdSearch } from './crowd-search.ts'
import { type Axis, halfSizes, STRIDE, TOLD } from './geometry.ts'
import { Nearest } from './nearest.ts'
import { ROW } from './sorted-cells.ts'
import { distanceOf, View } from './view.ts'

/** Part of a room that has to move before nobody asks whose view it touches. */
const BUSY = 0.125

/**
 * Views that do not follow from two places alone: with an area of one's own, with a larger area to leave, or with a
 * bound. Who is in them is remembered.
 */
export class OwnViews {
  /** Every user of the room has a view of this kind. */
  isEverybody: boolean
  readonly #axes: readonly [Axis, Axis, Axis]
  readonly #users: Bodies<unknown>
  readonly #items: Bodies<unknown>
  readonly #log: ChangeLog
  readonly #aoi: Vector
  readonly #factor: number
  readonly #views: (View | undefined)[] = []
  readonly #nearestUsers: Nearest
  readonly #nearestItems = new Nearest(Number.POSITIVE_INFINITY)
  readonly #crowd: CrowdSearch
  /** The largest area of anybody. */
  #widest: Vector
  /** By slot of a user: his view has to be looked at. */
  #stale = new Uint8Array(16)
  #anyStale = false
  #count = 0
  /** By slot: a number of the current view's if he is in it. */
  #userMarks = new Int32Array(16)
  #itemMarks = new Int32Array(16)
  #mark = 0

  constructor(
    axes: readonly [Axis, Axis, Axis],
    settings: { readonly aoi: Vector; readonly leaveFactor: number; readonly maxVisible: number },
    users: Bodies<unknown>,
    items: Bodies<unknown>,
    log: ChangeLog,
  ) {
    this.#axes = axes
    this.#users = users
    this.#items = items
    this.#log = log
    this.#aoi = settings.aoi
    this.#factor = settings.leaveFactor
    this.isEverybody = settings.leaveFactor > 1
    this.#nearestUsers = new Nearest(settings.maxVisible)
    this.#crowd = new CrowdSearch(axes, users, settings.maxVisible)
    this.#widest = halfSizes(settings.aoi, settings.leaveFactor)
  }

  /** Nobody has a view of this kind. */
  get isEmpty(): boolean {
    return this.#count === 0 && !this.isEverybody
  }

  has(user: number): boolean {
    return this.isEverybody || this.#views[user] !== undefined
  }

  /** The view of a user who is in the room, if it is of this kind. */
  viewOf(user: number): View | undefined {
    const view = this.#views[user]
    if (view !== undefined || !this.isEverybody) return view
    this.open(user, { users: [], items: [] })
    return this.#views[user]
  }

  /** The view of a user if it is kept by now. */
  keptView(user: number): View | undefined {
    return this.#views[user]
  }

  /** The half sizes within which everybody is who may see somebody. */
  get widest(): Vector {
    return this.#widest
  }

  /** Gives a user a view of his own, with those in it whom he sees now. */
  open(user: number, seen: { readonly users: readonly number[]; readonly items: readonly number[] }): void {
    this.#views[user] = new View(seen.users, seen.items)
    this.#count++
    this.#spoilView(user)
  }

  /** The user's slot will be another's. */
  close(user: number): void {
    if (this.#views[user] === undefined) return
    this.#views[user] = undefined
    this.#count--
  }

  /** Sets the area of a user with a view of his own. */
  setAoi(user: number, aoi: Vector | undefined): void {
    const view = this.viewOf(user)
    if (!view) return
    view.aoi = aoi
    const { x, y, z } = halfSizes(aoi ?? this.#aoi, this.#factor)
    const widest = this.#widest
    this.#widest = { x: Math.max(x, widest.x), y: Math.max(y, widest.y), z: Math.max(z, widest.z) }
    this.#spoilView(user)
  }

  #spoilView(user: number): void {
    this.#reserve()
    this.#stale[user] = 1
    this.#anyStale = true
  }

  get needsStep(): boolean {
    return this.#anyStale
  }

  /** Logs what changed in these views since the last step. Both populations are within a step. */
  run(): void {
    if (this.isEmpty) return
    this.#reserve()
    this.#crowd.begin()
    const users = this.#users
    const items = this.#items
    const isBusy = users.movedCount + items.movedCount > BUSY * users.fresh.count
    if (!isBusy) {
      this.#spoil(users)
      this.#spoil(items)
    }
    // In the order of the grid neighbours follow each other, and who is about them is at hand.
    const { slots, count } = users.fresh
    for (let rank = 0; rank < count; rank++) {
      const user = slots[rank] ?? 0
      if (isBusy || this.#stale[user] === 1) this.#look(user)
    }
    for (let index = 0; index < users.movedCount; index++) {
      const user = users.moved[index] ?? 0
      if (!users.isPlaced(user) && users.isIn(user)) this.#look(user)
    }
    this.#stale.fill(0)
    this.#anyStale = false
  }

  /** Marks those as stale who see, or saw, one of those who moved. */
  #spoil(bodies: Bodies<unknown>): void {
    const { moved, movedCount, positions } = bodies
    for (let index = 0; index < movedCount; index++) {
      const slot = moved[index] ?? 0
      if (bodies === this.#users) this.#stale[slot] = 1
      this.#spoilAround(positions, slot * STRIDE)
      this.#spoilAround(positions, slot * STRIDE + TOLD)
    }
  }

  #spoilAround(positions: Float64Array, at: number): void {
    const x = positions[at] ?? Number.NaN
    if (Number.isNaN(x)) return
    const grid = this.#users.fresh
    const stale = this.#stale
    const sizes = [this.#widest.x, this.#widest.y, this.#widest.z]
    const [a, b, c] = this.#axes
    const used = grid.window(
      x,
      positions[at + 1] ?? 0,
      positions[at + 2] ?? 0,
      sizes[a.offset] ?? 0,
      sizes[b.offset] ?? 0,
      sizes[c.offset] ?? 0,
    )
    for (let run = 0; run < used; run += 2) {
      const end = grid.runs[run + 1] ?? 0
      for (let rank = grid.runs[run] ?? 0; rank < end; rank++) stale[grid.slots[rank] ?? 0] = 1
    }
  }

  #look(user: number): void {
    const view = this.viewOf(user)
    if (!view) return
    const nearest = this.#nearestUsers
    this.#mark += 3
    this.#find(user, view, this.#users, nearest, this.#userMarks, view.users, view.userCount)
    this.#tell(user, nearest, this.#userMarks, view.users, view.userCount, Kind.USER_IN, Kind.USER_OUT)
    view.setUsers(nearest.slots, nearest.count)
    if (this.#items.size === 0 && view.itemCount === 0) return
    const found = this.#nearestItems
    this.#find(user, view, this.#items, found, this.#itemMarks, view.items, view.itemCount)
    this.#tell(user, found, this.#itemMarks, view.items, view.itemCount, Kind.ITEM_IN, Kind.ITEM_OUT)
    view.setItems(found.slots, found.count)
  }

  /** Fills `nearest`. Those who were in view are marked with #mark, others in `nearest` with the next number. */
  #find(
    user: number,
    view: View,
    among: Bodies<unknown>,
    nearest: Nearest,
    marks: Int32Array,
    known: Int32Array,
    knownCount: number,
  ): void {
    nearest.clear()
    const mark = this.#mark
    const { positions } = this.#users
    const at = user * STRIDE
    const x = positions[at] ?? Number.NaN
    const y = positions[at + 1] ?? Number.NaN
    const z = positions[at + 2] ?? Number.NaN
    for (let index = 0; index < knownCount; index++) marks[known[index] ?? 0] = mark
    if (Number.isNaN(x)) return
    const aoi = view.aoi ?? this.#aoi
    const factor = this.#factor
    const half = halfSizes(aoi)
    const there = among.positions
    const isBounded = nearest.isBounded
    for (let index = 0; index < knownCount; index++) {
      const slot = known[index] ?? 0
      const to = slot * STRIDE
      if (
        Math.abs(x - (there[to] ?? 0)) < half.x * factor &&
        Math.abs(y - (there[to + 1] ?? 0)) < half.y * factor &&
        Math.abs(z - (there[to + 2] ?? 0)) < half.z * factor
      ) {
        nearest.offer(slot, isBounded ? distanceOf(positions, at, there, to, half) / (factor * factor) : 0)
      }
    }
    if (isBounded && this.#crowd.search(user, half, nearest, marks, mark)) return
    const self = among === this.#users ? user : -1
    const sizes = [half.x, half.y, half.z]
    const [axisA, axisB, axisC] = this.#axes
    const [a, b] = [positions[at + axisA.offset] ?? 0, positions[at + axisB.offset] ?? 0]
    const [halfA, halfB, halfC] = [
      sizes[axisA.offset] ?? 0,
      sizes[axisB.offset] ?? 0,
      sizes[axisC.offset] ?? 0,
    ]
    const c = positions[at + axisC.offset] ?? 0
    const hasThird = halfC !== Number.POSITIVE_INFINITY
    const grid = among.fresh
    const used = grid.window(x, y, z, halfA, halfB, halfC)
    const { data, runs, slots } = grid
    for (let run = 0; run < used; run += 2) {
      const end = runs[run + 1] ?? 0
      for (let rank = runs[run] ?? 0; rank < end; rank++) {
        const to = rank * ROW
        const isNear =
          Number(Math.abs(a - (data[to] ?? 0)) < halfA) & Number(Math.abs(b - (data[to + 1] ?? 0)) < halfB)
        if (isNear === 0) continue
        const slot = slots[rank] ?? 0
        if (marks[slot] === mark || slot === self) continue
        if (hasThird && !(Math.abs(c - (there[slot * STRIDE + axisC.offset] ?? 0)) < halfC)) continue
        nearest.offer(slot, isBounded ? distanceOf(positions, at, there, slot * STRIDE, half) : 0)
      }
    }
  }

  #tell(
    user: number,
    nearest: Nearest,
    marks: Int32Array,
    known: Int32Array,
    knownCount: number,
    inKind: number,
    outKind: number,
  ): void {
    const mark = this.#mark
    const { slots, count } = nearest
    for (let index = 0; index < count; index++) {
      const slot = slots[index] ?? 0
      if (marks[slot] === mark) marks[slot] = mark + 2
      else this.#log.add(user, inKind | slot)
    }
    for (let index = 0; index < knownCount; index++) {
      const slot = known[index] ?? 0
      if (marks[slot] !== mark + 2) this.#log.add(user, outKind | slot)
    }
  }

  #reserve(): void {
    const users = this.#users.flags.length
    if (this.#stale.length < users) {
      const stale = this.#stale
      this.#stale = new Uint8Array(users)
      this.#stale.set(stale)
      this.#userMarks = new Int32Array(users)
    }
    const items = this.#items.flags.length
    if (this.#itemMarks.length < items) this.#itemMarks = new Int32Array(items)
    // Marks of long ago must not be taken for new ones when the numbers are used up.
    if (this.#mark < 2 ** 30) return
    this.#userMarks.fill(0)
    this.#itemMarks.fill(0)
    this.#mark = 0
  }
}
