import type { Element } from './element.ts'

/** Elements whose children are items, whatever these are called. */
const LISTS = new Set([
  'Users',
  'Zones',
  'UserVariables',
  'RoomVariables',
  'Rooms',
  'Variables',
  'BannedUsers',
  'Plugins',
  'Moderators',
  'Words',
  'RootWords',
  'Templates',
])

/** A text, number or nothing; the items of a list; or an object. */
export type ClassValue =
  | string
  | number
  | undefined
  | readonly ClassValue[]
  | { readonly [name: string]: ClassValue | ClassAttributes }

/** Attributes, as far as they look like something else no longer texts. */
export interface ClassAttributes {
  readonly [name: string]: string | number | boolean
}

/**
 * What the ActionScript class makes of an element. An element whose first child is empty is text to it, which loses the
 * other children; text that looks like a number becomes one, except in `Message`. A leaf within an object is
 * `{ value }`.
 */
export function classView(element: Element): ClassValue {
  if (LISTS.has(element.name)) return element.children.map(classView)
  const [first] = element.children
  if (first === undefined) return element.text === '' ? undefined : leafValue(element)
  if (first.children.length === 0 && first.text === '') return undefined
  const view: { [name: string]: ClassValue | ClassAttributes } = Object.create(null)
  if (Object.keys(element.attributes).length > 0) view.attributes = attributesOf(element)
  for (const child of element.children) view[child.name] = memberOf(child)
  return view
}

function memberOf(child: Element): ClassValue | ClassAttributes {
  const value = classView(child)
  if (typeof value === 'object') return value
  const hasAttributes = Object.keys(child.attributes).length > 0
  return hasAttributes ? { value, attributes: attributesOf(child) } : { value }
}

function leafValue({ name, text }: Element): string | number {
  return name === 'Message' || !looksNumeric(text) ? text : Number(text)
}

function attributesOf({ attributes }: Element): ClassAttributes {
  const entries = Object.entries(attributes).map(([name, text]) => [name, attributeValue(text)] as const)
  return Object.assign(Object.create(null), Object.fromEntries(entries))
}

function attributeValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  return looksNumeric(text) ? Number(text) : text
}

function looksNumeric(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text))
}
