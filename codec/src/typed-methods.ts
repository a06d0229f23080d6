import type { SFSType } from './sfs-type.ts'
import { TYPE_NAMES } from './type-names.ts'

/** The name of a type as methods have it: `UtfString` of UTF_STRING, `SFSArray` of SFS_ARRAY. */
const methodName = (name: string): string =>
  name.replace(/([A-Z])([A-Z]*)_?/g, (word, first: string, rest: string) =>
    word === 'SFS_' ? 'SFS' : first + rest.toLowerCase(),
  )

/**
 * Gives a class a method for each type, as `putInt`, `putUtfString` and so on. What they are is declared in the class:
 * spelt out, they would be a large part of what a page loads.
 * @param make  the method for a type
 */
export function addTypedMethods<T extends object>(
  { prototype }: { readonly prototype: T },
  prefix: string,
  make: (type: SFSType) => (this: T, ...args: never[]) => unknown,
): void {
  TYPE_NAMES.forEach((name, type) => {
    if (name === undefined) return
    Object.defineProperty(prototype, prefix + methodName(name), { value: make(type as SFSType) })
  })
}
