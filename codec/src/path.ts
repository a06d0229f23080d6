import { SFSValueError } from './errors.ts'
import type { SFSType } from './sfs-type.ts'
import { SFSArray, SFSObject, type SFSValue } from './sfs-values.ts'
import { sfsTypeName } from './type-names.ts'

/** Keys and indices from a root to a value. */
export type SFSPath = readonly (string | number)[]

/** The TypeScript type of the values of a wire type. */
export type ValueOfType<T extends SFSType> = Extract<SFSValue, { readonly type: T }>['value']

const text = (path: SFSPath): string =>
  path.reduce<string>((all, step) => {
    if (typeof step === 'number') return `${all}[${step}]`
    return all === '' ? step : `${all}.${step}`
  }, '')

/** The typed value at a path, `undefined` where the path does not lead. */
export function findPath(root: SFSObject | SFSArray, path: SFSPath): SFSValue | undefined {
  let found: SFSValue | undefined
  let parent: unknown = root
  for (const step of path) {
    if (parent instanceof SFSObject && typeof step === 'string') found = parent.getValue(step)
    else if (parent instanceof SFSArray && typeof step === 'number') found = parent.getValue(step)
    else found = undefined
    if (found === undefined) return undefined
    parent = found.value
  }
  return found
}

/**
 * The value of exactly this type at a path: `readPath(object, SFSType.INT, ['avatar', 'levels', 2])`.
 * Throws SFSValueError that names the first step which is missing, or the value of another type.
 */
export function readPath<T extends SFSType>(
  root: SFSObject | SFSArray,
  type: T,
  path: SFSPath,
): ValueOfType<T> {
  const found = findPath(root, path)
  if (found === undefined) {
    const missing = path.findIndex((_, i) => findPath(root, path.slice(0, i + 1)) === undefined)
    throw new SFSValueError(
      'missing',
      text(path.slice(0, missing + 1)),
      `is missing (wanted ${sfsTypeName(type)})`,
    )
  }
  if (found.type === type) return found.value as ValueOfType<T>
  throw new SFSValueError(
    'wrong-type',
    text(path),
    `is ${sfsTypeName(found.type)}, wanted ${sfsTypeName(type)}`,
  )
}
