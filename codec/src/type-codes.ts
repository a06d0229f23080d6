/**
 * The codes of {@link SFSType} for use inside of the codec, as `import * as Code`: unlike properties of an object, constants
 * become plain numbers where a page is built.
 */

export const NULL = 0
export const BOOL = 1
export const BYTE = 2
export const SHORT = 3
export const INT = 4
export const LONG = 5
export const FLOAT = 6
export const DOUBLE = 7
export const UTF_STRING = 8
export const BOOL_ARRAY = 9
export const BYTE_ARRAY = 10
export const SHORT_ARRAY = 11
export const INT_ARRAY = 12
export const LONG_ARRAY = 13
export const FLOAT_ARRAY = 14
export const DOUBLE_ARRAY = 15
export const UTF_STRING_ARRAY = 16
export const SFS_ARRAY = 17
export const SFS_OBJECT = 18
export const TEXT = 20

/** The type of a list of scalars is that of its elements and this: `INT_ARRAY` is `INT + LIST`. There is no list of BYTEs. */
export const LIST = 8
