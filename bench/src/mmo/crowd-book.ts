import type { SightBook, SightCount } from './sight-book.ts'

/**
 * Books what users see who all stand in each other's area, of whom each is told of the nearest only. While they walk,
 * what they are told has to fit what they were told before; once they stand, they have to see the nearest.
 */
export class CrowdBook implements SightBook {
  readonly #maxVisible: number
  readonly #x: Int32Array
  readonly #y: Int32Array
  readonly #views: Set<number>[]
  #told = 0
  #doubled = 0
  #invented = 0

  /** @param maxVisible  others that one user sees */
  constructor(users: number, maxVisible: number) {
    this.#maxVisible = maxVisible
    this.#x = new Int32Array(users)
    this.#y = new Int32Array(users)
    this.#views = Array.from({ length: users }, () => new Set())
  }

  get inView(): number {
    return this.#views.reduce((sum, view) => sum + view.size, 0) / this.#views.length
  }

  get open(): number {
    return this.settle().lost
  }

  place(user: number, x: number, y: number): void {
    this.#x[user] = x
    this.#y[user] = y
  }

  tell(viewer: number, seen: number, isIn: boolean): void {
    const view = this.#views[viewer]
    if (view === undefined || view.has(seen) === isIn) {
      this.#doubled++
      return
    }
    this.#told++
    if (!isIn) view.delete(seen)
    else if (seen === viewer) this.#invented++
    else view.add(seen)
  }

  settle(): SightCount {
    let lost = 0
    let invented = this.#invented
    for (const [viewer, view] of this.#views.entries()) {
      const bound = this.#boundOf(viewer)
      let nearest = 0
      for (const seen of view) if (this.#squareOf(viewer, seen) <= bound) nearest++
      invented += view.size - nearest
      lost += Math.max(0, Math.min(this.#maxVisible, this.#views.length - 1) - nearest)
    }
    return { told: this.#told, lost, doubled: this.#doubled, invented }
  }

  /** The square of the distance of the furthest whom a user sees by the rule. */
  #boundOf(viewer: number): number {
    const squares = Float64Array.from(this.#views.keys(), other =>
      other === viewer ? Number.POSITIVE_INFINITY : this.#squareOf(viewer, other),
    ).sort()
    return squares[Math.min(this.#maxVisible, squares.length - 1) - 1] ?? 0
  }

  #squareOf(a: number, b: number): number {
    const dx = (this.#x[a] ?? 0) - (this.#x[b] ?? 0)
    const dy = (this.#y[a] ?? 0) - (this.#y[b] ?? 0)
    return dx * dx + dy * dy
  }
}
