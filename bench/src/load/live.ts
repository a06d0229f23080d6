import { Histogram } from '../generator/histogram.ts'
import type { Sample } from '../generator/step-meter.ts'
import { whole } from '../table.ts'
import { duration } from './units.ts'

/** Puts the samples of several workers together and says one line about each second. */
export class Live {
  readonly #workers: number
  readonly #say: (text: string) => void
  readonly #unit: string
  #waiting: Sample[] = []
  #second = 0
  #hasTimes = false

  constructor(workers: number, unit: string, say: (text: string) => void) {
    this.#workers = workers
    this.#unit = unit
    this.#say = say
  }

  add(sample: Sample): void {
    this.#waiting.push(sample)
    if (this.#waiting.length < this.#workers) return
    const latencies = new Histogram()
    let delivered = 0
    let sent = 0
    for (const one of this.#waiting) {
      latencies.merge(one.latencies)
      delivered += one.delivered
      sent += one.sent
    }
    this.#waiting = []
    this.#second++
    const hasBegun = this.#hasTimes
    this.#hasTimes ||= latencies.total > 0
    // The last part of a second, after all was sent.
    if (hasBegun && sent + delivered === 0) return
    const times = latencies.total > 0 ? timesText(latencies) : hasBegun ? '' : ', warming up'
    this.#say(`${this.#second} s: ${whole(sent)} sent, ${whole(delivered)} ${this.#unit}${times}`)
  }
}

function timesText(latencies: Histogram): string {
  const at = (share: number) => duration(latencies.percentile(share))
  return `, p50 ${at(0.5)}, p99 ${at(0.99)}, max ${duration(latencies.max)}`
}
