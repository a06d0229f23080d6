import { element } from './dom.ts'

/** Which of nine places, row by row, have a pip for so many eyes. */
const PIPS: readonly (readonly number[])[] = [
  [],
  [4],
  [0, 8],
  [0, 4, 8],
  [0, 2, 6, 8],
  [0, 2, 4, 6, 8],
  [0, 2, 3, 5, 6, 8],
]

const FLICKER_MILLIS = 90
const STILL = matchMedia('(prefers-reduced-motion: reduce)')

/** A die that shows so many eyes. */
export function die(eyes: number, className = ''): HTMLElement {
  const pips = PIPS[eyes] ?? []
  const places = Array.from({ length: 9 }, (_, place) => element('span', pips.includes(place) ? 'pip' : ''))
  const made = element('span', `die ${className}`.trim(), ...places)
  made.setAttribute('role', 'img')
  made.setAttribute('aria-label', String(eyes))
  return made
}

/** Dice on a table, which roll until they lie. */
export class Dice {
  readonly #place: HTMLElement
  #rolling: ReturnType<typeof setInterval> | undefined

  constructor(place: HTMLElement) {
    this.#place = place
  }

  /** @param eyes  none takes them off the table */
  show(eyes: readonly number[]): void {
    this.stop()
    this.#place.replaceChildren(...eyes.map(eye => die(eye, 'lies')))
  }

  /** Rolls so many until they are shown or stopped. */
  roll(count: number): void {
    this.stop()
    const flicker = () => {
      const eyes = Array.from({ length: count }, () => 1 + Math.floor(Math.random() * 6))
      this.#place.replaceChildren(...eyes.map(eye => die(eye, 'rolls')))
    }
    flicker()
    if (!STILL.matches) this.#rolling = setInterval(flicker, FLICKER_MILLIS)
  }

  stop(): void {
    clearInterval(this.#rolling)
  }
}
