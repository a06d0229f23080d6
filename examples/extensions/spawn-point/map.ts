/** A place on the map, in the units of the clients. */
export interface Point {
  readonly x: number
  readonly y: number
}

const GROUND = '.'
const ENTRANCE = 'E'

/** Where one can stand: rows of tiles, drawn with a letter each. */
export class TileMap {
  readonly #rows: readonly string[]
  readonly #tileSize: number
  /** Every tile that can be reached from an entrance, the nearest first. */
  readonly #reachable: readonly string[]

  /**
   * @param rows  `.` is ground, `E` an entrance, anything else is in the way
   * @param tileSize  width and height of a tile
   * @throws Error when there is no entrance
   */
  constructor(rows: readonly string[], tileSize: number) {
    this.#rows = rows
    this.#tileSize = tileSize
    this.#reachable = this.#walkFrom(this.#entrances())
    if (this.#reachable.length === 0) throw new Error('The map has no entrance: mark one with E')
  }

  /** The middle of the free tile that is nearest to an entrance; undefined when none is free. */
  freePoint(taken: Iterable<Point>): Point | undefined {
    const tiles = new Set(Array.from(taken, ({ x, y }) => this.#tile(this.#index(x), this.#index(y))))
    const free = this.#reachable.find(tile => !tiles.has(tile))
    if (free === undefined) return undefined
    const [column = 0, row = 0] = free.split(' ').map(Number)
    return { x: (column + 0.5) * this.#tileSize, y: (row + 0.5) * this.#tileSize }
  }

  #entrances(): string[] {
    return this.#rows.flatMap((tiles, row) =>
      [...tiles].flatMap((tile, column) => (tile === ENTRANCE ? [this.#tile(column, row)] : [])),
    )
  }

  /** In breadth first, so that nobody appears behind a wall. */
  #walkFrom(entrances: readonly string[]): string[] {
    const reached = new Set(entrances)
    // A set is walked in the order of its elements, those included that are added on the way.
    for (const tile of reached) {
      const [column = 0, row = 0] = tile.split(' ').map(Number)
      for (const [dx, dy] of NEIGHBOURS) {
        if (this.#isWalkable(column + dx, row + dy)) reached.add(this.#tile(column + dx, row + dy))
      }
    }
    return [...reached]
  }

  #isWalkable(column: number, row: number): boolean {
    const tile = this.#rows[row]?.[column]
    return tile === GROUND || tile === ENTRANCE
  }

  #index(coordinate: number): number {
    return Math.floor(coordinate / this.#tileSize)
  }

  #tile(column: number, row: number): string {
    return `${column} ${row}`
  }
}

const NEIGHBOURS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const
