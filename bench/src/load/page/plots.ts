import { whole } from '../../table.ts'
import type { LoadReport } from '../load-report.ts'
import type { SecondReport } from '../step-report.ts'
import { shortDuration } from '../units.ts'
import type { Markup } from './markup.ts'
import { type Axis, type Plot, plotFigure, type Series } from './plot.ts'
import { linearScale, logScale, ninesScale } from './scale.ts'

/** A report beside its name in the legends. */
export interface NamedReport {
  readonly name: string
  readonly report: LoadReport
}

type Value = (second: SecondReport) => number | null

const NINES = 5
const seconds = (value: number) => `${whole(value)} s`
const micros = (value: number) => `${value < 10 ? Math.round(value * 100) / 100 : Math.round(value)} us`
const MIB = 1024 ** 2
const mebibytes = (value: number) => `${Math.round(value)} MiB`
const millis = (value: number) => `${Math.round(value * 10) / 10} ms`
const cores = (value: number) => `${Math.round(value * 100)} %`

/** All plots of a report, or of several together; those for which there are figures. */
export function plotsOf(reports: readonly NamedReport[]): readonly Markup[] {
  const single = reports.length === 1
  const [first] = reports
  const plots: readonly (Plot | undefined)[] = [
    percentiles(reports),
    over(reports, 'Received', 'Deliveries in each second.', whole, [['received', one => one.delivered]]),
    over(
      reports,
      'Latency over time',
      'Of each second, from when an operation was due.',
      shortDuration,
      single
        ? [
            ['p50', one => one.p50],
            ['p99', one => one.p99],
            ['max', one => one.max],
          ]
        : [['p99', one => one.p99]],
    ),
    over(reports, 'Server CPU a delivery', 'User and system, in each second.', micros, [
      [
        'CPU',
        one => (one.serverCpu === null || one.delivered === 0 ? null : (one.serverCpu / one.delivered) * 1e6),
      ],
    ]),
    over(reports, 'Server CPU', 'Share of a core.', cores, [['CPU', one => one.serverCpu]]),
    over(reports, 'Server memory', 'Resident.', mebibytes, [
      ['memory', one => (one.resident === null ? null : one.resident / MIB)],
    ]),
    over(
      reports,
      'Event loop of the server',
      'How late it comes to its timers: the 99th percentile.',
      millis,
      [['delay', one => one.loopDelay]],
    ),
    ...(first?.report.knee ? sweeps(reports) : []),
  ]
  return plots.filter(plot => plot !== undefined).map(plotFigure)
}

function percentiles(reports: readonly NamedReport[]): Plot | undefined {
  if (reports.every(({ report }) => report.main.latency.max === 0)) return undefined
  const series = reports.map(({ name, report }) => ({ name, points: report.main.curve }))
  const format = (share: number) => (share >= 1 ? 'max' : `${Number((share * 100).toPrecision(6))} %`)
  return {
    title: 'Latency by percentile',
    caption: 'Below which latency which share of all deliveries was, from when each was due.',
    series,
    x: { title: 'share of all deliveries', scale: ninesScale(NINES), format },
    y: { title: 'latency', scale: logScale(...extent(series)), format: shortDuration },
  }
}

function over(
  reports: readonly NamedReport[],
  title: string,
  caption: string,
  format: (value: number) => string,
  values: readonly (readonly [name: string, value: Value])[],
): Plot | undefined {
  const series = reports.flatMap(({ name, report }) =>
    values.map(([what, value]) => ({
      name: reports.length > 1 ? name : what,
      points: report.main.seconds.map(second => [second.second, value(second)] as const),
    })),
  )
  const last = Math.max(1, ...series.flatMap(({ points }) => points.map(([second]) => second)))
  const x = {
    title: 'seconds from the first operation',
    scale: linearScale(0, last, Math.min(10, last)),
    format: seconds,
  }
  return plotOf(title, caption, series, x, format)
}

function sweeps(reports: readonly NamedReport[]): (Plot | undefined)[] {
  const steps = reports.map(({ name, report }) => ({
    name,
    steps: report.steps.toSorted((a, b) => a.rate - b.rate),
  }))
  const highest = Math.max(1, ...steps.flatMap(({ steps }) => steps.map(({ rate }) => rate)))
  const x = { title: 'offered, deliveries a second', scale: linearScale(0, highest, 6), format: short }
  const lines = (value: (step: LoadReport['main']) => number | null): Series[] =>
    steps.map(({ name, steps }) => ({ name, points: steps.map(step => [step.rate, value(step)] as const) }))
  const latency = lines(step => step.latency.p99)
  return [
    {
      title: 'Latency by rate',
      caption: 'The 99th percentile of each step of the sweep.',
      series: latency,
      x,
      y: { title: 'p99', scale: logScale(...extent(latency)), format: shortDuration },
    },
    plotOf(
      'CPU a delivery by rate',
      'Of the server, in each step.',
      lines(step => step.cpuPerDelivery),
      x,
      micros,
    ),
  ]
}

function plotOf(
  title: string,
  caption: string,
  series: readonly Series[],
  x: Axis,
  format: (value: number) => string,
): Plot | undefined {
  if (series.every(({ points }) => points.every(([, value]) => value === null))) return undefined
  const [, high] = extent(series)
  return { title, caption, series, x, y: { title, scale: linearScale(0, high, 5), format } }
}

function extent(series: readonly Series[]): [number, number] {
  const values = series
    .flatMap(({ points }) => points.map(([, value]) => value))
    .filter(value => value !== null)
  return values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)]
}

function short(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))} M`
  if (value >= 1e3) return `${Number((value / 1e3).toPrecision(3))} k`
  return String(Math.round(value))
}
