import type { SqlRunner, Statement, StatementResult } from './sql-runner.ts'

/** A database whose failures somebody hears of, beside those who asked. */
export class WatchedRunner implements SqlRunner {
  readonly #runner: SqlRunner
  readonly #onFailure: (error: Error) => void

  constructor(runner: SqlRunner, onFailure: (error: Error) => void) {
    this.#runner = runner
    this.#onFailure = onFailure
  }

  get dialect(): SqlRunner['dialect'] {
    return this.#runner.dialect
  }

  async run(about: string, statements: readonly Statement[]): Promise<readonly StatementResult[]> {
    try {
      return await this.#runner.run(about, statements)
    } catch (error) {
      this.#onFailure(error as Error)
      throw error
    }
  }

  close(): Promise<void> {
    return this.#runner.close()
  }
}
