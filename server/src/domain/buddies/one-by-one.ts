/** Work that waits, one after the other for each key. */
export class OneByOne {
  readonly #last = new Map<string, Promise<void>>()

  /** Does the work when all of the same key that came before is over. @returns what becomes of it */
  run(key: string, work: () => Promise<void>): Promise<void> {
    const before = this.#last.get(key)
    const turn = before === undefined ? work() : before.then(work)
    const over = turn.then(nothing, nothing).then(() => {
      if (this.#last.get(key) === over) this.#last.delete(key)
    })
    this.#last.set(key, over)
    return turn
  }
}

const nothing = () => undefined
