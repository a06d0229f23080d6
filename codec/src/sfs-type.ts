/** Type codes of SFS values as they stand on the wire. Code 0x13 (CLASS) never occurs [P-3.1.1]. */
export const SFSType = {
  NULL: 0,
  BOOL: 1,
  BYTE: 2,
  SHORT: 3,
  INT: 4,
  LONG: 5,
  FLOAT: 6,
  DOUBLE: 7,
  UTF_STRING: 8,
  BOOL_ARRAY: 9,
  BYTE_ARRAY: 10,
  SHORT_ARRAY: 11,
  INT_ARRAY: 12,
  LONG_ARRAY: 13,
  FLOAT_ARRAY: 14,
  DOUBLE_ARRAY: 15,
  UTF_STRING_ARRAY: 16,
  SFS_ARRAY: 17,
  SFS_OBJECT: 18,
  TEXT: 20,
} as const

/** One of the wire type codes of {@link SFSType}. */
export type SFSType = (typeof SFSType)[keyof typeof SFSType]

/** Name of a wire type, for instance `UTF_STRING`. */
export type SFSTypeName = keyof typeof SFSType

const names = new Map<number, SFSTypeName>(
  (Object.keys(SFSType) as SFSTypeName[]).map(name => [SFSType[name], name]),
)

/** The name of a type code, or `undefined` for a code that no value has. */
export function sfsTypeName(code: number): SFSTypeName | undefined {
  return names.get(code)
}
