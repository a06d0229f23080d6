import type { ItemData } from './field.ts'
import { cdataSection, escapeAttribute, escapeText } from './markup.ts'
import type { PacketShape } from './packet-shape.ts'
import { type ElementPlan, type PlannedField, planOf } from './plan.ts'

/** Values by their TypeScript name. */
export type Values = { readonly [name: string]: unknown }

/** The text of a packet, without the zero byte behind it. */
export function writePacket({ action, mark, fields, blankBeforeEnd }: PacketShape, values: Values): string {
  const marked = mark === undefined ? '' : `<${mark.element}>${mark.text}</${mark.element}>`
  const content = childrenOf(planOf('Parameters', fields), values, blankBeforeEnd ?? [])
  return `<XmlDoc><Action>${action}</Action><Parameters>${marked}${content}</Parameters></XmlDoc>`
}

function childrenOf(plan: ElementPlan, values: Values, blanks: readonly string[]): string {
  let written = ''
  for (const child of plan.children) {
    written += 'element' in child ? elementOf(child, values, blanks) : fieldOf(child, values[child.name])
  }
  return written
}

function elementOf(plan: ElementPlan, values: Values, blanks: readonly string[]): string {
  let tag = `<${plan.element}`
  for (const { name, field, holder } of plan.attributes) {
    const value = values[name]
    if (value === undefined || (field.optional && value === false)) continue
    tag += ` ${holder}="${escapeAttribute(String(value))}"`
  }
  if (blanks.includes(plan.element)) tag += ' '
  const content = childrenOf(plan, values, blanks)
  return content === '' ? `${tag}/>` : `${tag}>${content}</${plan.element}>`
}

function fieldOf({ field, holder }: PlannedField, value: unknown): string {
  if (value === undefined) return ''
  const { value: data } = field
  if (data.kind === 'list') return listOf(holder, data.item, data.empty, value as readonly unknown[])
  return `<${holder}>${contentOf(data.kind, value)}</${holder}>`
}

function contentOf(kind: 'text' | 'cdata' | 'boolean' | 'number' | 'moveType', value: unknown): string {
  if (kind === 'cdata') return cdataSection(String(value))
  const text = escapeText(String(value))
  return kind === 'moveType' ? plainVariable('Action', 'Move') + plainVariable('MoveType', text) : text
}

function plainVariable(name: string, data: string): string {
  return `<Variable><Name>${name}</Name><Data>${data}</Data></Variable>`
}

function listOf(holder: string, item: ItemData, empty: string, values: readonly unknown[]): string {
  if (values.length === 0) return empty
  let items = ''
  for (const value of values) items += itemOf(item, value)
  return `<${holder}>${items}</${holder}>`
}

function itemOf({ element, fields }: ItemData, value: unknown): string {
  if (fields === undefined) return `<${element}>${escapeText(String(value))}</${element}>`
  return elementOf(planOf(element, fields), value as Values, [])
}
