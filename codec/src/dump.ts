import { hexOf, type Slots } from './json.ts'
import type { SFSArray, SFSObject } from './sfs-values.ts'
import * as Code from './type-codes.ts'
import { sfsTypeName } from './type-names.ts'

const BYTES_SHOWN = 32

/**
 * Readable text, one value a line: `key: TYPE value`, in arrays `[index]: TYPE value`; nested values are indented.
 * @example
 * console.log(dump(new SFSObject().putInt('x', 3))) // x: INT 3
 */
export function dump(value: SFSObject | SFSArray): string {
  return dumpSlots(value, '')
}

function dumpSlots(slots: Slots, indent: string): string {
  let text = ''
  for (let i = 0; i < slots.types.length; i++) {
    const label = slots.names === undefined ? `[${i}]` : slots.names[i]
    text += `${indent}${label}: ${dumpValue(slots.types[i] as number, slots.values[i], indent)}\n`
  }
  return text
}

function dumpValue(type: number, value: unknown, indent: string): string {
  const name = sfsTypeName(type)
  if (type === Code.NULL) return 'NULL'
  if (type === Code.SFS_OBJECT || type === Code.SFS_ARRAY) {
    const inner = dumpSlots(value as Slots, `${indent}  `).trimEnd()
    return inner === '' ? `${name} (empty)` : `${name}\n${inner}`
  }
  if (type === Code.BYTE_ARRAY) {
    const bytes = value as Uint8Array
    const rest = bytes.length > BYTES_SHOWN ? '...' : ''
    return `${name} (${bytes.length} bytes) ${hexOf(bytes.subarray(0, BYTES_SHOWN))}${rest}`
  }
  if (Array.isArray(value)) return `${name} [${value.map(plain).join(', ')}]`
  return `${name} ${plain(value)}`
}

function plain(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : Object.is(value, -0) ? '-0' : String(value)
}
