import type { Table } from '../../table.ts'
import type { LoadReport } from '../load-report.ts'
import { headlineOf } from '../load-text.ts'
import { html } from './markup.ts'
import { plotsOf } from './plots.ts'
import { page, tableMarkup } from './shell.ts'

/** Two reports as one page. @param notes  what makes the comparison doubtful */
export function comparePage(
  before: LoadReport,
  after: LoadReport,
  table: Table,
  notes: readonly string[],
): string {
  const reports = [
    { name: before.name, report: before },
    { name: after.name === before.name ? `${after.name} (second)` : after.name, report: after },
  ]
  return page(
    `${before.name} and ${after.name}`,
    html`<h1>${before.name} and ${after.name}</h1>
${reports.map(({ name, report }) => html`<p><b>${name}</b>: ${headlineOf(report)}, ${report.date}</p>`)}
${notes.length === 0 ? '' : html`<div class="card">${notes.map(note => html`<p class="bad">${note}</p>`)}</div>`}
<h2>Figures</h2>
<div class="card">${tableMarkup(table.columns, table.rows)}</div>
<h2>Plots</h2>
<div class="plots">${plotsOf(reports)}</div>`,
  )
}
