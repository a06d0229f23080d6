import { html, Markup } from './markup.ts'

const STYLE = `
:root { color-scheme: light dark; --ground: #f7f7f5; --card: #fff; --ink: #1d1f23; --soft: #5c6169; --line: #e2e2de;
  --good: #157347; --bad: #b3261e; --s0: #2563c9; --s1: #c2570c; --s2: #0f8a6d; --s3: #8b3fb5; }
@media (prefers-color-scheme: dark) { :root { --ground: #14161a; --card: #1d2026; --ink: #eceef1; --soft: #a3a9b3;
  --line: #333842; --good: #5fd39a; --bad: #ff8a80; --s0: #72a7ff; --s1: #ffa65c; --s2: #4fd6b0; --s3: #cf9cf0; } }
* { box-sizing: border-box }
body { margin: 0; padding: 2rem clamp(1rem, 4vw, 3rem); background: var(--ground); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1240px; margin: auto }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.1rem; margin: 2rem 0 .7rem } h3 { font-size: .95rem; margin: 0 }
p { margin: .3rem 0 } .soft, figcaption { color: var(--soft) }
.verdict { font-weight: 600 } .good { color: var(--good) } .bad { color: var(--bad) }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: .8rem; margin: 1.2rem 0 }
.tile, figure, .card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .8rem 1rem }
.tile b { display: block; font-size: 1.45rem; font-variant-numeric: tabular-nums; font-weight: 600 }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: .8rem }
figure { margin: 0 } figcaption { font-size: .82rem } svg { width: 100%; height: auto; display: block }
svg text { font: 11px system-ui, sans-serif; fill: var(--soft) } .grid { stroke: var(--line) }
path { fill: none; stroke-width: 2; stroke-linejoin: round }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: .2rem 0 .4rem; padding: 0;
  font-size: .82rem; color: var(--soft) }
.legend li::before { content: ''; display: inline-block; width: .9em; height: 3px; margin-right: .4em;
  vertical-align: middle; background: currentColor } .legend li::before { background: var(--c) }
.s0 { --c: var(--s0) } .s1 { --c: var(--s1) } .s2 { --c: var(--s2) } .s3 { --c: var(--s3) }
path[class] { stroke: var(--c) } circle { fill: var(--c) }
.scroll { overflow-x: auto } table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem }
th, td { text-align: right; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid var(--line); white-space: nowrap }
th:first-child, td:first-child { text-align: left } th { color: var(--soft); font-weight: 500 }
summary { cursor: pointer; margin: 1.2rem 0 .5rem }
`

/** A whole page that needs nothing from anywhere: styles and plots are in it, and it has no script. */
export function page(title: string, body: Markup): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${new Markup(STYLE)}</style></head>
<body><main>${body}</main></body></html>
`.text
}

/** A table of text. */
export function tableMarkup(columns: readonly string[], rows: readonly (readonly string[])[]): Markup {
  return html`<div class="scroll"><table><thead><tr>${columns.map(name => html`<th>${name}</th>`)}</tr></thead>
<tbody>${rows.map(row => html`<tr>${row.map(cell => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`
}

/** A figure that stands out. */
export function tile(name: string, value: string): Markup {
  return html`<div class="tile"><span class="soft">${name}</span><b>${value}</b></div>`
}
