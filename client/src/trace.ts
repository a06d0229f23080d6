import type { Request, ServerMessage } from '@warren/codec'

/** Takes the lines of a trace. */
export type TraceSink = (line: string) => void

/** What goes out or comes in as a line: name and fields, without what must stay secret. */
export function traceLine(direction: '→' | '←', { name, fields }: Request | ServerMessage): string {
  return `${direction} ${name} ${JSON.stringify(fields, readable)}`
}

function readable(key: string, value: unknown): unknown {
  if (key === 'password' && value !== '') return '***'
  return typeof value === 'bigint' ? `${value}n` : value
}
