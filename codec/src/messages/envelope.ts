import * as Code from '../type-codes.ts'
import { encodeUtf8 } from '../utf8.ts'
import type { Writer } from '../writer.ts'
import type { MessageData } from './message.ts'
import type { FieldData } from './shape.ts'
import { valueOfField, writeField } from './write-shape.ts'

type Source = { readonly [name: string]: unknown }

/** Bytes of a key as they stand in front of its type code. */
function keyBytes(key: string): Uint8Array {
  const bytes = new Uint8Array(key.length * 3 + 2)
  const end = encodeUtf8(key, bytes, 2)
  new DataView(bytes.buffer).setUint16(0, end - 2)
  return bytes.slice(0, end)
}

interface Step {
  /** TypeScript name; empty for the sub-type `t`. */
  readonly name: string
  readonly key: Uint8Array
  readonly field: FieldData | undefined
}

/** How a message is written: made once from the table. */
export interface Plan {
  readonly message: MessageData
  readonly steps: readonly Step[]
}

/** The plan of a message. */
export function planOf(message: MessageData): Plan {
  const steps: Step[] = Object.entries(message.fields).map(([name, field]) => ({
    name,
    key: keyBytes(field.key),
    field,
  }))
  if (message.when !== undefined) steps.unshift({ name: '', key: keyBytes('t'), field: undefined })
  const order = message.order
  if (order !== undefined) {
    const rank = (step: Step): number => order.indexOf(step.field?.key ?? 't')
    steps.sort((a, b) => rank(a) - rank(b))
  }
  return { message, steps }
}

const plans = /* @__PURE__ */ new WeakMap<MessageData, Plan>()

/** The plan of a message of a table, made when it is first used. */
export function plannedOnce(message: MessageData): Plan {
  let plan = plans.get(message)
  if (plan === undefined) {
    plan = planOf(message)
    plans.set(message, plan)
  }
  return plan
}

const ENVELOPE_KEYS = { c: keyBytes('c'), a: keyBytes('a'), p: keyBytes('p') }

function writeHead(writer: Writer, plan: Plan): void {
  writer.raw(ENVELOPE_KEYS.c)
  writer.u8(Code.BYTE)
  writer.u8(plan.message.controller)
}

function writeAction(writer: Writer, plan: Plan): void {
  writer.raw(ENVELOPE_KEYS.a)
  writer.u8(Code.SHORT)
  writer.u16(plan.message.action)
}

function writeRoot(writer: Writer): void {
  writer.u8(Code.SFS_OBJECT)
  writer.u16(3)
}

/** What a plan is applied to. */
export interface Job {
  readonly plan: Plan
  readonly fields: object
}

/** Writes an envelope in the order of the server: p, a, c. */
export function writeServerMessage(writer: Writer, job: Job): void {
  writeRoot(writer)
  writeParams(writer, job)
  writeAction(writer, job.plan)
  writeHead(writer, job.plan)
}

function writeParams(writer: Writer, job: Job): void {
  writer.raw(ENVELOPE_KEYS.p)
  writer.u8(Code.SFS_OBJECT)
  const countAt = writer.countLater()
  let count = 0
  for (const step of job.plan.steps) if (writeStep(writer, step, job)) count++
  writer.fillCount(countAt, count)
}

function writeStep(writer: Writer, step: Step, job: Job): boolean {
  const { field, name } = step
  if (field === undefined) {
    writer.raw(step.key)
    writer.u8(Code.BYTE)
    writer.u8(job.plan.message.when?.t ?? 0)
    return true
  }
  const value = valueOfField(field, name, job.fields as Source)
  if (value === undefined) return false
  writer.raw(step.key)
  writeField(writer, field, name, value)
  return true
}
