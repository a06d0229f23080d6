import * as Code from './type-codes.ts'

/** Type codes of SFS values as they stand on the wire. Code 0x13 (CLASS) never occurs [P-3.1.1]. */
export const SFSType = {
  NULL: Code.NULL,
  BOOL: Code.BOOL,
  BYTE: Code.BYTE,
  SHORT: Code.SHORT,
  INT: Code.INT,
  LONG: Code.LONG,
  FLOAT: Code.FLOAT,
  DOUBLE: Code.DOUBLE,
  UTF_STRING: Code.UTF_STRING,
  BOOL_ARRAY: Code.BOOL_ARRAY,
  BYTE_ARRAY: Code.BYTE_ARRAY,
  SHORT_ARRAY: Code.SHORT_ARRAY,
  INT_ARRAY: Code.INT_ARRAY,
  LONG_ARRAY: Code.LONG_ARRAY,
  FLOAT_ARRAY: Code.FLOAT_ARRAY,
  DOUBLE_ARRAY: Code.DOUBLE_ARRAY,
  UTF_STRING_ARRAY: Code.UTF_STRING_ARRAY,
  SFS_ARRAY: Code.SFS_ARRAY,
  SFS_OBJECT: Code.SFS_OBJECT,
  TEXT: Code.TEXT,
} as const

/** One of the wire type codes of {@link SFSType}. */
export type SFSType = (typeof SFSType)[keyof typeof SFSType]

/** Name of a wire type, for instance `UTF_STRING`. */
export type SFSTypeName = keyof typeof SFSType
