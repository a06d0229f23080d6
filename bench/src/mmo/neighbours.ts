import { AREA, STEP } from './world.ts'

/** Cells are larger than the area by a step and the rounding, so that all whom a step concerns are in nine of them. */
const CELL_X = AREA.x + STEP + 1
const CELL_Y = AREA.y + STEP + 1
/** Cells repeat after so many: a map may have any size. */
const ACROSS = 256

/** Called when two users come into each other's area, or leave it. */
export type OnCrossing = (a: number, b: number, isIn: boolean) => void

/** Finds by comparing all who may be concerned, in plain cells, whom a step brings together and whom it parts. */
export class Neighbours {
  readonly #x: Int32Array
  readonly #y: Int32Array
  readonly #cellOf: Int32Array
  readonly #cells: number[][] = Array.from({ length: ACROSS * ACROSS }, () => [])
  readonly #onCrossing: OnCrossing

  constructor(users: number, onCrossing: OnCrossing) {
    this.#x = new Int32Array(users)
    this.#y = new Int32Array(users)
    this.#cellOf = new Int32Array(users).fill(-1)
    this.#onCrossing = onCrossing
  }

  /** Puts a user somewhere, no further than a step from where he was, unless it is for the first time. */
  place(user: number, x: number, y: number): void {
    const from = this.#cellOf[user] ?? -1
    const isNew = from < 0
    const oldX = this.#x[user] ?? 0
    const oldY = this.#y[user] ?? 0
    if (!isNew && Math.max(Math.abs(x - oldX), Math.abs(y - oldY)) > STEP + 1) {
      throw new RangeError(`user ${user} leapt from ${oldX}, ${oldY} to ${x}, ${y}`)
    }
    const cx = Math.floor(x / CELL_X)
    const cy = Math.floor(y / CELL_Y)
    for (let row = cy - 1; row <= cy + 1; row++) {
      for (let column = cx - 1; column <= cx + 1; column++) {
        for (const other of this.#cells[cellAt(column, row)] ?? []) {
          if (other === user) continue
          const wasIn = !isNew && this.#reaches(other, oldX, oldY)
          const isIn = this.#reaches(other, x, y)
          if (wasIn !== isIn) this.#onCrossing(user, other, isIn)
        }
      }
    }
    this.#x[user] = x
    this.#y[user] = y
    this.#move(user, from, cellAt(cx, cy))
  }

  /** Whether somebody is nearer than the area on both axes [P-6.13.3]. */
  #reaches(other: number, x: number, y: number): boolean {
    return Math.abs((this.#x[other] ?? 0) - x) < AREA.x && Math.abs((this.#y[other] ?? 0) - y) < AREA.y
  }

  #move(user: number, from: number, to: number): void {
    if (from === to) return
    const left = this.#cells[from]
    if (left !== undefined) {
      const last = left.pop()
      if (last !== undefined && last !== user) left[left.indexOf(user)] = last
    }
    this.#cells[to]?.push(user)
    this.#cellOf[user] = to
  }
}

function cellAt(column: number, row: number): number {
  return (row & (ACROSS - 1)) * ACROSS + (column & (ACROSS - 1))
}
