import type { FileReport } from './report.ts'
import type { CarriedSetting, LeftSection, LeftSetting, RepeatedSetting, Setting } from './setting.ts'
import type { XmlElement } from './xml.ts'

/** Values under our keys, as they will be written. */
export type Carried = { [key: string]: unknown }

/** Reads an element by a table. What the table leaves, misses or cannot read is told to the report. */
export function carry(
  root: XmlElement,
  settings: readonly Setting[],
  report: FileReport,
  above = '',
): Carried {
  const carried: Carried = {}
  const visit = (element: XmlElement, path: string): void => {
    for (const [name, text] of element.attributes) {
      const attribute: XmlElement = { name, attributes: new Map(), children: [], text }
      apply(attribute, `${path}@${name}`)
    }
    for (const child of element.children) apply(child, path === '' ? child.name : `${path}/${child.name}`)
  }
  const apply = (element: XmlElement, path: string): void => {
    const rows = settings.filter(({ from }) => from === path)
    const inside = settings.some(({ from }) => from.startsWith(`${path}/`) || from.startsWith(`${path}@`))
    for (const row of rows) applyRow(row, element, carried, report, above + path)
    if (inside) visit(element, path)
    else if (rows.length === 0) report.unknown(above + path)
  }
  visit(root, '')
  return carried
}

function applyRow(
  row: Setting,
  element: XmlElement,
  carried: Carried,
  report: FileReport,
  path: string,
): void {
  if ('each' in row) addEntry(row, element, carried, report, path)
  else if ('read' in row) readValue(row, element, carried, report, path)
  else if ('settings' in row) leaveSection(row, element, report, path)
  else report.left(path, row.why, isIdle(row, element))
}

function addEntry(
  row: RepeatedSetting,
  element: XmlElement,
  carried: Carried,
  report: FileReport,
  path: string,
): void {
  const list = at(carried, row.to)
  const entries = Array.isArray(list) ? list : []
  put(carried, row.to, [...entries, carry(element, row.each, report, `${path}/`)])
}

function readValue(
  row: CarriedSetting,
  element: XmlElement,
  carried: Carried,
  report: FileReport,
  path: string,
): void {
  const reading = row.read(element)
  if (reading === undefined) return
  if (reading.odd !== undefined) report.odd(path, reading.odd)
  if (!('value' in reading)) return
  // Several keys at once: the value has them all.
  if (row.to.includes(',')) Object.assign(carried, reading.value)
  else put(carried, row.to, reading.value)
}

function leaveSection(row: LeftSection, element: XmlElement, report: FileReport, path: string): void {
  const idle = row.idle(element)
  if (row.settings.length === 0) report.left(path, row.why, idle)
  for (const part of partsOf(element)) {
    const whole = part.startsWith('@') ? path + part : `${path}/${part}`
    if (row.settings.includes(part)) report.left(whole, row.why, idle)
    else if (row.settings.length > 0) report.unknown(whole)
  }
}

/** Attributes and children; a child that only has attributes by those. */
function partsOf(element: XmlElement): string[] {
  return [
    ...Array.from(element.attributes.keys(), name => `@${name}`),
    ...element.children.flatMap(({ name, attributes }) =>
      attributes.size === 0 ? [name] : Array.from(attributes.keys(), attribute => `${name}@${attribute}`),
    ),
  ]
}

function isIdle({ idle = [] }: LeftSetting, element: XmlElement): boolean {
  return idle.includes('*') || idle.includes(element.text)
}

/** The value at `a.b`. */
export function at(tree: Carried, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (isTree(value) ? value[key] : undefined), tree)
}

/** Sets the value at `a.b`. */
export function put(tree: Carried, path: string, value: unknown): void {
  const [key = '', ...rest] = path.split('.')
  if (rest.length === 0) {
    tree[key] = value
    return
  }
  const inner = tree[key]
  const next = isTree(inner) ? inner : {}
  tree[key] = next
  put(next, rest.join('.'), value)
}

export function isTree(value: unknown): value is Carried {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
