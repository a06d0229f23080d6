import { avatar, element } from './dom.js'

/** Messages of one sender within this time are shown together. */
const TOGETHER_MILLIS = 3 * 60_000
/** Older messages leave the page. */
const MAX_ROWS = 500
/** Who is this close to the end, in pixels, follows it. */
const FOLLOW_PIXELS = 80

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })

/** What is said in one place: a room, or between two. */
export class Conversation {
  /** Said while it was not on show. */
  unread = 0
  /** The partner has left; a room is never gone. */
  isGone = false
  /** @type {HTMLOListElement} */
  log
  #lastSender = ''
  #lastTime = 0

  /**
   * @param {string} title
   * @param {{ id: number, name: string } | undefined} partner  none for a room
   */
  constructor(title, partner) {
    this.title = title
    this.partner = partner
    this.log = element('ol', 'log')
    this.log.setAttribute('role', 'log')
    this.log.setAttribute('aria-label', `Messages: ${title}`)
    this.log.tabIndex = 0
    this.log.hidden = true
  }

  /** @param {string} name @param {string} text @param {boolean} isMine */
  say(name, text, isMine) {
    const now = Date.now()
    const goesOn = this.#lastSender === name && now - this.#lastTime < TOGETHER_MILLIS
    this.#lastSender = name
    this.#lastTime = now
    const row = element('li', isMine ? 'mine' : '')
    if (goesOn) {
      row.classList.add('more')
      row.append(element('span', 'hidden-label', `${name}: `))
    } else {
      const time = element('time', '', CLOCK.format(now))
      time.dateTime = new Date(now).toISOString()
      row.append(avatar(name), element('div', 'said-head', element('b', '', name), time))
    }
    row.append(element('p', '', text))
    this.#add(row)
  }

  /** Something happened here. @param {string} text */
  note(text) {
    this.#lastSender = ''
    this.#add(element('li', 'note', text))
  }

  show() {
    this.unread = 0
    this.log.hidden = false
    this.#toEnd()
  }

  hide() {
    this.log.hidden = true
  }

  /** @param {HTMLElement} row */
  #add(row) {
    const { scrollHeight, scrollTop, clientHeight } = this.log
    const follows = scrollHeight - scrollTop - clientHeight < FOLLOW_PIXELS
    this.log.append(row)
    if (this.log.childElementCount > MAX_ROWS) this.log.firstElementChild?.remove()
    if (follows || row.classList.contains('mine')) this.#toEnd()
  }

  #toEnd() {
    this.log.scrollTop = this.log.scrollHeight
  }
}
