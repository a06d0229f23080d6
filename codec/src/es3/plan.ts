import type { FieldData, FieldTable } from './field.ts'
import type { PacketShape } from './packet-shape.ts'

/** What is written of a field inside its element. */
export interface PlannedField {
  /** TypeScript name. */
  readonly name: string
  readonly field: FieldData
  /** Element or attribute that holds it. */
  readonly holder: string
}

/** An element with what stands in it: worked out from the paths of its fields, once. */
export interface ElementPlan {
  readonly element: string
  readonly attributes: PlannedField[]
  /** Children in order: fields, and elements that hold fields. */
  readonly children: (PlannedField | ElementPlan)[]
}

/** By table; one table may describe elements of several names. */
const plans = new WeakMap<FieldTable, Map<string, ElementPlan>>()

/** The tree that the paths of a table make. */
export function planOf(element: string, fields: FieldTable): ElementPlan {
  const known = plans.get(fields) ?? new Map<string, ElementPlan>()
  const plan = known.get(element) ?? makePlan(element, fields)
  plans.set(fields, known.set(element, plan))
  return plan
}

function makePlan(element: string, fields: FieldTable): ElementPlan {
  const plan: ElementPlan = { element, attributes: [], children: [] }
  for (const [name, field] of Object.entries(fields)) {
    const steps = field.path.split('/')
    const holder = steps.pop() as string
    const at = steps.reduce(descend, plan)
    if (holder.startsWith('@')) at.attributes.push({ name, field, holder: holder.slice(1) })
    else at.children.push({ name, field, holder })
  }
  return plan
}

/** Fields of one element stand together, so an element that is open is the last one. */
function descend(parent: ElementPlan, element: string): ElementPlan {
  const last = parent.children.at(-1)
  if (last !== undefined && 'element' in last && last.element === element) return last
  const child: ElementPlan = { element, attributes: [], children: [] }
  parent.children.push(child)
  return child
}

/** Every element name of these packets. */
export function elementNames(shapes: Iterable<PacketShape>): Set<string> {
  const names = new Set(['XmlDoc', 'Action', 'Parameters', 'Variable', 'Name', 'Data', 'Value'])
  for (const { mark, fields } of shapes) {
    if (mark !== undefined) names.add(mark.element)
    addNames(names, fields)
  }
  return names
}

function addNames(names: Set<string>, fields: FieldTable): void {
  for (const { path, value } of Object.values(fields)) {
    for (const step of path.split('/')) if (!step.startsWith('@')) names.add(step)
    if (value.kind !== 'list') continue
    names.add(value.item.element)
    if (value.item.fields !== undefined) addNames(names, value.item.fields)
  }
}
