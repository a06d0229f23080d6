import { attributeOf, childOf, type Element } from './element.ts'
import { Es3Error, type Es3Problem } from './errors.ts'
import type { FieldData, FieldTable, ItemData } from './field.ts'
import type { Mark, PacketShape, PacketTable } from './packet-shape.ts'
import { type Es3Limits, readXml } from './read-xml.ts'

interface Entry {
  readonly name: string
  readonly shape: PacketShape
}

/** A packet that was read. */
export interface NamedPacket {
  readonly name: string
  readonly fields: { readonly [name: string]: unknown }
}

/** Reads the packets of a table. */
export class PacketReader {
  /** By action in lower case, in the order of the table. */
  readonly #byAction = new Map<string, Entry[]>()

  constructor(table: PacketTable) {
    for (const [name, shape] of Object.entries(table)) {
      const action = shape.action.toLowerCase()
      const entries = this.#byAction.get(action)
      if (entries === undefined) this.#byAction.set(action, [{ name, shape }])
      else entries.push({ name, shape })
    }
  }

  /** A frame's packet, or what is wrong with it. Never throws. */
  read(frame: string, limits: Es3Limits): NamedPacket | Es3Problem {
    let action: string | undefined
    try {
      const root = readXml(frame, limits)
      if (root?.name.toLowerCase() !== 'xmldoc') {
        throw new Es3Error('not-a-packet', root === undefined ? 'no XML' : 'the root is not XmlDoc')
      }
      action = childOf(root, 'Action')?.text.trim() ?? ''
      const parameters = childOf(root, 'Parameters') ?? EMPTY
      const { name, shape } = this.#find(action, parameters)
      return { name, fields: readFields(parameters, shape.fields) }
    } catch (error) {
      if (!(error instanceof Es3Error)) throw error
      const { problem, message: detail } = error
      return { problem, detail, ...(action === undefined ? {} : { action }) }
    }
  }

  #find(action: string, parameters: Element): Entry {
    const entries = this.#byAction.get(action.toLowerCase()) ?? []
    const entry = entries.find(({ shape }) => fits(shape, parameters))
    if (entry !== undefined) return entry
    throw new Es3Error('unknown-action', entries.length === 0 ? 'no such action' : 'no such minor action')
  }
}

const EMPTY: Element = { name: 'Parameters', attributes: {}, children: [], text: '', nodes: [] }

function fits({ mark, fields }: PacketShape, parameters: Element): boolean {
  if (mark !== undefined) return hasMark(mark, parameters)
  for (const { path, value } of Object.values(fields)) {
    if (value.kind === 'moveType') return moveTypeIn(childOf(parameters, path)) !== undefined
  }
  return true
}

function hasMark({ element, text, orAnyOther }: Mark, parameters: Element): boolean {
  if (orAnyOther === true) return true
  return childOf(parameters, element)?.text.trim().toLowerCase() === text.toLowerCase()
}

/** The type of a move, when these are the variables of one and no others. */
function moveTypeIn(variables: Element | undefined): string | undefined {
  const [first, second, third] = variables?.children ?? []
  if (first === undefined || second === undefined || third !== undefined) return undefined
  const isMove = textOf(first, 'Name') === 'Action' && textOf(first, 'Data') === 'Move'
  return isMove && textOf(second, 'Name') === 'MoveType' ? (textOf(second, 'Data') ?? '') : undefined
}

function textOf(element: Element, child: string): string | undefined {
  return childOf(element, child)?.text
}

function readFields(from: Element, fields: FieldTable): NamedPacket['fields'] {
  const values: { [name: string]: unknown } = {}
  for (const [name, field] of Object.entries(fields)) {
    const value = readField(from, field)
    if (value !== undefined) values[name] = value
  }
  return values
}

function readField(from: Element, field: FieldData): unknown {
  const steps = field.path.split('/')
  const last = steps.pop() as string
  let at: Element | undefined = from
  for (const step of steps) at = at && childOf(at, step)
  const value = at && (last.startsWith('@') ? readAttribute(at, last, field) : readElement(at, last, field))
  if (value !== undefined) return value
  if (field.fallback !== undefined || field.optional) return field.fallback
  throw new Es3Error('missing-value', `${field.path} is required`)
}

function readAttribute(at: Element, name: string, field: FieldData): unknown {
  const text = attributeOf(at, name.slice(1))
  return text === undefined ? undefined : readText(text, field)
}

function readElement(at: Element, name: string, field: FieldData): unknown {
  const element = childOf(at, name)
  if (element === undefined) return undefined
  const { value } = field
  if (value.kind === 'list') return element.children.map(child => readItem(child, value.item))
  if (value.kind === 'moveType') return moveTypeIn(element)
  return readText(element.text, field)
}

function readItem(element: Element, { fields }: ItemData): unknown {
  return fields === undefined ? element.text : readFields(element, fields)
}

function readText(text: string, { path, value }: FieldData): unknown {
  if (value.kind === 'boolean') return readBoolean(text, path)
  return value.kind === 'number' ? readNumber(text, path) : text
}

function readBoolean(text: string, path: string): boolean | undefined {
  const word = text.trim().toLowerCase()
  if (word === '' || word === 'undefined') return undefined
  if (word === 'true' || word === 'false') return word === 'true'
  throw new Es3Error('bad-value', `${path} is neither true nor false`)
}

function readNumber(text: string, path: string): number | undefined {
  const word = text.trim()
  if (word === '' || word === 'undefined') return undefined
  const number = /^[+-]?\d{1,16}$/.test(word) ? Number(word) : Number.NaN
  if (Number.isSafeInteger(number)) return number
  throw new Es3Error('bad-value', `${path} is no integer`)
}
