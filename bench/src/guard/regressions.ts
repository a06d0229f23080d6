import type { PeerFigure } from '../peers/peer-works.ts'

/** The figures of a release: Warren's by the floor's of the same run, by the keys of the figures. */
export interface Baseline {
  /** What was measured. */
  readonly release: string
  readonly ratios: Readonly<Record<string, number>>
}

/** One figure beside that of the last release. */
export interface Comparison {
  readonly title: string
  readonly before: number
  readonly now: number
  /** How much worse it became: 1.2 is 20 %; below 1 it became better. NaN where it was not measured. */
  readonly worse: number
  readonly isRegression: boolean
}

/** Above this a figure counts as worse. */
const TOLERANCE = 1.2

/**
 * Compares ratios with those of the last release. What the release has and this run could not measure is a regression as
 * well: a server that does not sustain the rate has no figure.
 *
 * @example
 * compareRatios({ release: '1.0', ratios: { cpu: 1 } }, { cpu: 1.3 }, figures)[0]?.isRegression // true
 */
export function compareRatios(
  baseline: Baseline,
  ratios: Readonly<Record<string, number>>,
  figures: Readonly<Record<string, PeerFigure>>,
): readonly Comparison[] {
  return Object.entries(figures).flatMap(([key, { title, better }]) => {
    const before = baseline.ratios[key]
    if (before === undefined) return []
    const now = ratios[key] ?? Number.NaN
    const worse = better === 'less' ? now / before : before / now
    return [{ title, before, now, worse, isRegression: !(worse <= TOLERANCE) }]
  })
}
