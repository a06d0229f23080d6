import type { Identities } from './identities.ts'
import type { Shape, Shapes } from './shapes.ts'
import { elements, type Typed, type TypedObject } from './typed.ts'

/** Where and how two messages differ. */
export interface Mismatch {
  readonly path: string
  readonly recorded: unknown
  readonly actual: unknown
}

const ABSENT = 'absent'
/** The recorder cuts long text and says how long it was. */
const CUT = /^(.*)…\((\d+) chars\)$/su
/** A guest's name: the zone's prefix and the user's id. */
const NUMBERED = /^(.*#)(\d+)$/su

/**
 * Compares what the recorded server sent with what this one sent, every type exactly, identities up to renaming.
 * What it learns about identities stays in `ids` only if the messages agree.
 */
export function compareObjects(
  recorded: TypedObject,
  actual: TypedObject,
  shapes: Shapes,
  ids: Identities,
  path = '',
): Mismatch | undefined {
  const mark = ids.mark()
  const mismatch = firstMismatch(recorded, actual, shapes, ids, path)
  if (mismatch !== undefined) ids.reset(mark)
  return mismatch
}

function firstMismatch(
  recorded: TypedObject,
  actual: TypedObject,
  shapes: Shapes,
  ids: Identities,
  path: string,
): Mismatch | undefined {
  for (const key of new Set([...Object.keys(recorded), ...Object.keys(actual)])) {
    const mismatch = compare(
      recorded[key],
      actual[key],
      shapes[key],
      ids,
      path === '' ? key : `${path}.${key}`,
    )
    if (mismatch !== undefined) return mismatch
  }
  return undefined
}

function compare(
  recorded: Typed | undefined,
  actual: Typed | undefined,
  shape: Shape | undefined,
  ids: Identities,
  path: string,
): Mismatch | undefined {
  if (recorded === undefined || actual === undefined || recorded.t !== actual.t) {
    return { path, recorded: recorded ?? ABSENT, actual: actual ?? ABSENT }
  }
  if (recorded.t === 'SFS_OBJECT') {
    const shapes = shape?.shape === 'object' ? shape.keys : {}
    return compareObjects(recorded.v as TypedObject, actual.v as TypedObject, shapes, ids, path)
  }
  if (Array.isArray(recorded.v) && Array.isArray(actual.v)) {
    const [left, right] = [boxed(recorded), boxed(actual)]
    return shape?.shape === 'set'
      ? compareSets(left, right, shape.of, ids, path)
      : compareLists(left, right, shape, ids, path)
  }
  // Recorders differ in whether they read a BYTE with its sign.
  if (recorded.t === 'BYTE' && ((Number(recorded.v) ^ Number(actual.v)) & 0xff) === 0) return undefined
  return sameValue(recorded.v, actual.v, shape, ids) ? undefined : { path, recorded, actual }
}

/** The elements of any array as typed values; a plain one lends its type to each. */
function boxed(array: Typed): readonly Typed[] {
  if (array.t === 'SFS_ARRAY') return elements(array)
  return (array.v as readonly unknown[]).map(v => ({ t: array.t, v }))
}

function compareLists(
  recorded: readonly Typed[],
  actual: readonly Typed[],
  shape: Shape | undefined,
  ids: Identities,
  path: string,
): Mismatch | undefined {
  for (let index = 0; index < Math.max(recorded.length, actual.length); index++) {
    const of = shape?.shape === 'row' ? shape.items[index] : shape?.shape === 'list' ? shape.of : undefined
    const mismatch = compare(recorded[index], actual[index], of, ids, `${path}[${index}]`)
    if (mismatch !== undefined) return mismatch
  }
  return undefined
}

/** Pairs each recorded element with the first actual one that agrees; rows name themselves, so that suffices. */
function compareSets(
  recorded: readonly Typed[],
  actual: readonly Typed[],
  of: Shape | undefined,
  ids: Identities,
  path: string,
): Mismatch | undefined {
  const left = [...actual]
  for (const [index, element] of recorded.entries()) {
    const at = left.findIndex(candidate => {
      const mark = ids.mark()
      const agrees = compare(element, candidate, of, ids, path) === undefined
      if (!agrees) ids.reset(mark)
      return agrees
    })
    if (at === -1) return { path: `${path}{${index}}`, recorded: element, actual: left }
    left.splice(at, 1)
  }
  return left.length === 0 ? undefined : { path, recorded: ABSENT, actual: left }
}

function sameValue(recorded: unknown, actual: unknown, shape: Shape | undefined, ids: Identities): boolean {
  if (shape?.shape === 'id' && isId(recorded) && isId(actual)) return ids.bind(shape.of, recorded, actual)
  if (Object.is(recorded, actual)) return true
  if (typeof recorded !== 'string' || typeof actual !== 'string') return false
  const cut = CUT.exec(recorded)
  if (cut !== null) return actual.startsWith(cut[1] ?? '') && actual.length === Number(cut[2])
  return shape !== undefined && sameGuest(recorded, actual, ids)
}

function isId(value: unknown): value is number | string {
  return typeof value === 'number' || typeof value === 'string'
}

/** A guest's name ends with the user's id. */
function sameGuest(recorded: string, actual: string, ids: Identities): boolean {
  const left = NUMBERED.exec(recorded)
  const right = NUMBERED.exec(actual)
  if (left === null || right === null || left[1] !== right[1]) return false
  return ids.bind('user', Number(left[2]), Number(right[2]))
}

/** Text that the recorder cut, made as long as it was by repeating its last character: such texts were made so. */
export function uncut(params: TypedObject): TypedObject {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => {
      const cut = typeof value.v === 'string' ? CUT.exec(value.v) : null
      if (cut === null) return [key, value]
      const kept = cut[1] ?? ''
      return [key, { t: value.t, v: kept.padEnd(Number(cut[2]), kept.at(-1)) }]
    }),
  )
}

/** A request of the recording with the identities of this run. */
export function translate(params: TypedObject, shapes: Shapes, ids: Identities): TypedObject {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [key, translateValue(value, shapes[key], ids)]),
  )
}

function translateValue(value: Typed, shape: Shape | undefined, ids: Identities): Typed {
  if (shape?.shape === 'id') {
    if (isId(value.v)) return { t: value.t, v: ids.translate(shape.of, value.v) }
    if (Array.isArray(value.v)) {
      return { t: value.t, v: value.v.map(v => (isId(v) ? ids.translate(shape.of, v) : v)) }
    }
  }
  if (shape?.shape === 'list' && shape.of?.shape === 'id') return translateValue(value, shape.of, ids)
  return value
}
