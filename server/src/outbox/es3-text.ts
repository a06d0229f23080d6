import { SFSArray, SFSObject, type SFSValue } from '@warren/codec'

/**
 * A typed value as the text that clients of ElectroServer 3 know all values by: strings as they are, numbers in decimal,
 * booleans as `true` and `false`, NULL as nothing, and whatever has parts as JSON.
 */
export function textOf({ value }: SFSValue): string {
  if (value === null) return ''
  if (typeof value === 'object') return JSON.stringify(plainOf(value))
  return String(value)
}

/** The values of an object as texts, by name. */
export function textsOf(params: SFSObject): { readonly name: string; readonly text: string }[] {
  return params.keys().map(name => {
    const value = params.getValue(name)
    return { name, text: value === undefined ? '' : textOf(value) }
  })
}

/** What JSON can say, without the types. Nesting is bounded where a value comes from the wire. */
function plainOf(value: SFSValue['value']): unknown {
  if (value instanceof SFSObject) {
    return Object.fromEntries(value.keys().map(key => [key, plainOf(value.get(key) ?? null)]))
  }
  if (value instanceof SFSArray) {
    return Array.from({ length: value.size }, (_, index) => plainOf(value.get(index) ?? null))
  }
  if (value instanceof Uint8Array) return [...value]
  if (Array.isArray(value)) return value.map(each => plainOf(each))
  return typeof value === 'bigint' ? String(value) : value
}
