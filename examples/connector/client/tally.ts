/** What became of one message. */
export interface Numbered {
  readonly number: number
  /** Which line it was sent on, or was waiting for: 1 for the first one. */
  readonly line: number
  /** Which line it came back on. */
  backOn: number | undefined
  /** It came twice, or another one should have come before it. */
  isWrong: boolean
}

/** A line that was lost. */
export interface Break {
  readonly lostAt: number
  /** The last message before it. */
  readonly after: number
  /** Milliseconds until the client was back. */
  millis: number | undefined
  /** Packets that had to be sent again. */
  resent: number | undefined
  /** Messages that were said while there was no line. */
  waited: number
  /** Messages that were said before and came back after it. */
  late: number
}

/** Numbered messages, and what becomes of them when the line breaks. Holds the newest ones. */
export class Tally {
  readonly #kept: number
  readonly #messages: Numbered[] = []
  readonly breaks: Break[] = []
  sent = 0
  back = 0
  /** Came back on a later line than the one they were sent on. */
  late = 0
  /** Came twice or out of order. */
  wrong = 0

  /** @param kept  how many messages are held for showing */
  constructor(kept: number) {
    this.#kept = kept
  }

  /** The newest messages, the oldest first. */
  get messages(): readonly Numbered[] {
    return this.#messages
  }

  /** Sent, and not back yet. */
  get missing(): number {
    return this.sent - this.back
  }

  /** Which line it is: the first, or one more for each break. */
  get line(): number {
    return this.breaks.length + 1
  }

  /** The next number, to be sent now. */
  next(): number {
    this.sent++
    const last = this.breaks.at(-1)
    if (last !== undefined && last.millis === undefined) last.waited++
    this.#messages.push({ number: this.sent, line: this.line, backOn: undefined, isWrong: false })
    if (this.#messages.length > this.#kept) this.#messages.shift()
    return this.sent
  }

  /** A message came back. */
  came(number: number): void {
    const message = this.#messages.find(each => each.number === number)
    if (number !== this.back + 1) {
      this.wrong++
      if (message !== undefined) message.isWrong = true
      if (number <= this.back) return
    }
    this.back = number
    if (message === undefined) return
    message.backOn = this.line
    if (message.backOn === message.line) return
    this.late++
    const last = this.breaks.at(-1)
    if (last !== undefined) last.late++
  }

  /** The line is lost. */
  lost(now: number): void {
    const nothingYet = { millis: undefined, resent: undefined, waited: 0, late: 0 }
    this.breaks.push({ lostAt: now, after: this.sent, ...nothingYet })
  }

  /** There is a line again. */
  resumed(now: number, resent: number): void {
    const last = this.breaks.at(-1)
    if (last === undefined) return
    last.millis = now - last.lostAt
    last.resent = resent
  }
}
