import { fixed, type Table } from '../table.ts'
import type { PeerFigure, PeerValues } from './peer-works.ts'

/** What was measured of the servers, round by round. */
export interface PeerResults {
  readonly servers: readonly string[]
  /** In the order of the tables. */
  readonly figures: Readonly<Record<string, PeerFigure>>
  /** By server, one entry a round. */
  readonly rounds: Readonly<Record<string, readonly PeerValues[]>>
}

/** The middle one of the values that are numbers; NaN where there are none. */
export function medianOf(values: readonly (number | undefined)[]): number {
  const sorted = values
    .filter(value => value !== undefined && Number.isFinite(value))
    .toSorted((a, b) => Number(a) - Number(b))
  const middle = sorted.length >> 1
  const [low, high] = sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1)
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2
}

/** The median of a figure. */
export function figureOf({ rounds }: PeerResults, server: string, key: string): number {
  return medianOf((rounds[server] ?? []).map(values => values[key]))
}

/** The median of one server's figure by another's, round by round: a machine that gets slower does so for both. */
export function ratioOf({ rounds }: PeerResults, server: string, other: string, key: string): number {
  const others = rounds[other] ?? []
  return medianOf(
    (rounds[server] ?? []).map(
      (values, round) => (values[key] ?? Number.NaN) / (others[round]?.[key] ?? Number.NaN),
    ),
  )
}

/** All figures of all servers, and the first server's by each other's. */
export function peerTables(results: PeerResults): readonly Table[] {
  const [first = '', ...others] = results.servers
  const keys = Object.entries(results.figures)
  return [
    {
      title: 'Figures (medians of the rounds)',
      columns: ['figure', 'unit', ...results.servers],
      left: 2,
      rows: keys.map(([key, { title, unit, digits }]) => [
        title,
        unit,
        ...results.servers.map(server => numberText(figureOf(results, server, key), digits)),
      ]),
    },
    {
      title: `${first} by the others (medians of the ratios of each round)`,
      columns: ['figure', ...others.map(other => `by ${other}`)],
      left: 1,
      rows: keys.map(([key, { title }]) => [
        title,
        ...others.map(other => {
          const ratio = ratioOf(results, first, other, key)
          return Number.isFinite(ratio) ? `${fixed(ratio, 2)} x` : '–'
        }),
      ]),
    },
  ]
}

function numberText(value: number, digits: number): string {
  if (!Number.isFinite(value)) return '–'
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
