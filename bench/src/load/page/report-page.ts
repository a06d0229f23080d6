import { isComplete } from '../../generator/step.ts'
import { fixed, percent, whole } from '../../table.ts'
import type { LoadReport } from '../load-report.ts'
import { figuresOf, headlineOf } from '../load-text.ts'
import { SCENARIOS } from '../scenarios.ts'
import { duration, size } from '../units.ts'
import { html, type Markup } from './markup.ts'
import { plotsOf } from './plots.ts'
import { page, tableMarkup, tile } from './shell.ts'

/** A report as one page that opens from the disk. */
export function reportPage(report: LoadReport): string {
  const { name, date, machine, notes, main } = report
  return page(
    name,
    html`<h1>${name}</h1>
<p>${headlineOf(report)}</p>
<p class="soft">${date}. Generator: Node ${machine.node.slice(1)}, ${machine.platform}, ${machine.cpu}, ${machine.cores} cores.</p>
${verdict(report)}
<div class="tiles">${tilesOf(report)}</div>
${notes.length === 0 ? '' : html`<div class="card">${notes.map(note => html`<p>${note}</p>`)}</div>`}
<h2>Plots</h2>
<div class="plots">${plotsOf([{ name: 'this run', report }])}</div>
<h2>Figures</h2>
<div class="card">${tableMarkup(['figure', 'value'], figuresOf(report))}</div>
${report.steps.length > 1 ? html`<h2>Steps of the sweep</h2><div class="card">${stepTable(report)}</div>` : ''}
<details><summary>Each second</summary><div class="card">${secondTable(main.seconds)}</div></details>
<details><summary>What was asked for</summary><div class="card">${optionTable(report)}</div></details>`,
  )
}

function verdict({ main }: LoadReport): Markup {
  return isComplete(main)
    ? html`<p class="verdict good">Every one of ${whole(main.count.expected)} expected deliveries came once and in order.</p>`
    : html`<p class="verdict bad">Not every one of ${whole(main.count.expected)} expected deliveries came once and in order.</p>`
}

function tilesOf({ main, knee, options }: LoadReport): Markup[] {
  const { measured, latency, cpuPerDelivery } = main
  const { unit } = SCENARIOS[options.scenario]
  return [
    ...(knee ? [tile('sustained a second', knee.rate === null ? 'none' : whole(knee.rate))] : []),
    tile(`${unit} a second`, whole(measured.deliveries / measured.seconds)),
    tile('latency p50', duration(latency.p50)),
    tile('latency p99', duration(latency.p99)),
    ...(cpuPerDelivery === null ? [] : [tile('CPU a delivery', `${fixed(cpuPerDelivery, 2)} us`)]),
  ]
}

function stepTable({ steps }: LoadReport): Markup {
  return tableMarkup(
    ['offered a second', 'received a second', 'p50', 'p99', 'lost', 'CPU a delivery', 'server', 'generator'],
    steps.map(({ rate, measured, latency, count, cpuPerDelivery, aborted }) => [
      whole(rate),
      whole(measured.deliveries / measured.seconds),
      duration(latency.p50),
      duration(latency.p99),
      aborted ? `${whole(count.lost)}, given up` : whole(count.lost),
      cpuPerDelivery === null ? '–' : `${fixed(cpuPerDelivery, 3)} us`,
      percent(measured.serverCpu / measured.seconds),
      percent(measured.generatorCpu / measured.seconds),
    ]),
  )
}

function secondTable(seconds: LoadReport['main']['seconds']): Markup {
  return tableMarkup(
    ['second', 'sent', 'received', 'p50', 'p99', 'max', 'server CPU', 'memory', 'loop delay'],
    seconds.map(one => [
      String(one.second),
      whole(one.sent),
      whole(one.delivered),
      duration(one.p50),
      duration(one.p99),
      duration(one.max),
      one.serverCpu === null ? '–' : percent(one.serverCpu),
      size(one.resident),
      one.loopDelay === null ? '–' : `${fixed(one.loopDelay, 1)} ms`,
    ]),
  )
}

function optionTable({ options }: LoadReport): Markup {
  const rows = Object.entries(options).map(([key, value]) => [
    key,
    typeof value === 'object' ? `${value.host}:${value.port}` : String(value),
  ])
  return tableMarkup(['option', 'value'], rows)
}
