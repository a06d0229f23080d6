import type { Aoi, AoiSettings, Population, Vector, ViewChange } from './aoi.ts'
import { Bodies } from './bodies.ts'
import { Bound } from './bound.ts'
import { ChangeLog } from './change-log.ts'
import { axesOf, halfSizes, STRIDE, TOLD } from './geometry.ts'
import { OwnViews } from './own-views.ts'
import { PairScan } from './pair-scan.ts'
import { SlotStack } from './slot-stack.ts'

/** Interest management with grids of cells. */
export class GridAoi<U, I> implements Aoi<U, I> {
  readonly #users: Bodies<U>
  readonly #items: Bodies<I>
  readonly #aoi: Vector
  readonly #half: Vector
  readonly #found = new SlotStack()
  readonly #log = new ChangeLog()
  readonly #pairs: PairScan
  readonly #views: OwnViews
  /** Unless views are kept for another reason. */
  readonly #bound: Bound | undefined
  readonly #isIn = (user: number) => this.#users.isIn(user)
  #isStepping = false

  constructor({ aoi, leaveFactor = 1, maxVisible = Number.POSITIVE_INFINITY }: AoiSettings) {
    checkAoi(aoi)
    if (!(leaveFactor >= 1) || !Number.isFinite(leaveFactor)) {
      throw new RangeError(`The leave factor is to be at least 1, not ${leaveFactor}`)
    }
    if (maxVisible !== Number.POSITIVE_INFINITY && !(Number.isInteger(maxVisible) && maxVisible >= 0)) {
      throw new RangeError(`Users in view are to be at most a whole number, not ${maxVisible}`)
    }
    const axes = axesOf(aoi)
    this.#aoi = aoi
    this.#half = halfSizes(aoi)
    this.#users = new Bodies<U>(axes, this.#found)
    this.#items = new Bodies<I>(axes, this.#found)
    this.#views = new OwnViews(axes, { aoi, leaveFactor, maxVisible }, this.#users, this.#items, this.#log)
    this.#pairs = new PairScan(axes, this.#users, this.#items, this.#log, this.#views)
    if (maxVisible !== Number.POSITIVE_INFINITY && leaveFactor === 1) {
      this.#bound = new Bound(maxVisible, this.#users, this.#views, this.#log, user => this.#keepView(user))
    }
  }

  get users(): Population<U> {
    return this.#users
  }

  get items(): Population<I> {
    return this.#items
  }

  setAoi(user: number, aoi: Vector | undefined): void {
    if (!this.#users.isIn(user)) throw new RangeError(`No slot ${user}`)
    if (aoi) checkAoi(aoi)
    if (!this.#views.has(user)) {
      if (!aoi) return
      this.#keepView(user)
    }
    this.#views.setAoi(user, aoi && { x: aoi.x, y: aoi.y, z: aoi.z })
  }

  aoiOf(user: number): Vector {
    return this.#views.viewOf(user)?.aoi ?? this.#aoi
  }

  step(visit: (change: ViewChange) => void): void {
    const users = this.#users
    const items = this.#items
    if (this.#isStepping) throw new Error('A step within a step')
    this.#isStepping = true
    let goneUsers: readonly number[] = []
    let goneItems: readonly number[] = []
    try {
      if (users.movedCount > 0 || items.movedCount > 0 || this.#views.needsStep) {
        this.#findChanges()
      }
      goneUsers = users.endStep()
      goneItems = items.endStep()
      this.#log.group(users.slots)
      this.#log.drain(this.#isIn, visit)
    } finally {
      for (const slot of goneUsers) {
        this.#views.close(slot)
        this.#bound?.forget(slot)
      }
      users.free(goneUsers)
      items.free(goneItems)
      this.#isStepping = false
    }
  }

  forEachViewerOfUser(user: number, visit: (viewer: number) => void): void {
    this.#forEachViewer(this.#users, user, visit)
  }

  forEachViewerOfItem(item: number, visit: (viewer: number) => void): void {
    this.#forEachViewer(this.#items, item, visit)
  }

  forEachUserInView(viewer: number, visit: (user: number) => void): void {
    const view = this.#views.viewOf(viewer)
    const from = this.#found.length
    if (view) for (let index = 0; index < view.userCount; index++) this.#found.push(view.users[index] ?? 0)
    else this.#findTold(this.#users, viewer)
    this.#found.drain(from, visit)
  }

  forEachItemInView(viewer: number, visit: (item: number) => void): void {
    const view = this.#views.viewOf(viewer)
    const from = this.#found.length
    if (view) for (let index = 0; index < view.itemCount; index++) this.#found.push(view.items[index] ?? 0)
    else this.#findTold(this.#items, viewer)
    this.#found.drain(from, visit)
  }

  #findChanges(): void {
    const bound = this.#bound
    bound?.begin()
    this.#users.beginStep()
    this.#items.beginStep()
    if (!this.#views.isEverybody) {
      if (this.#pairs.run(bound?.mostChanges)) bound?.count()
      else {
        this.#log.clear()
        bound?.keepAll()
      }
    }
    this.#views.run()
    bound?.settle()
  }

  /** Remembers from now on whom a user sees. */
  #keepView(user: number): void {
    const seen = { users: [] as number[], items: [] as number[] }
    this.forEachUserInView(user, slot => seen.users.push(slot))
    this.forEachItemInView(user, slot => seen.items.push(slot))
    this.#views.open(user, seen)
  }

  /** Who saw somebody in the last step. */
  #forEachViewer(bodies: Bodies<unknown>, slot: number, visit: (viewer: number) => void): void {
    const users = this.#users
    const isUser = bodies === users
    const from = this.#found.length
    const { widest } = this.#views
    const box = {
      x: Math.max(widest.x, this.#half.x),
      y: Math.max(widest.y, this.#half.y),
      z: Math.max(widest.z, this.#half.z),
    }
    users.forEachTold(bodies.positions, slot * STRIDE + TOLD, box, viewer => {
      if (!users.isIn(viewer)) return
      const view = this.#views.viewOf(viewer)
      if (view) {
        if (isUser ? view.hasUser(slot) : view.hasItem(slot)) this.#found.push(viewer)
      } else if (!(isUser && viewer === slot) && this.#sawByRoom(users, viewer, bodies, slot)) {
        this.#found.push(viewer)
      }
    })
    this.#found.drain(from, visit)
  }

  /** Whom somebody with the area of the room saw in the last step. */
  #findTold(bodies: Bodies<unknown>, viewer: number): void {
    const users = this.#users
    users.check(viewer)
    bodies.forEachTold(users.positions, viewer * STRIDE + TOLD, this.#half, slot => {
      if (bodies === users && slot === viewer) return
      if (this.#sawByRoom(users, viewer, bodies, slot)) this.#found.push(slot)
    })
  }

  #sawByRoom(users: Bodies<unknown>, viewer: number, bodies: Bodies<unknown>, slot: number): boolean {
    const [here, there] = [users.positions, bodies.positions]
    const at = viewer * STRIDE + TOLD
    const to = slot * STRIDE + TOLD
    return (
      Math.abs((here[at] ?? 0) - (there[to] ?? 0)) < this.#half.x &&
      Math.abs((here[at + 1] ?? 0) - (there[to + 1] ?? 0)) < this.#half.y &&
      Math.abs((here[at + 2] ?? 0) - (there[to + 2] ?? 0)) < this.#half.z
    )
  }
}

function checkAoi({ x, y, z }: Vector): void {
  if (!Number.isFinite(x) || !Number.isFinite(y) || !Number.isFinite(z)) {
    throw new RangeError(`No area: ${x}, ${y}, ${z}`)
  }
}
