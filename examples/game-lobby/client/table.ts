import type { ExtensionClient, Room, SmartFox, User } from '@warren/client'
import type { contract } from '../../extensions/tris/contract.ts'
import { type Player, playerOf, Round } from './round.ts'
import { isReaction, type TableView } from './table-view.ts'

type Contract = typeof contract
type Tris = ExtensionClient<Contract['requests'], Contract['messages'], 'plain'>

/** A table where this user sits, or stands and watches: what happens there, and what he does. */
export class Table {
  readonly room: Room
  readonly #sfs: SmartFox
  readonly #view: TableView
  readonly #tris: Tris
  readonly #round = new Round()
  /** What ends the listening. */
  readonly #ends: (() => void)[]

  constructor(sfs: SmartFox, room: Room, view: TableView) {
    this.#sfs = sfs
    this.room = room
    this.#view = view
    this.#tris = sfs.extension<Contract>('tris', { room })
    this.#ends = [...this.#followRounds(), ...this.#followPeople()]
    view.onCell = place => this.#move(place)
    view.onAgain = () => this.#tris.send('restart', {})
    view.onSeat = () => this.#takeSeat()
    view.onReaction = reaction => sfs.say(reaction, { room })
    this.#draw()
    // From now on this page hears what happens, and is told how it stands.
    this.#tris.send('ready', {})
  }

  /** Whether somebody could sit down here. */
  get hasFreeSeat(): boolean {
    return this.room.players.length < 2
  }

  /** The page looks elsewhere from now on. */
  close(): void {
    for (const end of this.#ends) end()
    this.#view.clear()
  }

  #followRounds(): (() => void)[] {
    const tris = this.#tris
    const round = this.#round
    const then = () => this.#draw()
    return [
      tris.on('start', ({ t }) => this.#asPlayer(t, player => round.start(player))),
      tris.on('move', ({ t, x, y }) => this.#asPlayer(t, player => round.put(player, x, y))),
      tris.on('win', ({ w }) => this.#asPlayer(w, player => this.#won(player))),
      tris.on('tie', () => {
        round.tie()
        then()
      }),
      tris.on('stop', () => {
        round.stop()
        then()
      }),
      tris.on('specStatus', ({ t, status, board }) =>
        this.#asPlayer(t, player => round.show(player, status, board as readonly (readonly number[])[])),
      ),
    ]
  }

  #followPeople(): (() => void)[] {
    const sfs = this.#sfs
    const drawHere = ({ room }: { readonly room: Room }) => {
      if (room === this.room) this.#draw()
    }
    return [
      sfs.on('userEnterRoom', drawHere),
      sfs.on('userExitRoom', event => {
        if (event.room === this.room && this.hasFreeSeat && this.#round.phase !== 'waiting')
          this.#round.stop()
        drawHere(event)
      }),
      sfs.on('playerToSpectator', drawHere),
      sfs.on('spectatorToPlayer', drawHere),
      sfs.on('publicMessage', ({ room, sender, message }) => {
        if (room === this.room && isReaction(message)) this.#view.react(sender.name, message)
      }),
    ]
  }

  /** Numbers come from the network: what is no player is not heard. */
  #asPlayer(number: number, work: (player: Player) => void): void {
    const player = playerOf(number)
    if (player === 0) return
    work(player)
    this.#draw()
  }

  #won(player: Player): void {
    this.#round.win(player)
    if (player === this.#me) this.#view.celebrate()
  }

  #move(place: number): void {
    const { phase, turn, cells } = this.#round
    if (phase !== 'playing' || turn !== this.#me || cells[place] !== 0) return
    this.#tris.send('move', { x: (place % 3) + 1, y: Math.floor(place / 3) + 1 })
  }

  #takeSeat(): void {
    this.#sfs.spectatorToPlayer(this.room).then(
      () => this.#draw(),
      (error: unknown) => this.#view.say(String(error)),
    )
  }

  /** The number of this user; 0 while he watches. */
  get #me() {
    const { mySelf } = this.#sfs
    return mySelf === undefined ? 0 : playerOf(this.room.playerIdOf(mySelf))
  }

  #draw(): void {
    const nameOf = (player: Player) =>
      this.room.players.find((user: User) => this.room.playerIdOf(user) === player)?.name
    this.#view.draw({
      title: this.room.name,
      round: this.#round,
      me: this.#me,
      names: { 1: nameOf(1), 2: nameOf(2) },
      spectators: this.room.spectators.map(({ name }) => name),
    })
  }
}
