import { type Element, readXmlNodes } from '@warren/codec/es3'

/** What WDDX can hold. An object that is none of the others is a struct. */
export type WddxValue =
  | null
  | boolean
  | number
  | string
  | Date
  | readonly WddxValue[]
  | { readonly [name: string]: WddxValue }

const LIMITS = { maxDepth: 64, maxNodes: 100_000 }
/** Characters that WDDX writes by their number: XML has no place for them, or would change them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u001F]/g
const CHAR = /<char\s+code\s*=\s*(["'])([0-9a-f]{1,2})\1\s*(?:\/>|><\/char>)/gi
const ESCAPES: { readonly [special: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/**
 * Writes a value as a WDDX packet.
 * @throws TypeError for what it cannot hold, and for objects within themselves
 * @example
 * writeWddx({ x: 3, name: 'Kermit' })
 */
export function writeWddx(value: WddxValue): string {
  return `<wddxPacket version='1.0'><header/><data>${written(value, 1)}</data></wddxPacket>`
}

/**
 * Reads a WDDX packet.
 * @returns the value; `undefined` when it is no such packet
 * @example
 * const place = readWddx(message)
 */
export function readWddx(packet: string): WddxValue | undefined {
  try {
    const [root] = elementsOf(
      readXmlNodes(
        packet.replace(CHAR, (_all, _quote, code) => `&#x${code};`),
        LIMITS,
      ),
    )
    const data = root?.name === 'wddxPacket' ? root.children.find(({ name }) => name === 'data') : undefined
    const [value] = data?.children ?? []
    return value && read(value)
  } catch {
    return undefined
  }
}

function written(value: WddxValue, depth: number): string {
  if (depth > LIMITS.maxDepth / 2) throw new TypeError('WDDX is not written that deep')
  if (value === null || value === undefined) return '<null/>'
  if (typeof value === 'boolean') return `<boolean value='${value}'/>`
  if (typeof value === 'number') return `<number>${value}</number>`
  if (typeof value === 'string') return `<string>${escaped(value)}</string>`
  if (value instanceof Date) return `<dateTime>${value.toISOString()}</dateTime>`
  if (typeof value !== 'object') throw new TypeError(`WDDX cannot hold a ${typeof value}`)
  if (isArray(value)) {
    return `<array length='${value.length}'>${value.map(item => written(item, depth + 1)).join('')}</array>`
  }
  const members = Object.entries(value).map(
    ([name, member]) =>
      `<var name='${escaped(name).replaceAll("'", '&apos;')}'>${written(member, depth + 1)}</var>`,
  )
  return `<struct>${members.join('')}</struct>`
}

function isArray(value: WddxValue): value is readonly WddxValue[] {
  return Array.isArray(value)
}

function escaped(text: string): string {
  return text
    .replace(/[&<>]/g, special => ESCAPES[special] as string)
    .replace(CONTROL, char => `<char code='${char.charCodeAt(0).toString(16).padStart(2, '0')}'/>`)
}

/** How each element is read. */
const READERS: { readonly [element: string]: (element: Element) => WddxValue } = {
  null: () => null,
  boolean: ({ attributes }) => attributes.value === 'true',
  number: ({ text }) => Number(text),
  string: ({ text }) => text,
  binary: ({ text }) => text,
  dateTime: ({ text }) => new Date(text),
  array: ({ children }) => children.map(read),
  struct: members,
  recordset: columns,
}

function read(element: Element): WddxValue {
  const reader = Object.hasOwn(READERS, element.name) ? READERS[element.name] : undefined
  if (reader === undefined) throw new TypeError(`WDDX has no ${element.name}`)
  return reader(element)
}

function members({ children }: Element): WddxValue {
  return Object.fromEntries(
    children.map(({ attributes, children: [value] }) => [
      attributes.name ?? '',
      value === undefined ? null : read(value),
    ]),
  )
}

/** A table by columns: the values of each field in the order of the rows. */
function columns({ children }: Element): WddxValue {
  return Object.fromEntries(children.map(field => [field.attributes.name ?? '', field.children.map(read)]))
}

function elementsOf(nodes: readonly (Element | string)[]): Element[] {
  return nodes.filter(node => typeof node === 'object')
}
