import { readFileSync } from 'node:fs'
import type { JsonArray, JsonObject, JsonValue } from '../../src/index.ts'

interface VectorTree {
  readonly type: string
  readonly value: unknown
}

/** One entry of vectors.json. */
export interface Vector {
  readonly name: string
  readonly direction: string
  readonly hex: string
  readonly decoded: {
    readonly header?: { readonly length: number } & { readonly [flag: string]: boolean | number }
    readonly body?: VectorTree
    readonly type?: string
    readonly value?: unknown
    readonly text?: string
    readonly key?: string
    readonly iv?: string
    readonly plaintextBody?: string
  }
}

/** All vectors of the protocol reference. */
export const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('../fixtures/vectors.json', import.meta.url), 'utf8'),
)

/** A tree of the vectors in the codec's JSON form. */
export function jsonOfTree(tree: VectorTree): JsonValue {
  const type = tree.type.toUpperCase() as JsonValue['type']
  if (type === 'SFS_OBJECT') return { type, value: objectOfTree(tree) }
  if (type === 'SFS_ARRAY') return { type, value: arrayOfTree(tree) }
  return { type, value: tree.value }
}

export function objectOfTree(tree: VectorTree): JsonObject {
  const entries = Object.entries(tree.value as Record<string, VectorTree>)
  return Object.fromEntries(entries.map(([key, item]) => [key, jsonOfTree(item)]))
}

export function arrayOfTree(tree: VectorTree): JsonArray {
  return (tree.value as VectorTree[]).map(jsonOfTree)
}
