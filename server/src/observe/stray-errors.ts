import { AsyncLocalStorage } from 'node:async_hooks'

/** Takes an error of an extension that no handler was there to catch. */
type OnStray = (extension: string, error: unknown) => void

/** Whose work an error comes from. */
interface Origin {
  readonly extension: string
  readonly onStray: OnStray
}

const origin = new AsyncLocalStorage<Origin>()
let listeners = 0

/**
 * Errors of extensions that get past their handlers: thrown in a timer or callback of their own, or a promise that
 * nobody looks at. Node would end the process; here they are known by whose work started them. All others end it as
 * they would without.
 */
export class StrayErrors {
  readonly #onStray: OnStray
  readonly #origins = new Map<string, Origin>()
  #isListening = false

  constructor(onStray: OnStray) {
    this.#onStray = onStray
  }

  start(): void {
    if (this.#isListening) return
    this.#isListening = true
    if (listeners++ > 0) return
    process.on('unhandledRejection', onRejection)
    process.on('uncaughtException', onException)
  }

  stop(): void {
    if (!this.#isListening) return
    this.#isListening = false
    if (--listeners > 0) return
    process.off('unhandledRejection', onRejection)
    process.off('uncaughtException', onException)
  }

  /** Runs work of an extension; what it starts is known as its own. */
  run<T>(extension: string, work: () => T): T {
    let mark = this.#origins.get(extension)
    if (mark === undefined) {
      mark = { extension, onStray: this.#onStray }
      this.#origins.set(extension, mark)
    }
    return origin.run(mark, work)
  }
}

function onRejection(error: unknown): void {
  const mark = origin.getStore()
  if (mark !== undefined) mark.onStray(mark.extension, error)
  else if (process.listenerCount('unhandledRejection') === 1) throw error
}

function onException(error: unknown): void {
  const mark = origin.getStore()
  if (mark !== undefined) {
    mark.onStray(mark.extension, error)
  } else if (process.listenerCount('uncaughtException') === 1) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  }
}
