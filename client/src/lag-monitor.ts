/** Pings again and again, and tells the average of the last answers. */
export class LagMonitor {
  readonly #ping: () => Promise<number>
  readonly #onAverage: (millis: number) => void
  /** What ends the measurements at hand. */
  #stop: (() => void) | undefined

  /** @param ping  rejects when there is no answer */
  constructor(ping: () => Promise<number>, onAverage: (millis: number) => void) {
    this.#ping = ping
    this.#onAverage = onAverage
  }

  /** Begins anew. */
  start(seconds: number, samples: number): void {
    this.stop()
    const values: number[] = []
    let isBusy = false
    const measure = async () => {
      if (isBusy) return
      isBusy = true
      try {
        values.push(await this.#ping())
        if (values.length > samples) values.shift()
        const sum = values.reduce((total, value) => total + value, 0)
        if (this.#stop === stop) this.#onAverage(Math.round(sum / values.length))
      } catch {
        // No answer is no measurement; the next one may have better luck.
      }
      isBusy = false
    }
    const timer = setInterval(measure, seconds * 1000)
    const stop = () => clearInterval(timer)
    this.#stop = stop
  }

  /** No more. */
  stop(): void {
    this.#stop?.()
    this.#stop = undefined
  }
}
