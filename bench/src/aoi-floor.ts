/**
 * What one writes first: each tick, users are sorted into cells as large as the area, all in view of each are collected
 * from nine cells, and compared with those of the tick before.
 */
export class AoiFloor {
  readonly #half: number
  readonly #cells: number
  readonly #x: Float64Array
  readonly #y: Float64Array
  readonly #cellOf: Int32Array
  readonly #order: Int32Array
  readonly #marks: Int32Array
  #views: Int32Array[]
  #mark = 0

  constructor(users: number, half: number, halfMap: number) {
    this.#half = half
    this.#cells = Math.ceil((2 * halfMap) / half) + 3
    this.#x = new Float64Array(users)
    this.#y = new Float64Array(users)
    this.#cellOf = new Int32Array(users)
    this.#order = new Int32Array(users)
    this.#marks = new Int32Array(users)
    this.#views = Array.from({ length: users }, () => new Int32Array(0))
  }

  place(user: number, x: number, y: number): void {
    this.#x[user] = x
    this.#y[user] = y
  }

  /** @param visit is given a user, and who came into his view and who left it */
  step(halfMap: number, visit: (user: number, came: number[], left: number[]) => void): void {
    const users = this.#x.length
    const side = this.#cells
    const half = this.#half
    const starts = new Int32Array(side * side + 1)
    for (let user = 0; user < users; user++) {
      const column = Math.floor(((this.#x[user] ?? 0) + halfMap) / half) + 1
      const row = Math.floor(((this.#y[user] ?? 0) + halfMap) / half) + 1
      const cell = row * side + column
      this.#cellOf[user] = cell
      starts[cell + 1] = (starts[cell + 1] ?? 0) + 1
    }
    for (let cell = 0; cell < side * side; cell++) {
      starts[cell + 1] = (starts[cell + 1] ?? 0) + (starts[cell] ?? 0)
    }
    const next = starts.slice()
    for (let user = 0; user < users; user++) {
      const cell = this.#cellOf[user] ?? 0
      const to = next[cell] ?? 0
      this.#order[to] = user
      next[cell] = to + 1
    }
    const views = this.#views
    this.#views = Array.from({ length: users }, (_, user) => this.#view(user, starts))
    for (let user = 0; user < users; user++) this.#compare(user, views[user], this.#views[user], visit)
  }

  #view(user: number, starts: Int32Array): Int32Array {
    const seen: number[] = []
    const [x, y] = [this.#x[user] ?? 0, this.#y[user] ?? 0]
    for (let row = -1; row <= 1; row++) {
      const cell = (this.#cellOf[user] ?? 0) + row * this.#cells
      for (let at = starts[cell - 1] ?? 0; at < (starts[cell + 2] ?? 0); at++) {
        const other = this.#order[at] ?? 0
        if (other === user) continue
        const isNear =
          Math.abs((this.#x[other] ?? 0) - x) < this.#half && Math.abs((this.#y[other] ?? 0) - y) < this.#half
        if (isNear) seen.push(other)
      }
    }
    return Int32Array.from(seen)
  }

  #compare(
    user: number,
    before: Int32Array = new Int32Array(0),
    after: Int32Array = new Int32Array(0),
    visit: (user: number, came: number[], left: number[]) => void,
  ): void {
    this.#mark += 2
    for (const other of before) this.#marks[other] = this.#mark
    const came: number[] = []
    for (const other of after) {
      if (this.#marks[other] !== this.#mark) came.push(other)
      this.#marks[other] = this.#mark + 1
    }
    const left = Array.from(before).filter(other => this.#marks[other] === this.#mark)
    if (came.length > 0 || left.length > 0) visit(user, came, left)
  }
}
