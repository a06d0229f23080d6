import fc from 'fast-check'
import { SFSArray, SFSObject, SFSType, type SFSValue } from '../../src/index.ts'
import type { CellTable, FieldTable, ShapeData, TailData } from '../../src/messages/shape.ts'

const int16 = fc.integer({ min: -0x8000, max: 0x7fff })
const int32 = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff })
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
const float = fc.float()
const double = fc.double()
const byte = fc.integer({ min: 0, max: 255 })
const bool = fc.boolean()
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const list = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { maxLength: 6 })

const typed = <T>(type: SFSType, value: fc.Arbitrary<T>): fc.Arbitrary<SFSValue> =>
  value.map(one => ({ type, value: one }) as unknown as SFSValue)

const flat: readonly fc.Arbitrary<SFSValue>[] = [
  typed(SFSType.NULL, fc.constant(null)),
  typed(SFSType.BOOL, bool),
  typed(SFSType.BYTE, byte),
  typed(SFSType.SHORT, int16),
  typed(SFSType.INT, int32),
  typed(SFSType.LONG, fc.oneof(int64, int32.map(BigInt))),
  typed(SFSType.FLOAT, float),
  typed(SFSType.DOUBLE, double),
  typed(SFSType.UTF_STRING, text),
  typed(SFSType.TEXT, text),
  typed(SFSType.BOOL_ARRAY, list(bool)),
  typed(SFSType.BYTE_ARRAY, fc.uint8Array({ maxLength: 12 })),
  typed(SFSType.SHORT_ARRAY, list(int16)),
  typed(SFSType.INT_ARRAY, list(int32)),
  typed(SFSType.LONG_ARRAY, list(int64)),
  typed(SFSType.FLOAT_ARRAY, list(float)),
  typed(SFSType.DOUBLE_ARRAY, list(double)),
  typed(SFSType.UTF_STRING_ARRAY, list(text)),
]

const tree = fc.letrec<{ value: SFSValue; object: SFSObject; array: SFSArray }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    ...flat,
    typed(SFSType.SFS_ARRAY, tie('array')),
    typed(SFSType.SFS_OBJECT, tie('object')),
  ),
  array: fc.array(tie('value'), { maxLength: 6 }).map(values => {
    const array = new SFSArray()
    for (const value of values) array.add(value)
    return array
  }),
  object: fc.array(fc.tuple(text, tie('value')), { maxLength: 24 }).map(entries => {
    const object = new SFSObject()
    for (const [key, value] of entries) object.put(key, value)
    return object
  }),
}))

/** Any value that can be encoded. */
export const anyValue: fc.Arbitrary<SFSValue> = tree.value
/** Any object that can be encoded. */
export const anyObject: fc.Arbitrary<SFSObject> = tree.object
/** Any array that can be encoded. */
export const anyArray: fc.Arbitrary<SFSArray> = tree.array

/** As decoded: a number as far as that is exact, a bigint beyond. */
const long = int64.map(value =>
  BigInt.asIntN(54, value) === value && value > -(2n ** 53n) ? Number(value) : value,
)

const plain = new Map<SFSType, fc.Arbitrary<unknown>>([
  [SFSType.BOOL, bool],
  [SFSType.BYTE, byte],
  [SFSType.SHORT, int16],
  [SFSType.INT, int32],
  [SFSType.LONG, long],
  [SFSType.DOUBLE, double],
  [SFSType.UTF_STRING, text],
  [SFSType.BYTE_ARRAY, fc.uint8Array({ maxLength: 12 })],
  [SFSType.INT_ARRAY, list(int32)],
  [SFSType.UTF_STRING_ARRAY, list(text)],
  [SFSType.SFS_ARRAY, anyArray],
  [SFSType.SFS_OBJECT, anyObject],
])

const vector = fc.oneof(
  fc.record({ kind: fc.constant('int'), x: int32, y: int32, z: int32 }),
  fc.record({ kind: fc.constant('float'), x: float, y: float, z: float }),
)

/** Any TypeScript value of a shape. */
export function anyOf(shape: ShapeData): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'value': {
      if (shape.max !== undefined) return fc.integer({ min: 0, max: shape.max })
      const found = plain.get(shape.type)
      if (found === undefined) throw new Error(`no arbitrary for type ${shape.type}`)
      return found
    }
    case 'any':
      return anyValue
    case 'vector':
      return vector
    case 'flags':
      return fc.record(Object.fromEntries(shape.names.map(name => [name, bool])))
    case 'nullable':
      return fc.option(anyOf(shape.inner))
    case 'oneOf':
      return fc.oneof(...Object.values(shape.by).map(anyOf))
    case 'list':
      return fc.array(anyOf(shape.row), { maxLength: 3 })
    case 'row':
      return rowOf(shape.cells, shape.tails)
    case 'record':
      return fieldsOf(shape.fields)
  }
}

const cellsOf = (cells: CellTable): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(Object.entries(cells).map(([name, shape]) => [name, anyOf(shape)])))

/** A row with none, some or all of its tails. */
function rowOf(cells: CellTable, tails: readonly TailData[]): fc.Arbitrary<unknown> {
  const parts = tails.map(tail => {
    const inner = cellsOf(tail.cells)
    return tail.group === undefined ? inner : inner.map(value => ({ [tail.group ?? '']: value }))
  })
  return fc.tuple(fc.nat({ max: tails.length }), cellsOf(cells), ...parts).map(([present, head, ...rest]) => {
    const missing = tails.slice(present).map(tail => tail.fallback)
    return Object.assign({}, head, ...rest.slice(0, present), ...missing)
  })
}

/** The fields of a message, optional ones there or not. */
export function fieldsOf(fields: FieldTable): fc.Arbitrary<object> {
  const entries = Object.entries(fields)
  return fc.record(Object.fromEntries(entries.map(([name, { shape }]) => [name, anyOf(shape)])), {
    requiredKeys: entries.filter(([, field]) => !field.optional).map(([name]) => name),
  })
}
