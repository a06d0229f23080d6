import { AsyncLocalStorage } from 'node:async_hooks'

/** Takes an error of an extension that no handler was there to catch. */
type OnStray = (extension: string, error: unknown) => void

/** Whose work an error comes from. */
interface Origin {
  readonly extension: string
  readonly onStray: OnStray
}

/** Runs work in a context that is there already, which costs half of making one. */
type RunInside = <T>(work: () => T) => T

const origin = new AsyncLocalStorage<Origin>()
let listeners = 0

/**
 * Errors of extensions that get past their handlers: thrown in a timer or callback of their own, or a promise that
 * nobody looks at. Node would end the process; here they are known by whose work started them. All others end it as
 * they would without.
 */
export class StrayErrors {
  readonly #onStray: OnStray
  /** The context in which the server was made; an extension's has nothing on top but its name. */
  readonly #outside: RunInside = AsyncLocalStorage.snapshot()
  readonly #insides = new Map<string, RunInside>()
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
    let inside = this.#insides.get(extension)
    if (inside === undefined) {
      const mark: Origin = { extension, onStray: this.#onStray }
      inside = this.#outside(() => origin.run(mark, () => AsyncLocalStorage.snapshot()))
      this.#insides.set(extension, inside)
    }
    return inside(work)
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
