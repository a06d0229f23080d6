import type { Point } from '../common/geometry.ts'
import { STEP_MILLIS } from '../contract.ts'

/** How long after they came positions are shown: one step, and as long as the next may be late. */
const DELAY_MILLIS = STEP_MILLIS * 1.4
/** A step longer than this is a leap, and not walked. */
const LEAP = 300

interface Sample extends Point {
  readonly at: number
}

/** Where somebody was told to be, and where he is shown: a little later, so that he walks without a stop. */
export class Track {
  readonly #samples: Sample[] = []

  constructor(place: Point, now: number) {
    this.tell(place, now)
  }

  /** The server says where he is. @param now  milliseconds */
  tell({ x, y }: Point, now: number): void {
    const last = this.#samples.at(-1)
    if (last !== undefined && Math.abs(last.x - x) + Math.abs(last.y - y) > LEAP) this.#samples.length = 0
    // After a rest the step begins now, and not when the rest did.
    else if (last !== undefined && now - last.at > 2 * STEP_MILLIS) {
      this.#samples.push({ x: last.x, y: last.y, at: now - STEP_MILLIS })
    }
    this.#samples.push({ x, y, at: now })
  }

  /** Where to show him. */
  at(now: number): Point {
    const shown = now - DELAY_MILLIS
    while (this.#samples.length > 1 && (this.#samples[1]?.at ?? shown) <= shown) this.#samples.shift()
    const [a, b] = this.#samples
    if (a === undefined) return { x: 0, y: 0 }
    if (b === undefined || shown <= a.at) return a
    const part = (shown - a.at) / (b.at - a.at)
    return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part }
  }
}
