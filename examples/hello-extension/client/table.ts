import type { SmartFox } from 'sfs2x-api'
import { hello, type Language } from '../contract.ts'
import { Dice, die } from './dice.ts'
import { avatar, byId, element } from './dom.ts'
import { TypedExtension } from './typed-extension.ts'

/** How long dice roll at least: as long as it takes to look. */
const ROLL_MILLIS = 700
const MOST_ROWS = 30

interface Roll {
  readonly by: string
  readonly eyes: readonly number[]
  readonly total: number
  readonly isBest: boolean
}

/** The table after the login: what the extension says is shown, what the visitor does is asked of it. */
export class Table {
  readonly #extension: TypedExtension<typeof hello.requests, typeof hello.messages>
  readonly #me: string
  readonly #people = new Set<string>()
  readonly #dice = new Dice(byId('dice', HTMLElement))
  #best = 0
  #turn = 0

  constructor(sfs: SmartFox) {
    this.#me = sfs.mySelf.name
    this.#extension = new TypedExtension(SFS2X, sfs, hello)
    this.#extension.on('greeted', ({ by, language, text }) => this.#greeted(by, language, text))
    this.#extension.on('rolled', roll => this.#rolled(roll))
    this.#extension.on('left', ({ name }) => this.#left(name))
  }

  /** Says hello, so that the others see us. @throws CallFailed */
  async sitDown(language: Language): Promise<void> {
    byId('rolls', HTMLElement).replaceChildren()
    const { people, rolls, best } = await this.#extension.call('hello', { language })
    for (const name of people) this.#people.add(name)
    this.#best = best
    for (const roll of rolls) this.#addRow(roll)
    this.#dice.show(rolls.at(-1)?.eyes ?? [3, 4])
    this.#showPeople()
    this.#showBest()
  }

  /** @throws CallFailed */
  async roll(dice: number): Promise<void> {
    await this.#extension.call('roll', { dice })
  }

  close(): void {
    this.#dice.stop()
    this.#extension.close()
  }

  #greeted(by: string, language: Language, text: string): void {
    this.#people.add(by)
    this.#showPeople()
    const bubble = element('p', 'bubble', avatar(by), element('span', '', `${by}: `, quoted(text)))
    bubble.title = `${by} says hello in ${language}`
    byId('greetings', HTMLElement).replaceChildren(bubble)
  }

  #left(name: string): void {
    this.#people.delete(name)
    this.#showPeople()
  }

  /** The dice roll for everybody, then lie. Of two rolls at once the later one is on the table. */
  #rolled(roll: Roll): void {
    const { by, eyes, total } = roll
    const turn = ++this.#turn
    this.#say(by === this.#me ? 'You roll …' : `${by} rolls …`)
    this.#dice.roll(eyes.length)
    setTimeout(() => {
      this.#addRow(roll)
      this.#best = Math.max(this.#best, total)
      this.#showBest()
      if (turn !== this.#turn) return
      this.#dice.show(eyes)
      this.#say(by === this.#me ? `You rolled ${total}` : `${by} rolled ${total}`)
    }, ROLL_MILLIS)
  }

  #say(text: string): void {
    byId('who', HTMLElement).textContent = text
  }

  #addRow({ by, eyes, total, isBest }: Roll): void {
    const rows = byId('rolls', HTMLElement)
    const row = element(
      'li',
      isBest ? 'roll best' : 'roll',
      avatar(by),
      element('span', 'roll-name', by === this.#me ? `${by} (you)` : by),
      element('span', 'roll-dice', ...eyes.map(eye => die(eye, 'small'))),
      element('strong', 'roll-total', String(total)),
    )
    rows.prepend(row)
    while (rows.children.length > MOST_ROWS) rows.lastElementChild?.remove()
  }

  #showPeople(): void {
    byId('people', HTMLElement).replaceChildren(
      ...Array.from(this.#people, name => element('li', '', avatar(name), element('span', '', name))),
    )
  }

  #showBest(): void {
    byId('best', HTMLElement).textContent = this.#best === 0 ? '–' : String(this.#best)
  }
}

/** A text with its own direction, because greetings run both ways. */
function quoted(text: string): HTMLElement {
  const quote = element('q', '', text)
  quote.dir = 'auto'
  return quote
}
