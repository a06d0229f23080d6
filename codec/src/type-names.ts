import type { SFSTypeName } from './sfs-type.ts'

/** The names of types, by their code. */
export const TYPE_NAMES: readonly (SFSTypeName | undefined)[] = [
  'NULL',
  'BOOL',
  'BYTE',
  'SHORT',
  'INT',
  'LONG',
  'FLOAT',
  'DOUBLE',
  'UTF_STRING',
  'BOOL_ARRAY',
  'BYTE_ARRAY',
  'SHORT_ARRAY',
  'INT_ARRAY',
  'LONG_ARRAY',
  'FLOAT_ARRAY',
  'DOUBLE_ARRAY',
  'UTF_STRING_ARRAY',
  'SFS_ARRAY',
  'SFS_OBJECT',
  undefined,
  'TEXT',
]

/** The name of a type code, or `undefined` for a code that no value has. */
export function sfsTypeName(code: number): SFSTypeName | undefined {
  return TYPE_NAMES[code]
}
