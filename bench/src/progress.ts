/** Says on stderr what is going on: one line that changes on a terminal, one line a stage elsewhere. */
export class Progress {
  readonly #isTerminal = process.stderr.isTTY === true
  readonly #started = Date.now()
  #stage = ''

  /** Begins a stage. */
  stage(text: string): void {
    this.#stage = text
    if (this.#isTerminal) this.detail('')
    else process.stderr.write(`[${this.#elapsed()}] ${text}\n`)
  }

  /** Says how the stage goes on. */
  detail(text: string): void {
    if (!this.#isTerminal) return
    const width = process.stderr.columns ?? 80
    const line = `[${this.#elapsed()}] ${this.#stage}${text === '' ? '' : `: ${text}`}`
    process.stderr.write(`\r\x1b[2K${line.slice(0, width - 1)}`)
  }

  /** Says something that stays. */
  note(text: string): void {
    process.stderr.write(`${this.#isTerminal ? '\r\x1b[2K' : ''}${text}\n`)
  }

  /** Leaves a clean line behind. */
  end(): void {
    if (this.#isTerminal) process.stderr.write('\r\x1b[2K')
  }

  #elapsed(): string {
    const seconds = Math.floor((Date.now() - this.#started) / 1000)
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  }
}
