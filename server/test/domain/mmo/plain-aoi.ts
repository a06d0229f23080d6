import type { Aoi, AoiSettings, Population, Slots, Vector, ViewChange } from '../../../src/domain/mmo/aoi.ts'

const NOWHERE = Number.NaN

interface Entity<T> {
  readonly value: T
  x: number
  y: number
  z: number
  isRemoved: boolean
}

interface Viewer {
  aoi: Vector | undefined
  users: Set<number>
  items: Set<number>
}

/** What interest management has to find, found by comparing everybody with everybody. */
export class PlainAoi<U, I> implements Aoi<U, I> {
  readonly users = new PlainPopulation<U>()
  readonly items = new PlainPopulation<I>()
  readonly #viewers = new Map<number, Viewer>()
  readonly #settings: AoiSettings
  readonly #factor: number
  readonly #cap: number

  constructor(settings: AoiSettings) {
    this.#settings = settings
    this.#factor = settings.leaveFactor ?? 1
    this.#cap = settings.maxVisible ?? Number.POSITIVE_INFINITY
    if (!(this.#factor >= 1) || !(this.#cap >= 0))
      throw new RangeError('leaveFactor or maxVisible is too small')
  }

  setAoi(user: number, aoi: Vector | undefined): void {
    this.#viewer(user).aoi = aoi
  }

  aoiOf(user: number): Vector {
    return this.#viewers.get(user)?.aoi ?? this.#settings.aoi
  }

  step(visit: (change: ViewChange) => void): void {
    const changes: ViewChange[] = []
    for (const viewer of this.users.present()) {
      const view = this.#viewer(viewer)
      const users = this.#nearest(viewer, this.#visible(viewer, this.users, view.users), view.users)
      const items = new Set(this.#visible(viewer, this.items, view.items))
      if (!isEqual(users, view.users) || !isEqual(items, view.items)) {
        changes.push({
          viewer,
          usersIn: difference(users, view.users),
          usersOut: difference(view.users, users),
          itemsIn: difference(items, view.items),
          itemsOut: difference(view.items, items),
        })
      }
      view.users = users
      view.items = items
    }
    for (const slot of this.users.removed) this.#viewers.delete(slot)
    const goneUsers = this.users.takeRemoved()
    const goneItems = this.items.takeRemoved()
    for (const change of changes) if (this.users.isIn(change.viewer)) visit(change)
    this.users.free(goneUsers)
    this.items.free(goneItems)
  }

  forEachViewerOfUser(user: number, visit: (viewer: number) => void): void {
    for (const [viewer, { users }] of [...this.#viewers])
      if (users.has(user) && this.users.isIn(viewer)) visit(viewer)
  }

  forEachViewerOfItem(item: number, visit: (viewer: number) => void): void {
    for (const [viewer, { items }] of [...this.#viewers])
      if (items.has(item) && this.users.isIn(viewer)) visit(viewer)
  }

  forEachUserInView(viewer: number, visit: (user: number) => void): void {
    for (const user of [...this.#viewer(viewer).users]) visit(user)
  }

  forEachItemInView(viewer: number, visit: (item: number) => void): void {
    for (const item of [...this.#viewer(viewer).items]) visit(item)
  }

  #viewer(slot: number): Viewer {
    let viewer = this.#viewers.get(slot)
    if (!viewer) {
      viewer = { aoi: undefined, users: new Set(), items: new Set() }
      this.#viewers.set(slot, viewer)
    }
    return viewer
  }

  #visible(viewer: number, among: PlainPopulation<unknown>, known: ReadonlySet<number>): number[] {
    const aoi = this.aoiOf(viewer)
    const center = this.users.vector(viewer)
    return among.present().filter(slot => {
      if (among === this.users && slot === viewer) return false
      return isWithin(center, among.vector(slot), aoi, known.has(slot) ? this.#factor : 1)
    })
  }

  #nearest(viewer: number, slots: number[], known: ReadonlySet<number>): Set<number> {
    if (slots.length <= this.#cap) return new Set(slots)
    const aoi = this.aoiOf(viewer)
    const center = this.users.vector(viewer)
    const rank = (slot: number) =>
      squareDistance(center, this.users.vector(slot), aoi) / (known.has(slot) ? this.#factor ** 2 : 1)
    const ranked = slots.map(slot => ({ slot, rank: rank(slot) }))
    ranked.sort((a, b) => a.rank - b.rank || a.slot - b.slot)
    return new Set(ranked.slice(0, this.#cap).map(({ slot }) => slot))
  }
}

class PlainPopulation<T> implements Population<T> {
  readonly removed: number[] = []
  readonly #entities: (Entity<T> | undefined)[] = []
  readonly #free: number[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  add(value: T): number {
    const slot = this.#free.pop() ?? this.#entities.length
    this.#entities[slot] = { value, x: NOWHERE, y: NOWHERE, z: NOWHERE, isRemoved: false }
    this.#size++
    return slot
  }

  remove(slot: number): void {
    const entity = this.#entity(slot)
    if (entity.isRemoved) throw new RangeError(`Slot ${slot} was removed before`)
    entity.isRemoved = true
    this.unplace(slot)
    this.removed.push(slot)
    this.#size--
  }

  valueAt(slot: number): T {
    return this.#entity(slot).value
  }

  place(slot: number, x: number, y: number, z: number): void {
    if (!Number.isFinite(x) || !Number.isFinite(y) || !Number.isFinite(z)) {
      throw new RangeError(`No place: ${x}, ${y}, ${z}`)
    }
    const entity = this.#entity(slot)
    if (entity.isRemoved) throw new RangeError(`Slot ${slot} was removed`)
    Object.assign(entity, { x, y, z })
  }

  unplace(slot: number): void {
    Object.assign(this.#entity(slot), { x: NOWHERE, y: NOWHERE, z: NOWHERE })
  }

  isPlaced(slot: number): boolean {
    return !Number.isNaN(this.x(slot))
  }

  x(slot: number): number {
    return this.#entity(slot).x
  }
  y(slot: number): number {
    return this.#entity(slot).y
  }
  z(slot: number): number {
    return this.#entity(slot).z
  }

  forEachNear(center: Vector, box: Vector, visit: (slot: number) => void): void {
    for (const slot of this.present()) if (isWithin(center, this.vector(slot), box, 1)) visit(slot)
  }

  vector(slot: number): Vector {
    return this.#entity(slot)
  }

  isIn(slot: number): boolean {
    return this.#entities[slot]?.isRemoved === false
  }

  get slots(): number {
    return this.#entities.length
  }

  present(): number[] {
    return [...this.#entities.keys()].filter(slot => this.isIn(slot))
  }

  takeRemoved(): number[] {
    return this.removed.splice(0)
  }

  free(slots: readonly number[]): void {
    for (const slot of slots) this.#entities[slot] = undefined
    this.#free.push(...slots)
  }

  #entity(slot: number): Entity<T> {
    const entity = this.#entities[slot]
    if (!entity) throw new RangeError(`No slot ${slot}`)
    return entity
  }
}

function isWithin(a: Vector, b: Vector, box: Vector, factor: number): boolean {
  const isNear = (p: number, q: number, size: number) =>
    Math.abs(p - q) < (size === 0 ? Number.POSITIVE_INFINITY : size * factor)
  return isNear(a.x, b.x, box.x) && isNear(a.y, b.y, box.y) && isNear(a.z, b.z, box.z)
}

function squareDistance(a: Vector, b: Vector, aoi: Vector): number {
  const square = (p: number, q: number, size: number) => (size === 0 ? 0 : (p - q) ** 2)
  return square(a.x, b.x, aoi.x) + square(a.y, b.y, aoi.y) + square(a.z, b.z, aoi.z)
}

function isEqual(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  return a.size === b.size && [...a].every(slot => b.has(slot))
}

function difference(a: ReadonlySet<number>, b: ReadonlySet<number>): Slots {
  const slots = [...a].filter(slot => !b.has(slot)).sort((p, q) => p - q)
  return { length: slots.length, at: index => slots[index] ?? Number.NaN }
}
