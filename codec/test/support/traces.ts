import { readdirSync, readFileSync } from 'node:fs'
import type { JsonObject, JsonValue, SFSTypeName } from '../../src/index.ts'

/** A value as the traces write it. */
export interface Typed {
  readonly t: SFSTypeName
  readonly v: unknown
}

/** One step of a trace. */
export interface TraceStep {
  readonly t_ms: number
  readonly dir?: 'c2s' | 's2c' | 'note'
  readonly c?: number | null
  readonly a?: number | null
  readonly p?: { readonly [key: string]: Typed | string }
  readonly i?: Typed
  readonly u?: Typed
  readonly envKeys?: string
  readonly len?: number
  readonly flags?: string
}

/** A recorded scenario. */
export interface Trace {
  readonly name: string
  readonly steps: readonly TraceStep[]
}

const folder = new URL('../../../conformance/fixtures/traces/', import.meta.url)

/** Every recorded trace. */
export function readTraces(): readonly Trace[] {
  const files = readdirSync(folder)
    .filter(file => file.endsWith('.json'))
    .sort()
  return files.map(name => ({ name, ...JSON.parse(readFileSync(new URL(name, folder), 'utf8')) }))
}

/** A traced value in the codec's JSON form. */
export function jsonOfTyped({ t, v }: Typed): JsonValue {
  if (t === 'SFS_OBJECT') return { type: t, value: jsonOfMembers(v as { [key: string]: Typed }) }
  if (t === 'SFS_ARRAY') return { type: t, value: (v as Typed[]).map(jsonOfTyped) }
  // Not-a-number and the infinities became null when the traces were written as JSON.
  const isReal = t === 'FLOAT_ARRAY' || t === 'DOUBLE_ARRAY'
  return { type: t, value: isReal ? (v as unknown[]).map(item => item ?? 'NaN') : v }
}

export function jsonOfMembers(members: { readonly [key: string]: Typed }): JsonObject {
  return Object.fromEntries(Object.entries(members).map(([key, item]) => [key, jsonOfTyped(item)]))
}
