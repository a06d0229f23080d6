import { Worker } from 'node:worker_threads'

/** Places of the shared numbers. */
const RUNNING = 0
const SINCE = 1

/**
 * Names work that never ends. Whoever holds the loop keeps everybody in this thread from saying so; a thread of its
 * own looks on and writes to the log.
 */
export class Watchdog {
  readonly #seconds: number
  readonly #shared = new Int32Array(new SharedArrayBuffer(8))
  readonly #ids = new Map<string, number>()
  /** Work may run inside of other work. */
  readonly #stack: number[] = []
  #worker: Worker | undefined

  /** @param seconds  how long work may run before it is named */
  constructor(seconds: number) {
    this.#seconds = seconds
  }

  start(): void {
    if (this.#worker !== undefined) return
    this.#worker = new Worker(new URL('watchdog-worker.ts', import.meta.url), {
      workerData: { shared: this.#shared.buffer, seconds: this.#seconds },
    })
    this.#worker.unref()
    for (const [name, id] of this.#ids) this.#worker.postMessage({ id, name })
  }

  stop(): void {
    void this.#worker?.terminate()
    this.#worker = undefined
  }

  readonly enter = (what: string): void => {
    if (this.#worker === undefined) return
    const id = this.#ids.get(what) ?? this.#name(what)
    this.#stack.push(id)
    this.#show(id)
  }

  readonly leave = (): void => {
    if (this.#worker === undefined) return
    this.#stack.pop()
    this.#show(this.#stack.at(-1) ?? 0)
  }

  #show(id: number): void {
    Atomics.store(this.#shared, SINCE, Math.floor(performance.now()))
    Atomics.store(this.#shared, RUNNING, id)
  }

  #name(what: string): number {
    const id = this.#ids.size + 1
    this.#ids.set(what, id)
    this.#worker?.postMessage({ id, name: what })
    return id
  }
}
