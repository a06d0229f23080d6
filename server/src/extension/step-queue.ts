/** How many events may follow from each other, one handler after the other, before that counts as endless. */
const MAX_DEPTH = 32

interface Step {
  /** How many steps before led to it. */
  readonly depth: number
  readonly run: () => void
}

/**
 * What extensions are to be told, in the order in which it happened. It is done when the request at hand is, so that
 * nobody acts in the middle of a change; what comes of it is done in turn.
 */
export class StepQueue {
  #steps: Step[] = []
  #depth = 0
  #isDraining = false
  #isDrainDue = false

  /** Whether what is added now would be one more of an endless chain. */
  get isTooDeep(): boolean {
    return this.#isDraining && this.#depth >= MAX_DEPTH
  }

  /** @param run  must not throw */
  add(run: () => void): void {
    this.#steps.push({ depth: this.#isDraining ? this.#depth + 1 : 0, run })
    if (this.#isDraining || this.#isDrainDue) return
    // For what happens outside of a request; a request drains when it is done, which is sooner.
    this.#isDrainDue = true
    queueMicrotask(() => this.drain())
  }

  /** Does all steps, and those that come of them. */
  drain(): void {
    if (this.#isDraining) return
    this.#isDraining = true
    this.#isDrainDue = false
    while (this.#steps.length > 0) {
      const steps = this.#steps
      this.#steps = []
      for (const { depth, run } of steps) {
        this.#depth = depth
        run()
      }
    }
    this.#isDraining = false
  }
}
