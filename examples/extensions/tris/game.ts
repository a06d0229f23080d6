import type { Extension, User } from '@warren/server'
import { Board, type Player } from './board.ts'
import type { contract } from './contract.ts'

type Tris = Extension<
  (typeof contract)['requests'],
  (typeof contract)['messages'],
  'room',
  Record<never, never>
>

/** The rounds that are played in one room. */
export class Game {
  readonly #tris: Tris
  #board = new Board()
  #isPlaying = false
  /** Who moves next; the winner begins the next round. */
  #turn: Player = 1
  /** How the last round ended, for those who come to watch after it. */
  #winner: Player | 'nobody' | undefined

  constructor(tris: Tris) {
    this.#tris = tris
  }

  /** The page of a user is drawn: a round begins if it can, and who watches is told how it stands. */
  ready(user: User): void {
    if (this.#numberOf(user) !== undefined) this.#start()
    else this.#show(user)
  }

  /** Puts a mark, if it is that player's turn and the cell is free. */
  move(user: User, x: number, y: number): void {
    const player = this.#numberOf(user)
    if (!this.#isPlaying || player === undefined || player !== this.#turn) return
    const outcome = this.#board.put(x, y, player)
    if (outcome === undefined) return
    const { room } = this.#tris
    this.#tris.send('move', { t: player, x, y }, room)
    if (outcome !== 'won') this.#turn = player === 1 ? 2 : 1
    if (outcome === 'goes on') return
    this.#isPlaying = false
    this.#winner = outcome === 'won' ? player : 'nobody'
    this.#tellEnding(room.users)
  }

  /** Ends the round when one of its players is not there any more. */
  stopWithoutPlayers(): void {
    if (!this.#isPlaying || this.#isFull()) return
    this.#isPlaying = false
    this.#turn = 1
    this.#tris.send('stop', {}, this.#tris.room)
  }

  #start(): void {
    if (this.#isPlaying || !this.#isFull()) return
    this.#board = new Board()
    this.#isPlaying = true
    this.#winner = undefined
    this.#tris.send('start', { t: this.#turn, ...this.#players() }, this.#tris.room)
  }

  #show(spectator: User): void {
    const status = { t: this.#turn, status: this.#isPlaying, board: this.#board.rows }
    this.#tris.send('specStatus', { ...status, ...this.#players() }, spectator)
    this.#tellEnding([spectator])
  }

  #tellEnding(users: Iterable<User>): void {
    if (this.#winner === 'nobody') this.#tris.send('tie', {}, users)
    else if (this.#winner !== undefined) this.#tris.send('win', { w: this.#winner }, users)
  }

  #players() {
    return { p1i: 1, p1n: this.#player(1)?.name ?? '', p2i: 2, p2n: this.#player(2)?.name ?? '' }
  }

  #isFull(): boolean {
    return this.#player(1) !== undefined && this.#player(2) !== undefined
  }

  #player(number: Player): User | undefined {
    const { room } = this.#tris
    return [...room.users].find(user => room.playerIdOf(user) === number)
  }

  /** Nothing for those who watch. */
  #numberOf(user: User): Player | undefined {
    const id = this.#tris.room.playerIdOf(user)
    return id === 1 || id === 2 ? id : undefined
  }
}
