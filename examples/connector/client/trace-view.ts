import { byId, element } from './dom.ts'

/** What a line of the trace is about. */
export type TraceKind = 'step' | 'event' | 'lost' | 'packet'

/** Lines that are kept on the page. */
const MAX_LINES = 400
/** The page follows the newest line while it shows it, or nearly. */
const NEAR_PIXELS = 40

/** The trace window. */
export class TraceView {
  readonly #list = byId('trace', HTMLElement)

  constructor() {
    const packets = byId('packets', HTMLInputElement)
    const follow = () => this.#list.classList.toggle('plain', !packets.checked)
    packets.addEventListener('change', follow)
    follow()
    byId('clear', HTMLButtonElement).addEventListener('click', () => this.#list.replaceChildren())
  }

  add(kind: TraceKind, title: string, text = ''): void {
    const isAtEnd = this.#list.scrollTop + this.#list.clientHeight >= this.#list.scrollHeight - NEAR_PIXELS
    const now = new Date()
    const time = element('time', '', now.toISOString().slice(11, 23))
    this.#list.append(element('li', kind, time, element('b', 'title', title), element('span', '', text)))
    while (this.#list.childElementCount > MAX_LINES) this.#list.firstElementChild?.remove()
    if (isAtEnd) this.#list.scrollTop = this.#list.scrollHeight
  }
}
