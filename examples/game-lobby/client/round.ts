/** One of the two players; 1 has the crosses, 2 the noughts. */
export type Player = 1 | 2

/** Who holds a cell: nobody, or a player. */
export type Cell = 0 | Player

/** How a round stands. */
export type Phase = 'waiting' | 'playing' | 'won' | 'tied'

const CELLS = 9
const SIZE = 3

/** All rows, columns and diagonals, by the places of their cells. */
const LINES: readonly (readonly [number, number, number])[] = [
  [0, 1, 2],
  [3, 4, 5],
  [6, 7, 8],
  [0, 3, 6],
  [1, 4, 7],
  [2, 5, 8],
  [0, 4, 8],
  [2, 4, 6],
]

/** What a page knows of the rounds at a table. It is told by the server, which alone knows the rules. */
export class Round {
  phase: Phase = 'waiting'
  /** Whose turn it is; in the end who had the last one. */
  turn: Player = 1
  /** Row after row from the top. */
  cells: readonly Cell[] = emptyBoard()
  /** Rounds that each player won at this table while this page was there. */
  wins: Readonly<Record<Player, number>> = { 1: 0, 2: 0 }
  /** The winner of the last round. */
  winner: Player | undefined

  /** The three cells that won. */
  get line(): readonly [number, number, number] | undefined {
    if (this.phase !== 'won') return undefined
    return LINES.find(line => line.every(cell => this.cells[cell] === this.winner))
  }

  start(turn: Player): void {
    this.phase = 'playing'
    this.turn = turn
    this.cells = emptyBoard()
    this.winner = undefined
  }

  /** How it stands, for who comes to watch. */
  show(turn: Player, isPlaying: boolean, rows: readonly (readonly number[])[]): void {
    this.phase = isPlaying ? 'playing' : 'waiting'
    this.turn = turn
    this.cells = rows.flat().map(playerOf)
  }

  /** A player put his mark; x and y go from 1 to 3. */
  put(player: Player, x: number, y: number): void {
    const place = (y - 1) * SIZE + (x - 1)
    this.cells = this.cells.map((cell, index) => (index === place ? player : cell))
    this.turn = player === 1 ? 2 : 1
  }

  win(winner: Player): void {
    this.phase = 'won'
    this.winner = winner
    this.wins = { ...this.wins, [winner]: this.wins[winner] + 1 }
  }

  tie(): void {
    this.phase = 'tied'
  }

  /** A player left: what was between the two is over. */
  stop(): void {
    this.phase = 'waiting'
    this.cells = emptyBoard()
    this.wins = { 1: 0, 2: 0 }
  }
}

function emptyBoard(): readonly Cell[] {
  return Array.from({ length: CELLS }, () => 0 as const)
}

/** What the server calls a player; anything else is nobody. */
export function playerOf(number: number): Cell {
  return number === 1 || number === 2 ? number : 0
}
