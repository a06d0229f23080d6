import * as Code from '../type-codes.ts'
import { type Writer, withWriter } from '../writer.ts'
import { byte } from './fields.ts'
import type { MessageData, MessageFields } from './message.ts'
import { record } from './shape.ts'
import { writeShape } from './write-shape.ts'

interface Job {
  readonly row: MessageData
  readonly fields: object
}

/** Writes an envelope in the order of clients: c, a, p. */
function writeRequest(writer: Writer, { row, fields }: Job): void {
  const { controller, action, when } = row
  writer.u8(Code.SFS_OBJECT)
  writer.count(3)
  writer.string16('c')
  writer.u8(Code.BYTE)
  writer.u8(controller)
  writer.string16('a')
  writer.u8(Code.SHORT)
  writer.u16(action)
  writer.string16('p')
  const params = when === undefined ? row.fields : { t: byte('t'), ...row.fields }
  writeShape(writer, record(params), { ...fields, ...when })
}

/**
 * The body of a request by its row of a table, as a client writes it. Throws `SFSValueError` naming a field that is
 * missing or does not fit, `CodecError` for strings and lists that are too long.
 * @example
 * encodeRequestRow(roomRequests.JoinRoom, { roomName: 'Lobby' })
 */
export function encodeRequestRow<M extends MessageData>(row: M, fields: MessageFields<M>): Uint8Array {
  return withWriter(writeRequest, { row, fields })
}
