import { html, Markup } from './markup.ts'
import type { Scale } from './scale.ts'

/** A line of a plot. Where a value is null it is interrupted. */
export interface Series {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number | null])[]
}

/** An axis: where values stand, and how they read. */
export interface Axis {
  readonly title: string
  readonly scale: Scale
  format(value: number): string
}

/** A plot of lines. */
export interface Plot {
  readonly title: string
  /** What it shows, for those who do not see it and those who do. */
  readonly caption: string
  readonly series: readonly Series[]
  readonly x: Axis
  readonly y: Axis
}

const WIDTH = 560
const HEIGHT = 260
const LEFT = 66
const RIGHT = 16
const TOP = 12
const BOTTOM = 44
/** Share of the axis from which on what stands below it ends there. */
const LAST = 0.98
/** Points that are marked; of more, the line alone is shown. */
const MARKED = 80

/** A figure with the plot as SVG and a legend. */
export function plotFigure(plot: Plot): Markup {
  const { title, caption, series, x, y } = plot
  const px = (value: number) => round(LEFT + x.scale.at(value) * (WIDTH - LEFT - RIGHT))
  const py = (value: number) => round(HEIGHT - BOTTOM - y.scale.at(value) * (HEIGHT - TOP - BOTTOM))
  const rows = y.scale.ticks.map(
    tick => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${py(tick)}" y2="${py(tick)}"/>
<text x="${LEFT - 8}" y="${py(tick) + 4}" text-anchor="end">${y.format(tick)}</text>`,
  )
  const columns = x.scale.ticks.map(
    tick =>
      html`<text x="${px(tick)}" y="${HEIGHT - BOTTOM + 18}" text-anchor="${x.scale.at(tick) > LAST ? 'end' : 'middle'}">${x.format(tick)}</text>`,
  )
  const lines = series.map((one, index) => lineOf(one, index, plot, px, py))
  return html`<figure><h3>${title}</h3>
<ul class="legend">${series.map(({ name }, index) => html`<li class="s${index}">${name}</li>`)}</ul>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}: ${caption}">
${rows}${columns}${lines}
<text class="title" x="${(WIDTH + LEFT - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">${x.title}</text>
</svg><figcaption>${caption}</figcaption></figure>
`
}

function lineOf(
  { name, points }: Series,
  index: number,
  { x, y }: Plot,
  px: (value: number) => number,
  py: (value: number) => number,
): Markup {
  let path = ''
  let isDown = false
  const marks: Markup[] = []
  for (const [at, value] of points) {
    if (value === null) {
      isDown = false
      continue
    }
    path += `${isDown ? 'L' : 'M'}${px(at)} ${py(value)}`
    isDown = true
    if (points.length > MARKED) continue
    marks.push(
      html`<circle class="s${index}" cx="${px(at)}" cy="${py(value)}" r="2.5"><title>${name}, ${x.format(at)}: ${y.format(value)}</title></circle>`,
    )
  }
  return html`<path class="s${index}" d="${new Markup(path)}"/>${marks}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
