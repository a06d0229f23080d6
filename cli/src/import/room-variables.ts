import type { Read } from './setting.ts'
import { valueAt } from './setting.ts'
import type { XmlElement } from './xml.ts'

const FLAGS = ['isPrivate', 'isPersistent', 'isGlobal', 'isHidden'] as const

const TYPES: Readonly<Record<string, string>> = {
  BOOL: 'bool',
  BOOLEAN: 'bool',
  INT: 'int',
  INTEGER: 'int',
  DOUBLE: 'double',
  STRING: 'string',
  OBJECT: 'object',
  SFSOBJECT: 'object',
  ARRAY: 'array',
  SFSARRAY: 'array',
}

/** The variables of a room, each with its parts as elements or as attributes. Objects and arrays are JSON. */
export const roomVariables: Read = element => {
  const read = element.children.map(variable)
  const value = read.filter(entry => typeof entry !== 'string')
  const odd = read.filter(entry => typeof entry === 'string')
  return odd.length === 0 ? { value } : { value, odd: odd.join(', ') }
}

/** A variable, or what is wrong with it. */
function variable(element: XmlElement): Readonly<Record<string, unknown>> | string {
  const part = (name: string) => valueAt(element, name) || valueAt(element, `@${name}`)
  const name = part('name')
  const type = TYPES[part('type').toUpperCase()]
  const value = type === undefined ? undefined : valueOfType(type, part('value') || element.text)
  if (name === '' || value === undefined)
    return `the variable "${name}" of type "${part('type')}" cannot be read`
  const flags = FLAGS.filter(flag => part(flag).toLowerCase() === 'true').map(flag => [flag, true])
  return { name, type, value, ...Object.fromEntries(flags) }
}

function valueOfType(type: string, text: string): unknown {
  if (type === 'string') return text
  if (type === 'bool') return text.toLowerCase() === 'true'
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
