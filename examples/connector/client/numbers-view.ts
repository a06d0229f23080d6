import { byId, element, write } from './dom.ts'
import type { Break, Numbered, Tally } from './tally.ts'

/** Lost lines on show. */
const BREAKS = 5

/** Shows what becomes of the messages. */
export class NumbersView {
  readonly #list = byId('numbers', HTMLElement)
  #isDue = false

  /** Shows how it stands, once before the page is painted next. */
  show(tally: Tally, transport: () => string): void {
    if (this.#isDue) return
    this.#isDue = true
    requestAnimationFrame(() => {
      this.#isDue = false
      this.#draw(tally, transport())
    })
  }

  #draw(tally: Tally, transport: string): void {
    const cuts = new Set(tally.breaks.map(({ after }) => after))
    const squares = tally.messages.flatMap(message => {
      const square = squareOf(message)
      return cuts.has(message.number) ? [square, element('li', 'cut')] : [square]
    })
    this.#list.replaceChildren(...squares)
    write('sent', String(tally.sent))
    write('back', String(tally.back))
    write('late', String(tally.late))
    write('wrong', String(tally.wrong))
    byId('breaks', HTMLElement).replaceChildren(
      ...tally.breaks.map((each, index) => breakRow(each, index + 1, transport)).slice(-BREAKS),
    )
  }
}

function squareOf({ number, line, backOn, isWrong }: Numbered): HTMLElement {
  const isLate = backOn !== undefined && backOn > line
  const state = isWrong ? 'wrong' : isLate ? 'late' : backOn === undefined ? 'sent' : 'back'
  return element('li', state, String(number))
}

function breakRow({ millis, resent, waited, late }: Break, index: number, transport: string): HTMLElement {
  if (millis === undefined) return element('li', '', `Line ${index} is lost. Looking for a new one ...`)
  const what = `Line ${index} was lost, back by ${transport} after ${Math.round(millis)} ms`
  const replayed = `${late} came late · ${waited} waited · ${resent} sent again`
  return element('li', '', element('strong', '', what), element('span', '', replayed))
}
