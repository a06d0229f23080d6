import {
  type FieldTable,
  type RequestName,
  requests,
  SFSArray,
  SFSObject,
  SFSType,
  type SFSTypeName,
  type SFSValue,
  type ShapeData,
} from '@warren/codec'

/** A request with one thing wrong, as parameters of its action. */
export interface WrongRequest {
  readonly what: string
  readonly params: SFSObject
}

/** A value of every type that the wire knows. */
const ONE_OF_EACH: { readonly [N in SFSTypeName]: SFSValue } = {
  NULL: { type: SFSType.NULL, value: null },
  BOOL: { type: SFSType.BOOL, value: true },
  BYTE: { type: SFSType.BYTE, value: 1 },
  SHORT: { type: SFSType.SHORT, value: 1 },
  INT: { type: SFSType.INT, value: 1 },
  LONG: { type: SFSType.LONG, value: 1n },
  FLOAT: { type: SFSType.FLOAT, value: 1 },
  DOUBLE: { type: SFSType.DOUBLE, value: 1 },
  UTF_STRING: { type: SFSType.UTF_STRING, value: 'x' },
  BOOL_ARRAY: { type: SFSType.BOOL_ARRAY, value: [true] },
  BYTE_ARRAY: { type: SFSType.BYTE_ARRAY, value: Uint8Array.of(1) },
  SHORT_ARRAY: { type: SFSType.SHORT_ARRAY, value: [1] },
  INT_ARRAY: { type: SFSType.INT_ARRAY, value: [1] },
  LONG_ARRAY: { type: SFSType.LONG_ARRAY, value: [1n] },
  FLOAT_ARRAY: { type: SFSType.FLOAT_ARRAY, value: [1] },
  DOUBLE_ARRAY: { type: SFSType.DOUBLE_ARRAY, value: [1] },
  UTF_STRING_ARRAY: { type: SFSType.UTF_STRING_ARRAY, value: ['x'] },
  SFS_ARRAY: { type: SFSType.SFS_ARRAY, value: new SFSArray().addInt(1) },
  SFS_OBJECT: { type: SFSType.SFS_OBJECT, value: new SFSObject().putInt('x', 1) },
  TEXT: { type: SFSType.TEXT, value: 'x' },
}

/** Every request of the protocol. */
export const REQUEST_NAMES = Object.keys(requests) as RequestName[]

/** A request with each key in every wrong type, and without each key that must be there. */
export function wrongRequests(name: RequestName): readonly WrongRequest[] {
  const wrong: WrongRequest[] = []
  const right = sample(name)
  const fields: FieldTable = requests[name].fields
  for (const { key, shape, optional, fallback } of Object.values(fields)) {
    if (!optional && fallback === undefined) wrong.push({ what: `no ${key}`, params: changed(right, key) })
    for (const [typeName, value] of Object.entries(ONE_OF_EACH)) {
      if (mayBe(shape, value.type)) continue
      wrong.push({ what: `${key} is ${typeName}`, params: changed(right, key, value) })
    }
  }
  if (right.has('t') && 'when' in requests[name]) {
    for (const [typeName, value] of Object.entries(ONE_OF_EACH)) {
      if (value.type !== SFSType.BYTE)
        wrong.push({ what: `t is ${typeName}`, params: changed(right, 't', value) })
    }
  }
  return wrong
}

/** Values of the right type that no sensible client sends. */
const EXTREMES: { readonly [N in SFSTypeName]?: readonly SFSValue['value'][] } = {
  BYTE: [-128, 127],
  SHORT: [-32_768, -1, 0, 32_767],
  INT: [-2_147_483_648, -1, 0, 2_147_483_647],
  DOUBLE: [Number.NaN, Number.NEGATIVE_INFINITY, Number.MAX_VALUE],
  UTF_STRING: ['', ' ', '\u0000', '\u{1f600}', '${N}', '__proto__', 'x'.repeat(30_000)],
  INT_ARRAY: [[], Array.from({ length: 3000 }, (_, n) => n)],
  UTF_STRING_ARRAY: [[], Array.from({ length: 1000 }, (_, n) => `g${n}`)],
  SFS_ARRAY: [new SFSArray()],
}

/** A request with each key in turn at the ends of what its type holds; lists get very long. */
export function extremeRequests(name: RequestName): readonly WrongRequest[] {
  const right = sample(name)
  const fields: FieldTable = requests[name].fields
  return Object.values(fields).flatMap(({ key, shape }) =>
    extremesOf(shape).map((value, index) => ({
      what: `extreme ${index} of ${key}`,
      params: changed(right, key, value),
    })),
  )
}

function extremesOf(shape: ShapeData): readonly SFSValue[] {
  const sampled = sampleOf(shape)
  const typeName = Object.entries(SFSType).find(([, type]) => type === sampled.type)?.[0] as SFSTypeName
  const values = (EXTREMES[typeName] ?? []).map(value => ({ type: sampled.type, value }) as SFSValue)
  return shape.kind === 'list' ? [...values, manyOf(shape.row)] : values
}

function manyOf(row: ShapeData): SFSValue {
  const array = new SFSArray()
  for (let n = 0; n < MANY; n++) array.add(sampleOf(row))
  return { type: SFSType.SFS_ARRAY, value: array }
}

const MANY = 300

/** Parameters of the right types, optional ones included. */
function sample(name: RequestName): SFSObject {
  const request = requests[name]
  const params = objectOf(request.fields)
  return 'when' in request ? params.putByte('t', request.when?.t ?? 0) : params
}

function changed(right: SFSObject, without: string, put?: SFSValue): SFSObject {
  const params = new SFSObject()
  for (const key of right.keys()) {
    const value = right.getValue(key)
    if (key !== without && value !== undefined) params.put(key, value)
  }
  return put === undefined ? params : params.put(without, put)
}

function objectOf(fields: FieldTable): SFSObject {
  const object = new SFSObject()
  for (const { key, shape } of Object.values(fields)) object.put(key, sampleOf(shape))
  return object
}

function mayBe(shape: ShapeData, type: SFSType): boolean {
  switch (shape.kind) {
    case 'any':
      return true
    case 'value':
      return type === shape.type
    case 'vector':
      return type === SFSType.INT_ARRAY || type === SFSType.FLOAT_ARRAY
    case 'flags':
      return type === SFSType.BOOL_ARRAY
    case 'oneOf':
      return Object.values(shape.by).some(one => mayBe(one, type))
    case 'nullable':
      return type === SFSType.NULL || mayBe(shape.inner, type)
    case 'row':
    case 'list':
      return type === SFSType.SFS_ARRAY
    case 'record':
      return type === SFSType.SFS_OBJECT
  }
}

function sampleOf(shape: ShapeData): SFSValue {
  switch (shape.kind) {
    case 'any':
      return ONE_OF_EACH.INT
    case 'value':
      return oneOf(shape.type)
    case 'vector':
      return { type: SFSType.INT_ARRAY, value: [1, 2, 3] }
    case 'flags':
      return { type: SFSType.BOOL_ARRAY, value: shape.names.map(() => true) }
    case 'oneOf':
      return sampleOf(Object.values(shape.by)[0] ?? { kind: 'any' })
    case 'nullable':
      return sampleOf(shape.inner)
    case 'row': {
      const array = new SFSArray()
      for (const cell of Object.values(shape.cells)) array.add(sampleOf(cell))
      return { type: SFSType.SFS_ARRAY, value: array }
    }
    case 'list':
      return { type: SFSType.SFS_ARRAY, value: new SFSArray().add(sampleOf(shape.row)) }
    case 'record':
      return { type: SFSType.SFS_OBJECT, value: objectOf(shape.fields) }
  }
}

function oneOf(type: SFSType): SFSValue {
  const value = Object.values(ONE_OF_EACH).find(one => one.type === type)
  if (value === undefined) throw new Error(`No value of type ${type}`)
  return value
}
