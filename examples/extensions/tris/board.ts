/** Who holds a cell: nobody, or the player of that number. */
export type Cell = 0 | 1 | 2
export type Player = 1 | 2

/** What a move came to. */
export type Outcome = 'won' | 'tied' | 'goes on'

const SIZE = 3

/** A board of three by three cells; x and y go from 1 to 3. */
export class Board {
  readonly #cells: Cell[] = Array.from({ length: SIZE * SIZE }, () => 0)

  /** Row after row from the top, as pages draw it. */
  get rows(): Cell[][] {
    return Array.from({ length: SIZE }, (_, y) => this.#cells.slice(y * SIZE, (y + 1) * SIZE))
  }

  /** @returns what it came to; nothing when the cell is taken */
  put(x: number, y: number, player: Player): Outcome | undefined {
    const place = (y - 1) * SIZE + (x - 1)
    if (this.#cells[place] !== 0) return undefined
    this.#cells[place] = player
    if (LINES.some(line => line.every(cell => this.#cells[cell] === player))) return 'won'
    return this.#cells.includes(0) ? 'goes on' : 'tied'
  }
}

/** The places of all rows, columns and diagonals. */
const LINES: readonly (readonly number[])[] = [
  ...[0, 1, 2].map(y => [0, 1, 2].map(x => y * SIZE + x)),
  ...[0, 1, 2].map(x => [0, 1, 2].map(y => y * SIZE + x)),
  [0, 4, 8],
  [2, 4, 6],
]
