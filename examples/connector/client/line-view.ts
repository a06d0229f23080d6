import { byId, write } from './dom.ts'

/** How it is with the line. */
export type LineState = 'closed' | 'connecting' | 'open' | 'lost' | 'failed'

/** The picture of the line, what is said below it, and the buttons that go with it. */
export class LineView {
  readonly #line = byId('line', HTMLElement)

  show(state: LineState, text: string): void {
    this.#line.dataset.state = state
    write('state', text)
    const isIdle = state === 'closed' || state === 'failed'
    byId('connect', HTMLButtonElement).hidden = !isIdle
    byId('disconnect', HTMLButtonElement).hidden = isIdle
    byId('kill', HTMLButtonElement).disabled = state !== 'open'
  }

  /** Who is at the two ends. */
  ends(me: string, myDetail: string, server: string, serverDetail: string): void {
    write('me', me)
    write('me-detail', myDetail)
    write('server', server)
    write('server-detail', serverDetail)
  }

  /** @param text  empty to hide it */
  notice(text: string): void {
    const notice = byId('notice', HTMLElement)
    notice.textContent = text
    notice.hidden = text === ''
  }
}
