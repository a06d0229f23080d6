import { button, byId, copyOf, element, within } from './dom.ts'
import type { Cell, Player, Round } from './round.ts'

/** What a table looks like at a moment. */
export interface TableLook {
  readonly title: string
  readonly round: Round
  /** Who looks; 0 for who watches. */
  readonly me: Cell
  readonly names: Readonly<Record<Player, string | undefined>>
  readonly spectators: readonly string[]
}

const REACTIONS = ['Bravo!', 'Oh!', 'Ha!', 'Hm ...', 'Phew'] as const
const CONFETTI = 60

/** Whether a message is one that flies over the table. */
export const isReaction = (text: string): boolean => (REACTIONS as readonly string[]).includes(text)

/** The board and who is around it, as elements of the page. */
export class TableView {
  /** A cell is chosen; places go from 0 to 8, row after row. */
  onCell: (place: number) => void = () => undefined
  onAgain: () => void = () => undefined
  /** Who watches wants to play. */
  onSeat: () => void = () => undefined
  onReaction: (reaction: string) => void = () => undefined
  readonly #board = byId('board', HTMLElement)
  readonly #cells: readonly HTMLButtonElement[]
  readonly #news = byId('news', HTMLElement)
  readonly #again = byId('again', HTMLButtonElement)
  readonly #seat = byId('seat', HTMLButtonElement)
  readonly #strike = byId('strike', SVGElement)

  constructor() {
    this.#cells = Array.from({ length: 9 }, (_, place) => {
      const cell = button('', 'cell', () => this.onCell(place))
      this.#board.append(cell)
      return cell
    })
    this.#again.addEventListener('click', () => this.onAgain())
    this.#seat.addEventListener('click', () => this.onSeat())
    const reactions = REACTIONS.map(reaction => button(reaction, 'reaction', () => this.onReaction(reaction)))
    byId('reactions', HTMLElement).append(...reactions)
  }

  draw(look: TableLook): void {
    const { round, me, names, spectators, title } = look
    byId('table-title', HTMLElement).textContent = title
    const mayMove = round.phase === 'playing' && round.turn === me
    for (const [place, cell] of this.#cells.entries()) this.#drawCell(cell, place, round, mayMove)
    this.#board.dataset.phase = round.phase
    this.#drawStrike(round)
    for (const player of [1, 2] as const) this.#drawPlayer(player, look)
    this.#news.textContent = newsOf(look)
    this.#again.hidden = me === 0 || (round.phase !== 'won' && round.phase !== 'tied')
    this.#seat.hidden = me !== 0 || (names[1] !== undefined && names[2] !== undefined)
    byId('spectators', HTMLElement).textContent = watchersOf(spectators)
  }

  say(text: string): void {
    this.#news.textContent = text
  }

  /** Somebody at the table shows what he thinks. */
  react(name: string, reaction: string): void {
    const bubble = element('span', 'bubble', reaction, element('small', '', name))
    bubble.style.left = `${20 + Math.random() * 60}%`
    bubble.addEventListener('animationend', () => bubble.remove())
    byId('sky', HTMLElement).append(bubble)
  }

  /** This user won. */
  celebrate(): void {
    const sky = byId('sky', HTMLElement)
    for (let count = 0; count < CONFETTI; count++) {
      const piece = element('i', 'confetti')
      piece.style.left = `${Math.random() * 100}%`
      piece.style.setProperty('--hue', String(Math.floor(Math.random() * 360)))
      piece.style.animationDelay = `${Math.random() * 0.4}s`
      piece.addEventListener('animationend', () => piece.remove())
      sky.append(piece)
    }
  }

  clear(): void {
    byId('sky', HTMLElement).replaceChildren()
  }

  #drawCell(cell: HTMLButtonElement, place: number, round: Round, mayMove: boolean): void {
    const mark = String(round.cells[place] ?? 0)
    cell.disabled = !mayMove || mark !== '0'
    cell.ariaLabel = `Row ${Math.floor(place / 3) + 1}, column ${(place % 3) + 1}: ${MARK_NAMES[mark]}`
    if (cell.dataset.mark === mark) return
    cell.dataset.mark = mark
    cell.replaceChildren(...(mark === '0' ? [] : [copyOf(`mark-${mark}`)]))
  }

  /** The line through the three that won. */
  #drawStrike({ line, winner }: Round): void {
    this.#strike.classList.toggle('shown', line !== undefined)
    if (line === undefined) return
    const [from, , to] = line
    const [x, y] = [to % 3, Math.floor(to / 3)]
    const [startX, startY] = [from % 3, Math.floor(from / 3)]
    // A bit beyond the middle of the outer cells.
    const reach = 0.32
    const [dx, dy] = [Math.sign(x - startX) * reach, Math.sign(y - startY) * reach]
    const path = this.#strike.querySelector('path')
    path?.setAttribute('d', `M${startX + 0.5 - dx} ${startY + 0.5 - dy}L${x + 0.5 + dx} ${y + 0.5 + dy}`)
    path?.setAttribute('class', `player-${winner}`)
  }

  #drawPlayer(player: Player, { round, names, me }: TableLook): void {
    const plate = byId(`player-${player}`, HTMLElement)
    const name = names[player]
    plate.classList.toggle('turn', round.phase === 'playing' && round.turn === player)
    plate.classList.toggle('empty', name === undefined)
    within(plate, '.name').textContent =
      name === undefined ? 'A free seat' : me === player ? `${name} (you)` : name
    within(plate, '.wins').textContent = String(round.wins[player])
  }
}

const MARK_NAMES: Readonly<Record<string, string>> = { 0: 'empty', 1: 'cross', 2: 'nought' }

/** What there is to say of a round. */
function newsOf({ round, me, names }: TableLook): string {
  const nameOf = (player: Player) => (player === me ? 'You' : (names[player] ?? 'Somebody'))
  switch (round.phase) {
    case 'waiting':
      return me === 0 ? 'Waiting for the next round.' : 'Waiting for somebody to play with ...'
    case 'playing':
      return round.turn === me ? 'Your turn.' : `${nameOf(round.turn)} thinks ...`
    case 'won':
      return round.winner === me ? 'You win!' : `${nameOf(round.winner ?? 1)} wins.`
    case 'tied':
      return 'A draw.'
  }
}

function watchersOf(names: readonly string[]): string {
  if (names.length === 0) return 'Nobody watches.'
  const shown = names.slice(0, 3).join(', ')
  const rest = names.length - 3
  return `${rest > 0 ? `${shown} and ${rest} more` : shown} ${names.length === 1 ? 'watches' : 'watch'}.`
}
