import { Worker } from 'node:worker_threads'

/** Places of the shared numbers: what runs, or ran last if it is negative; the how manyth work it is; turns of the loop. */
const RUNNING = 0
const RUN = 1
const TURN = 2
/** How often it is shown that the loop turns. */
const TURN_MILLIS = 250

/** Names of one owner; what it calls otherwise, by chance perhaps, shares one. */
const MAX_NAMES = 1000
const OTHERS = 'work of many names'

/**
 * Names work that never ends, or that has itself called again without end. Whoever holds the loop keeps everybody in this thread from saying so; a thread of its
 * own looks on and writes to the log.
 */
export class Watchdog {
  readonly #seconds: number
  readonly #shared = new Int32Array(new SharedArrayBuffer(12))
  /** By owner and name. */
  readonly #ids = new Map<string, Map<string, number>>()
  #lastId = 0
  /** Work may run inside of other work. */
  readonly #stack: number[] = []
  #runs = 0
  #worker: Worker | undefined
  #turning: NodeJS.Timeout | undefined

  /** @param seconds  how long work may run before it is named; 0 watches nothing */
  constructor(seconds: number) {
    this.#seconds = seconds
  }

  start(): void {
    if (this.#seconds === 0 || this.#worker !== undefined) return
    this.#worker = new Worker(new URL('watchdog-worker.ts', import.meta.url), {
      workerData: { shared: this.#shared.buffer, seconds: this.#seconds },
    })
    this.#worker.unref()
    this.#turning = setInterval(() => Atomics.add(this.#shared, TURN, 1), TURN_MILLIS)
    this.#turning.unref()
    for (const [owner, names] of this.#ids) {
      for (const [what, id] of names) this.#worker.postMessage({ id, owner, what })
    }
  }

  stop(): void {
    clearInterval(this.#turning)
    void this.#worker?.terminate()
    this.#worker = undefined
  }

  /** Runs work that is named if it does not end. */
  watch<T>(owner: string, what: string, work: () => T): T {
    if (this.#worker === undefined) return work()
    const id = this.#idOf(owner, what)
    this.#stack.push(id)
    this.#runs = (this.#runs + 1) | 0
    Atomics.store(this.#shared, RUN, this.#runs)
    Atomics.store(this.#shared, RUNNING, id)
    try {
      return work()
    } finally {
      this.#stack.pop()
      Atomics.store(this.#shared, RUNNING, this.#stack.at(-1) ?? -id)
    }
  }

  #idOf(owner: string, what: string): number {
    let names = this.#ids.get(owner)
    if (names === undefined) {
      names = new Map()
      this.#ids.set(owner, names)
    }
    return names.get(what) ?? this.#name(owner, names.size < MAX_NAMES ? what : OTHERS, names)
  }

  #name(owner: string, what: string, names: Map<string, number>): number {
    let id = names.get(what)
    if (id === undefined) {
      id = ++this.#lastId
      names.set(what, id)
      this.#worker?.postMessage({ id, owner, what })
    }
    return id
  }
}
