/** How long the turns of an event loop were. */
export interface Turns {
  /** How many there were. */
  readonly count: number
  /** Percentiles and the milliseconds that so many turns did not exceed, from the lowest on; the last one is 100. */
  readonly percentiles: readonly (readonly [percentile: number, millis: number])[]
}

/**
 * The milliseconds that all but a hundredth of the longest turns did not exceed.
 * @param longest  how many of the turns are meant: those in which a server had a certain work to do
 */
export function p99OfLongest({ count, percentiles }: Turns, longest: number): number {
  if (count === 0) return 0
  const least = 100 * (1 - Math.min(longest, count) / 100 / count)
  return percentiles.find(([percentile]) => percentile >= least)?.[1] ?? 0
}

/** The longest turn, in milliseconds; 0 if none was watched. */
export function longestOf({ percentiles }: Turns): number {
  return percentiles.at(-1)?.[1] ?? 0
}
