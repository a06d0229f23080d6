import { aoiTable } from './aoi-table.ts'
import { callTable } from './call-table.ts'
import { goalsOf } from './goals.ts'
import { mmoTable } from './mmo-table.ts'
import { presenceTable } from './presence-table.ts'
import type { BenchResults } from './results.ts'
import type { CpuRow } from './rows/cpu-rows.ts'
import type { SustainedRow } from './rows/sweep-rows.ts'
import { fixed, markdownTable, percent, type Table, textTable, whole } from './table.ts'

const KIB = 1024
const MIB = 1024 * 1024
/** Share of a core above which other processes spoil a measurement. */
const QUIET = 0.1

/** The tables of a run. Areas that were not run have none. */
export function tablesOf(results: BenchResults): Table[] {
  return [
    sustainedTable(results, 'WebSocket'),
    sustainedTable(results, 'TCP'),
    transportTable(results),
    resumeTable(results),
    frozenTable(results),
    cpuTable(results),
    es3Table(results),
    callTable(results.calls),
    idleTable(results),
    codecTable(results),
    sdkTable(results),
    aoiTable(results.aoi),
    mmoTable(results.mmo),
    presenceTable(results.presence),
    goalTable(results),
  ].filter(table => table.rows.length > 0)
}

export function textReport(results: BenchResults): string {
  return [...tablesOf(results).map(textTable), ...circumstances(results)].join('\n')
}

export function markdownReport(results: BenchResults): string {
  return [...tablesOf(results).map(markdownTable), ...circumstances(results), ''].join('\n')
}

function sustainedTable(results: BenchResults, transport: string): Table {
  const rows = results.sustained.filter(row => row.transport === transport)
  const strict = rows.filter(row => row.limit === Math.min(...rows.map(other => other.limit)))
  return {
    title: `Chat fan-out over ${transport}: one room, 64-byte messages, every delivery counted`,
    columns: [
      'server',
      'clients',
      'deliveries/s, p99 < 50 ms',
      'p50 ms',
      'p99 ms',
      'server CPU',
      'generator CPU',
      'deliveries/s, p99 < 100 ms',
      'Warren is',
    ],
    left: 1,
    rows: strict.map(row => [
      row.server,
      whole(row.clients),
      bound(row),
      fixed(row.p50, 1),
      fixed(row.p99, 1),
      percent(row.serverCpu),
      percent(row.generatorCpu),
      bound(rows.find(other => isSameCrowd(row, other) && other.limit !== row.limit)),
      row.server === 'Warren' ? '' : ratioText(warrenOf(rows, row), row.rate),
    ]),
  }
}

function bound(row: SustainedRow | undefined): string {
  return row ? `${row.isLowerBound ? '≥ ' : ''}${whole(row.rate)}` : '–'
}

function isSameCrowd(a: SustainedRow, b: SustainedRow): boolean {
  return a.server === b.server && a.clients === b.clients
}

function warrenOf(rows: readonly SustainedRow[], row: SustainedRow): number {
  const own = rows.find(r => r.server === 'Warren' && r.clients === row.clients && r.limit === row.limit)
  return own?.rate ?? Number.NaN
}

function ratioText(value: number, of: number): string {
  return of > 0 && Number.isFinite(value) ? `${fixed(value / of, 2)} x` : '–'
}

function transportTable({ transports }: BenchResults): Table {
  return {
    title: 'A call and its answer, 64 bytes, one at a time',
    columns: ['line', 'server', 'round trips', 'p50 us', 'p99 us', 'p50 x the floor'],
    left: 2,
    rows: transports.map(row => {
      const floor = transports.find(other => other.server === 'floor' && other.way === row.way)
      const ratio = floor === undefined || floor === row ? '' : fixed(row.p50 / floor.p50, 2)
      return [row.way, row.server, whole(row.trips), fixed(row.p50, 0), fixed(row.p99, 0), ratio]
    }),
  }
}

function resumeTable({ resume }: BenchResults): Table {
  return {
    title: 'A resume with 20 missed messages, from when the new line is up',
    columns: ['line', 'resumes', 'p50 ms', 'p99 ms'],
    left: 1,
    rows: resume.flatMap(({ times }) =>
      times.map(row => [row.way, whole(row.resumes), fixed(row.p50, 2), fixed(row.p99, 2)]),
    ),
  }
}

function frozenTable({ resume }: BenchResults): Table {
  return {
    title: 'Sessions without a line',
    columns: ['waiting for each', 'sessions', 'bytes a session'],
    left: 1,
    rows: resume.flatMap(({ frozen }) =>
      frozen.map(row => [row.waiting, whole(row.sessions), whole(row.perSession)]),
    ),
  }
}

function cpuTable(results: BenchResults): Table {
  const isFloor = (row: CpuRow) => row.server !== 'Warren'
  return {
    title: 'Server CPU per delivery at fixed rates (user + system; medians of interleaved rounds)',
    columns: [
      'transport',
      'clients',
      'deliveries/s',
      'Warren us',
      'floor us',
      'ratio',
      'Warren p99 ms',
      'floor p99 ms',
      'fault',
    ],
    left: 1,
    rows: results.cpu
      .filter(row => !isFloor(row) || !results.cpu.some(other => !isFloor(other) && isSameLoad(row, other)))
      .map(row => {
        const warren = isFloor(row) ? undefined : row
        const floor = results.cpu.find(other => isFloor(other) && isSameLoad(row, other))
        return [
          row.transport,
          whole(row.clients),
          whole(row.rate),
          fixed(warren?.microseconds ?? Number.NaN, 3),
          fixed(floor?.microseconds ?? Number.NaN, 3),
          fixed(floor?.ratio ?? Number.NaN, 2),
          fixed(warren?.p99 ?? Number.NaN, 1),
          fixed(floor?.p99 ?? Number.NaN, 1),
          [warren?.fault, floor?.fault].filter(fault => fault).join('; '),
        ]
      }),
  }
}

function es3Table({ es3 }: BenchResults): Table {
  return {
    title:
      'Server CPU per delivery by language of the clients (user + system; medians of interleaved rounds)',
    columns: ['language', 'transport', 'clients', 'deliveries/s', 'us', 'x SFS2X', 'p99 ms', 'fault'],
    left: 2,
    rows: es3.map(row => [
      row.server,
      row.transport,
      whole(row.clients),
      whole(row.rate),
      fixed(row.microseconds, 3),
      fixed(1 / row.ratio, 2),
      fixed(row.p99, 1),
      row.fault,
    ]),
  }
}

function isSameLoad(a: CpuRow, b: CpuRow): boolean {
  return a.transport === b.transport && a.clients === b.clients && a.rate === b.rate
}

function idleTable(results: BenchResults): Table {
  const floor = results.idle.find(row => row.server.startsWith('floor'))
  return {
    title: 'Idle sessions over WebSocket: resident memory of the server after a garbage collection',
    columns: ['server', 'sessions', 'empty MiB', 'full MiB', 'KiB a session', 'KiB over the floor'],
    left: 1,
    rows: results.idle.map(row => [
      row.server,
      whole(row.sessions),
      fixed(row.residentBefore / MIB, 1),
      fixed(row.resident / MIB, 1),
      fixed(row.perSession / KIB, 1),
      floor && floor !== row ? fixed((row.perSession - floor.perSession) / KIB, 1) : '',
    ]),
  }
}

function codecTable(results: BenchResults): Table {
  return {
    title: 'Codec',
    columns: ['operation', 'codec', 'us', 'Warren is faster by'],
    left: 2,
    rows: results.codec.map(row => {
      const own = results.codec.find(other => other.operation === row.operation && other.codec === 'Warren')
      const ratio = own && own !== row ? `${fixed(row.microseconds / own.microseconds, 2)} x` : ''
      return [row.operation, row.codec, fixed(row.microseconds, 3), ratio]
    }),
  }
}

function sdkTable(results: BenchResults): Table {
  return {
    title: 'Client libraries in Node: public messages of a busy room, heard by one client on one core',
    columns: ['client', 'transport', 'messages/s', 'CPU us a message', 'less CPU than sfs2x-api'],
    left: 2,
    rows: results.sdk.map(row => [
      row.client,
      row.transport,
      whole(row.rate),
      fixed(row.microseconds, 2),
      row.client === 'Warren' ? `${fixed(row.ratio, 1)} x` : '',
    ]),
  }
}

function goalTable(results: BenchResults): Table {
  return {
    title: 'Goals',
    columns: ['goal', 'measured', 'reached'],
    left: 1,
    rows: goalsOf(results).map(goal => [goal.text, goal.measured, goal.isReached ? 'yes' : 'NO']),
  }
}

function circumstances({
  about,
  sustained,
  transports,
  cpu,
  es3,
  calls,
  aoi,
  mmo,
  failures,
}: BenchResults): string[] {
  const rows = [...sustained, ...transports, ...cpu, ...es3, ...calls, ...aoi, ...mmo]
  const others = rows.map(row => row.otherCpu).filter(Number.isFinite)
  const worst = Math.max(0, ...others)
  const peers = Object.entries(about.peers).map(([name, version]) => `${name} ${version}`)
  return [
    `Node ${about.node}, ${about.cpu}, ${about.cores} cores, Linux ${about.kernel}, commit ${about.commit}, ${about.date}.`,
    `Server on core 0 and generator on core 1: ${about.isPinned ? 'yes' : 'NO (no taskset)'}. ` +
      `Floors leave ${about.floorTickMillis} ms between two writes. Peers: ${peers.join(', ') || 'not installed'}.` +
      `${about.isQuick ? ' Quick run: rough figures.' : ''} Took ${Math.round(about.seconds)} s.`,
    `Other processes took up to ${percent(worst)} of a core during the rows shown` +
      `${worst > QUIET ? ': TOO MUCH, repeat on a quiet machine.' : '.'}`,
    ...(sustained.some(row => row.isLowerBound)
      ? [
          '≥: the highest rate tried was sustained, or the generator was busy before the server was: the server could do more.',
        ]
      : []),
    ...failures.map(failure => `Not measured: ${failure}`),
  ]
}
