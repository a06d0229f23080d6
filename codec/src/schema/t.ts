import { SFSType } from '../sfs-type.ts'
import type { SFSArray, SFSObject } from '../sfs-values.ts'
import { BytesShape, type Count, ListShape } from './lists.ts'
import { type Fields, type KeyCount, ObjectShape, RawShape, RecordShape } from './objects.ts'
import {
  BoolShape,
  ChoiceShape,
  LongShape,
  NumberShape,
  type Range,
  type StringRules,
  StringShape,
} from './scalars.ts'
import { OptionalShape, PresetShape, type Shape } from './shape.ts'

const BYTE = { min: 0, max: 255 }
const SHORT = { min: -(2 ** 15), max: 2 ** 15 - 1 }
const INT = { min: -(2 ** 31), max: 2 ** 31 - 1 }
const SAFE = { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }
const REAL = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY }

const short = (range: Range = {}) => new NumberShape(SFSType.SHORT, SHORT, true, range)
const int = (range: Range = {}) => new NumberShape(SFSType.INT, INT, true, range)
const float = (range: Range = {}) => new NumberShape(SFSType.FLOAT, REAL, false, range)
const double = (range: Range = {}) => new NumberShape(SFSType.DOUBLE, REAL, false, range)
const bool = () => new BoolShape()
const long = () => new LongShape()
const string = (rules: StringRules = {}) => new StringShape('UTF_STRING', rules)

/**
 * The shapes of values in an extension's messages: what they are on the wire [P-3.1], and what code gets for them.
 *
 * @example
 * const move = { x: t.int({ min: 1, max: 3 }), y: t.int({ min: 1, max: 3 }), note: t.optional(t.string()) }
 * // in code: { x: number, y: number, note?: string }
 */
export const t = {
  /** BOOL, a boolean. */
  bool,
  /** BYTE, a number from 0 to 255. */
  byte: (range: Range = {}) => new NumberShape(SFSType.BYTE, BYTE, true, range),
  /** SHORT, a whole number of 16 bits. */
  short,
  /** INT, a whole number of 32 bits. */
  int,
  /** LONG, a bigint of 64 bits. */
  long,
  /** LONG, a number: whole and up to 2^53. For times and ids. */
  safeInteger: (range: Range = {}) => new NumberShape(SFSType.LONG, SAFE, true, range),
  /** FLOAT, a number rounded to 32 bits. */
  float,
  /** DOUBLE, a number. */
  double,
  /** UTF_STRING, a string of at most 32,767 bytes. */
  string,
  /** TEXT, a string of any length. */
  text: (rules: StringRules = {}) => new StringShape('TEXT', rules),
  /** UTF_STRING, one of these. */
  oneOf: <const T extends string>(...choices: readonly T[]) => new ChoiceShape<T>(choices),
  /** BYTE_ARRAY, a Uint8Array. */
  bytes: (count: Count = {}) => new BytesShape(count),
  /** BOOL_ARRAY, a list of booleans. */
  boolArray: (count: Count = {}) => new ListShape('BOOL_ARRAY', bool(), count),
  /** SHORT_ARRAY, a list of whole numbers of 16 bits. */
  shortArray: (count: Count = {}) => new ListShape('SHORT_ARRAY', short(), count),
  /** INT_ARRAY, a list of whole numbers of 32 bits. */
  intArray: (count: Count = {}) => new ListShape('INT_ARRAY', int(), count),
  /** LONG_ARRAY, a list of bigints. */
  longArray: (count: Count = {}) => new ListShape('LONG_ARRAY', long(), count),
  /** FLOAT_ARRAY, a list of numbers. */
  floatArray: (count: Count = {}) => new ListShape('FLOAT_ARRAY', float(), count),
  /** DOUBLE_ARRAY, a list of numbers. */
  doubleArray: (count: Count = {}) => new ListShape('DOUBLE_ARRAY', double(), count),
  /** UTF_STRING_ARRAY, a list of strings. */
  stringArray: (count: Count = {}) => new ListShape('UTF_STRING_ARRAY', string(), count),
  /** SFS_ARRAY, a list of values of one shape. */
  list: <T, I>(item: Shape<T, I>, count: Count = {}) => new ListShape<T, I>('SFS_ARRAY', item, count),
  /** SFS_OBJECT with these keys. */
  object: <F extends Fields>(fields: F) => new ObjectShape<F>(fields),
  /** SFS_OBJECT with any keys and values of one shape. */
  record: <T, I>(item: Shape<T, I>, count: KeyCount = {}) => new RecordShape<T, I>(item, count),
  /** SFS_OBJECT as it is. */
  sfsObject: () => new RawShape<SFSObject>('SFS_OBJECT'),
  /** SFS_ARRAY as it is. */
  sfsArray: () => new RawShape<SFSArray>('SFS_ARRAY'),
  /** A value that may be left out, or be NULL on the wire. */
  optional: <T, I>(shape: Shape<T, I>) => new OptionalShape<T, I>(shape),
  /** A value that may be left out and is `preset` then. */
  preset: <T, I>(shape: Shape<T, I>, preset: NoInfer<T>) => new PresetShape<T, I>(shape, preset),
} as const
