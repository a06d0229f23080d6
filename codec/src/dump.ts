import { SFSType, sfsTypeName } from './sfs-type.ts'

/** What the dump and the JSON form need to know of an SFSObject or SFSArray. */
export interface Slots {
  readonly types: readonly number[]
  readonly values: readonly unknown[]
  readonly names?: readonly string[]
}

const BYTES_SHOWN = 32

export function hexOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}

/** Readable text of typed slots, one value a line, nested values indented. */
export function dumpSlots(slots: Slots, indent = ''): string {
  let text = ''
  for (let i = 0; i < slots.types.length; i++) {
    const label = slots.names === undefined ? `[${i}]` : slots.names[i]
    text += `${indent}${label}: ${dumpValue(slots.types[i] as number, slots.values[i], indent)}\n`
  }
  return text
}

function dumpValue(type: number, value: unknown, indent: string): string {
  const name = sfsTypeName(type)
  if (type === SFSType.NULL) return 'NULL'
  if (type === SFSType.SFS_OBJECT || type === SFSType.SFS_ARRAY) {
    const inner = dumpSlots(value as Slots, `${indent}  `).trimEnd()
    return inner === '' ? `${name} (empty)` : `${name}\n${inner}`
  }
  if (type === SFSType.BYTE_ARRAY) {
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
