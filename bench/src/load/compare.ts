import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fixed, type Table, textTable, whole } from '../table.ts'
import type { BenchSurroundings } from './bench-surroundings.ts'
import type { BenchCommand } from './load-options.ts'
import { type LoadReport, NoReport, readReport } from './load-report.ts'
import { comparePage } from './page/compare-page.ts'
import { duration, size } from './units.ts'

interface Row {
  readonly name: string
  readonly of: (report: LoadReport) => number | null
  readonly format: (value: number) => string
}

const micros = (value: number) => `${fixed(value, 3)} us`

/** What is compared, in this order. */
const ROWS: readonly Row[] = [
  { name: 'sustained a second', of: report => report.knee?.rate ?? null, format: whole },
  { name: 'offered a second', of: ({ main }) => main.rate, format: whole },
  {
    name: 'received a second',
    of: ({ main }) => main.measured.deliveries / main.measured.seconds,
    format: whole,
  },
  { name: 'lost', of: ({ main }) => main.count.lost, format: whole },
  { name: 'doubled', of: ({ main }) => main.count.doubled, format: whole },
  { name: 'disordered', of: ({ main }) => main.count.disordered, format: whole },
  { name: 'invented', of: ({ main }) => main.count.invented, format: whole },
  { name: 'latency p50', of: ({ main }) => main.latency.p50, format: duration },
  { name: 'latency p90', of: ({ main }) => main.latency.p90, format: duration },
  { name: 'latency p99', of: ({ main }) => main.latency.p99, format: duration },
  { name: 'latency p99.9', of: ({ main }) => main.latency.p999, format: duration },
  { name: 'latency max', of: ({ main }) => main.latency.max, format: duration },
  { name: 'server CPU a delivery', of: ({ main }) => main.cpuPerDelivery, format: micros },
  { name: 'server memory before', of: ({ resident }) => resident.before, format: size },
  { name: 'server memory after', of: ({ resident }) => resident.after, format: size },
]

/** The figures of two reports side by side, and the second by the first. */
export function compareTable(before: LoadReport, after: LoadReport): Table {
  const rows = ROWS.flatMap(({ name, of, format }) => {
    const [a, b] = [of(before), of(after)]
    if (a === null && b === null) return []
    const ratio = a !== null && b !== null && a !== 0 ? `${fixed(b / a, 2)} x` : ''
    return [[name, a === null ? '–' : format(a), b === null ? '–' : format(b), ratio]]
  })
  return {
    title: `${before.name} and ${after.name}`,
    columns: ['figure', before.name, after.name, 'second by first'],
    left: 1,
    rows,
  }
}

/** What makes a comparison doubtful. */
export function doubtsOf(before: LoadReport, after: LoadReport): readonly string[] {
  const keys = ['scenario', 'way', 'clients', 'roomSize', 'workers', 'sweep', 'maxVisible'] as const
  const differing = keys.filter(key => before.options[key] !== after.options[key])
  const { machine: a } = before
  const { machine: b } = after
  return [
    ...(differing.length > 0 ? [`The runs did different work: ${differing.join(', ')} differ.`] : []),
    ...(a.cpu !== b.cpu || a.cores !== b.cores ? ['The runs were on different machines.'] : []),
    ...(a.node !== b.node ? [`The generators ran on different versions of Node: ${a.node}, ${b.node}.`] : []),
  ]
}

/** Carries out `warren bench compare`. @returns the exit code */
export function compareFiles(
  { before, after, out }: Extract<BenchCommand, { type: 'compare' }>,
  around: BenchSurroundings,
): number {
  try {
    const [a, b] = [before, after].map(file =>
      readReport(readFileSync(resolve(around.cwd, file), 'utf8'), file),
    )
    if (a === undefined || b === undefined) return 2
    const table = compareTable(a, b)
    const doubts = doubtsOf(a, b)
    around.out([textTable(table), ...doubts.map(doubt => `! ${doubt}`), ''].join('\n'))
    const path = resolve(around.cwd, out ?? `bench-results/${a.name}-and-${b.name}.html`)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, comparePage(a, b, table, doubts))
    around.out(`Written to ${path}\n`)
    return 0
  } catch (error) {
    if (!(error instanceof NoReport) && !(error instanceof Error && 'code' in error)) throw error
    around.err(`warren bench: ${error.message}\n`)
    return 1
  }
}
