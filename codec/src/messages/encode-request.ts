import { withWriter } from '../writer.ts'
import { plannedOnce, writeRequest } from './envelope.ts'
import type { MessageData, MessageFields } from './message.ts'

/**
 * The body of a request by its row of a table, as a client writes it. Throws `SFSValueError` naming a field that is
 * missing or does not fit, `CodecError` for strings and lists that are too long.
 * @example
 * encodeRequestRow(roomRequests.JoinRoom, { roomName: 'Lobby' })
 */
export function encodeRequestRow<M extends MessageData>(row: M, fields: MessageFields<M>): Uint8Array {
  return withWriter(writeRequest, { plan: plannedOnce(row), fields })
}
