import { SFSArray, SFSObject } from '@warren/codec'

/** Takes the lines of a trace. */
export type TraceSink = (line: string) => void

/** What goes out or comes in as a line: name and fields, without what must stay secret. */
export function traceLine(
  direction: '→' | '←',
  { name, fields }: { readonly name: string; readonly fields: object },
): string {
  return `${direction} ${name} ${JSON.stringify(fields, readable)}`
}

/** What is shown of a value. Its JSON form, which keeps every type, would be too long to read. */
function readable(this: Readonly<Record<string, unknown>>, key: string): unknown {
  const value = this[key]
  if (key === 'password' && value !== '') return '***'
  if (value instanceof SFSObject)
    return Object.fromEntries(value.names.map((name, i) => [name, value.values[i]]))
  if (value instanceof SFSArray) return value.values
  if (value instanceof Uint8Array) return `${value.length} bytes`
  return typeof value === 'bigint' ? `${value}n` : value
}
