/** Puts values on an axis. */
export interface Scale {
  /** A share of the axis, 0 to 1. */
  at(value: number): number
  /** Values that are worth a line. */
  readonly ticks: readonly number[]
}

/** Steps of 1, 2 or 5 times a power of ten; values keep their distance. */
export function linearScale(low: number, high: number, most: number): Scale {
  const span = high > low ? high - low : 1
  const rough = span / most
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5].find(factor => factor * power >= rough) ?? 10) * power
  const from = Math.floor(low / step) * step
  const to = Math.ceil((low + span) / step) * step
  const count = Math.round((to - from) / step)
  return {
    at: value => (value - from) / (to - from),
    ticks: Array.from({ length: count + 1 }, (_, index) => from + index * step),
  }
}

/** Powers of ten; factors keep their distance. */
export function logScale(low: number, high: number): Scale {
  const from = Math.floor(Math.log10(Math.max(low, 1)))
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(high, 1))))
  return {
    at: value => Math.max(0, (Math.log10(Math.max(value, 1)) - from) / (to - from)),
    ticks: Array.from({ length: to - from + 1 }, (_, index) => 10 ** (from + index)),
  }
}

/** Shares near 1 are pulled apart: each nine more takes as much room. Values are shares, 0 to 1. */
export function ninesScale(nines: number): Scale {
  return {
    at: share => Math.min(1, -Math.log10(Math.max(1 - share, 10 ** -nines)) / nines),
    ticks: [0.5, ...Array.from({ length: nines }, (_, index) => 1 - 10 ** -(index + 1))],
  }
}
