import type { Room, User } from '@warren/client'
import { button, byId, element } from './dom.ts'
import type { Filter } from './search.ts'

/** The table at which somebody is, as his user variable of that name says. */
export const AT_TABLE = 'table'

/** Tables and people, as elements of the page. */
export class HallView {
  onFilter: (filter: Filter, words: string) => void = () => undefined
  onJoin: (table: Room) => void = () => undefined
  onWatch: (table: Room) => void = () => undefined
  onChallenge: (user: User) => void = () => undefined
  readonly #tables = byId('tables', HTMLElement)
  readonly #people = byId('people', HTMLElement)
  readonly #words = byId('words', HTMLInputElement)
  #filter: Filter = 'all'

  constructor() {
    const chips = [...document.querySelectorAll<HTMLButtonElement>('[data-filter]')]
    for (const chip of chips) {
      chip.addEventListener('click', () => {
        this.#filter = chip.dataset.filter as Filter
        for (const other of chips) other.ariaPressed = String(other === chip)
        this.#changed()
      })
    }
    this.#words.addEventListener('input', () => this.#changed())
  }

  drawTables(tables: readonly Room[]): void {
    byId('no-tables', HTMLElement).hidden = tables.length > 0
    this.#tables.replaceChildren(...tables.map(table => this.#tableCard(table)))
  }

  drawPeople(people: readonly User[]): void {
    const others = people.filter(({ isItMe }) => !isItMe)
    byId('alone', HTMLElement).hidden = others.length > 0
    const sorted = people.toSorted(
      (a, b) => Number(b.isItMe) - Number(a.isItMe) || a.name.localeCompare(b.name),
    )
    this.#people.replaceChildren(...sorted.map(user => this.#personRow(user)))
  }

  #changed(): void {
    this.onFilter(this.#filter, this.#words.value)
  }

  #tableCard(table: Room): HTMLElement {
    const { name, userCount, maxUsers, spectatorCount, isPasswordProtected } = table
    const isPlaying = table.variables.get('$GS') === true
    const isOpen = userCount < maxUsers && !isPasswordProtected
    const seats = Array.from({ length: maxUsers }, (_, seat) => element('i', seat < userCount ? 'taken' : ''))
    const actions = isPasswordProtected
      ? []
      : [
          ...(isOpen ? [button('Join', 'button', () => this.onJoin(table))] : []),
          button('Watch', 'button quiet', () => this.onWatch(table)),
        ]
    const card = element(
      'li',
      'card table',
      element('div', 'seats', ...seats),
      element('strong', '', name),
      element(
        'span',
        'note',
        isPasswordProtected ? 'By challenge only' : stateOf(isPlaying, isOpen, spectatorCount),
      ),
      element('div', 'row', ...actions),
    )
    card.ariaLabel = name
    return card
  }

  #personRow(user: User): HTMLElement {
    const { name, isItMe, variables } = user
    const table = variables.get(AT_TABLE)
    const note = typeof table === 'string' ? table : 'in the hall'
    const avatar = element('span', 'avatar', name.slice(0, 1).toUpperCase())
    avatar.style.setProperty('--hue', String(hueOf(name)))
    const row = element(
      'li',
      'person',
      avatar,
      element(
        'span',
        'who',
        element('strong', '', isItMe ? `${name} (you)` : name),
        element('small', '', note),
      ),
    )
    if (!isItMe) row.append(button('Challenge', 'button quiet small', () => this.onChallenge(user)))
    return row
  }
}

function stateOf(isPlaying: boolean, isOpen: boolean, spectators: number): string {
  const state = isPlaying ? 'They play' : isOpen ? 'A free seat' : 'Taken'
  return spectators === 0 ? state : `${state} · ${spectators} watching`
}

/** Everybody has a colour of his own, the same on every page. */
function hueOf(name: string): number {
  let hue = 0
  for (const letter of name) hue = (hue * 31 + (letter.codePointAt(0) ?? 0)) % 360
  return hue
}
