import { fixed, type Table, textTable, whole } from '../table.ts'
import type { LoadReport } from './load-report.ts'
import { SCENARIOS, type Scenario } from './scenarios.ts'
import { duration, size } from './units.ts'
import { WAYS } from './ways.ts'

/** One line of the result: what it is called, and its value. */
export type Figure = readonly [name: string, value: string]

/** The figures of a report in words, the most important first. */
export function figuresOf(report: LoadReport): readonly Figure[] {
  const { main, options, resident, knee } = report
  const { count, measured } = main
  const { unit, operations }: Scenario = SCENARIOS[options.scenario]
  const per = (value: number) => `${whole(value / measured.seconds)} a second`
  const known = (figures: readonly (Figure | false)[]) => figures.filter(figure => figure !== false)
  return known([
    knee !== null && ['sustained', knee.rate === null ? 'none' : `${whole(knee.rate)} ${unit} a second`],
    knee !== null && knee.failure !== '' && ['not sustained', knee.failure],
    ['offered', `${whole(main.rate)} ${operations ?? unit} a second`],
    ['received', per(measured.deliveries)],
    ['expected', whole(count.expected)],
    ['delivered', whole(count.delivered)],
    ['lost', whole(count.lost)],
    ['doubled', whole(count.doubled)],
    ['disordered', whole(count.disordered)],
    ['invented', whole(count.invented)],
    ...latencies(main),
    main.cpuPerDelivery !== null && ['server CPU a delivery', `${fixed(main.cpuPerDelivery, 3)} us`],
    main.cpuPerDelivery !== null && [
      'server CPU',
      `${fixed((measured.serverCpu / measured.seconds) * 100, 1)} % of a core`,
    ],
    ['generator CPU', `${fixed((measured.generatorCpu / measured.seconds) * 100, 1)} % of a core`],
    resident.before !== null && ['server memory before', size(resident.before)],
    resident.after !== null && ['server memory after', size(resident.after)],
    ...Object.entries(main.figures).map(([name, value]): Figure => [name, fixed(value, 2)]),
  ])
}

/** Where nothing tells when what is heard was due, there are none. */
function latencies({ latency }: LoadReport['main']): Figure[] {
  if (latency.max === 0) return []
  return [
    ['latency p50', duration(latency.p50)],
    ['latency p90', duration(latency.p90)],
    ['latency p99', duration(latency.p99)],
    ['latency p99.9', duration(latency.p999)],
    ['latency max', duration(latency.max)],
  ]
}

/** What was done, in one line. */
export function headlineOf({ options }: LoadReport): string {
  const { scenario, way, clients, roomSize, workers, target } = options
  const rooms = roomSize < clients ? `, ${whole(roomSize)} in a room` : ''
  const processes = workers === 1 ? '' : `, ${workers} workers`
  const where = target === undefined ? 'a server started for the run' : `${target.host}:${target.port}`
  return `${scenario}, ${whole(clients)} bots${rooms}, ${WAYS[way].title}${processes}, to ${where}`
}

/** The result for a terminal. */
export function loadText(report: LoadReport): string {
  const table: Table = {
    title: headlineOf(report),
    columns: ['figure', 'value'],
    left: 1,
    rows: figuresOf(report),
  }
  return [textTable(table), ...report.notes.map(note => `! ${note}`), ''].join('\n')
}
