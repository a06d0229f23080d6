/** A table with a title, columns and rows of text. Columns after the first `left` are aligned right. */
export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly left: number
  readonly rows: readonly (readonly string[])[]
}

/** For a terminal. */
export function textTable({ title, columns, left, rows }: Table): string {
  const widths = columns.map((name, i) => Math.max(name.length, ...rows.map(row => (row[i] ?? '').length)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (i < left ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width + 2, -2))
  return [title, rule, line(columns), rule, ...rows.map(line), ''].join('\n')
}

/** For a document. */
export function markdownTable({ title, columns, left, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const rule = columns.map((_, i) => (i < left ? '---' : '---:'))
  return [`**${title}**`, '', line(columns), line(rule), ...rows.map(line), ''].join('\n')
}

/** Whole numbers with thousands marked. */
export function whole(value: number): string {
  return Number.isFinite(value) ? Math.round(value).toLocaleString('en') : '–'
}

/** A number with so many digits after the point. */
export function fixed(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–'
}

/** A share as per cent. */
export function percent(value: number): string {
  return Number.isFinite(value) ? `${Math.round(value * 100)} %` : '–'
}
