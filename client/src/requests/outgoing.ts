import { encodeRequestRow, type MessageFields, type MessageTable } from '@warren/codec'

/** A request on its way. */
export interface Outgoing {
  readonly name: string
  readonly fields: object
  /** @throws RangeError or CodecError for what cannot be written */
  encode(): Uint8Array
}

/** A request of a table. */
export function outgoing<T extends MessageTable, N extends keyof T & string>(
  table: T,
  name: N,
  fields: MessageFields<T[N]>,
): Outgoing {
  return { name, fields, encode: () => encodeRequestRow(table[name] as T[N], fields) }
}
