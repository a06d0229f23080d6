/** Where progress is told. */
export interface ProgressOutput {
  /** Whether a person looks at a terminal. */
  readonly isTerminal: boolean
  /** Characters in a line of it. */
  readonly columns: number
  write(text: string): void
}

const standardError: ProgressOutput = {
  isTerminal: process.stderr.isTTY === true,
  get columns() {
    return process.stderr.columns ?? 80
  },
  write: text => process.stderr.write(text),
}

/** Says what is going on: one line that changes on a terminal, plain lines elsewhere. */
export class Progress {
  readonly #output: ProgressOutput
  readonly #started = Date.now()
  #stage = ''

  constructor(output: ProgressOutput = standardError) {
    this.#output = output
  }

  /** Begins a stage. */
  stage(text: string): void {
    this.#stage = text
    if (this.#output.isTerminal) this.detail('')
    else this.#output.write(`[${this.#elapsed()}] ${text}\n`)
  }

  /** Says how the stage goes on; on a terminal only. */
  detail(text: string): void {
    if (!this.#output.isTerminal) return
    const line = `[${this.#elapsed()}] ${this.#stage}${text === '' ? '' : `: ${text}`}`
    this.#output.write(`\r\x1b[2K${line.slice(0, this.#output.columns - 1)}`)
  }

  /** Says how the stage goes on, elsewhere too. */
  line(text: string): void {
    if (this.#output.isTerminal) this.detail(text)
    else this.#output.write(`[${this.#elapsed()}]   ${text}\n`)
  }

  /** Says something that stays. */
  note(text: string): void {
    this.#output.write(`${this.#output.isTerminal ? '\r\x1b[2K' : ''}${text}\n`)
  }

  /** Leaves a clean line behind. */
  end(): void {
    if (this.#output.isTerminal) this.#output.write('\r\x1b[2K')
  }

  #elapsed(): string {
    const seconds = Math.floor((Date.now() - this.#started) / 1000)
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  }
}
