/** Does one thing after the other, at once while nothing has to wait. */
export class InOrder {
  #last: Promise<void> | undefined

  /** Whether something has to wait. */
  get isWaiting(): boolean {
    return this.#last !== undefined
  }

  /**
   * @param make  gives what is used, or a promise of it; what comes after waits for that
   * @param use  is not called when that fails
   * @returns a promise while it has to wait
   * @throws what `make` or `use` throws, when nothing has to wait
   */
  run<T>(make: () => T | Promise<T>, use: (made: T) => void): Promise<void> | undefined {
    if (this.#last !== undefined) return this.#wait(this.#last.then(make).then(use))
    const made = make()
    if (made instanceof Promise) return this.#wait(made.then(use))
    use(made)
    return undefined
  }

  #wait(done: Promise<void>): Promise<void> {
    const last: Promise<void> = done
      .catch(() => {})
      .then(() => {
        if (this.#last === last) this.#last = undefined
      })
    this.#last = last
    // Of this one nobody has heard yet, should it fail.
    return done.then()
  }
}
