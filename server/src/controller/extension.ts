import type { Request, RequestFields } from '@warren/codec'
import { RequestError } from '../errors.ts'
import { failureObject, hasCallId, markAnswer } from '../extension/call-error.ts'
import type { DatagramCall } from '../session/datagrams.ts'
import type { Answer, UserHandler } from './context.ts'

/** A request for an extension and the way that it came. */
export type ExtensionRequestFields = RequestFields<'CallExtension'> & { readonly overUdp?: boolean }

/** The parameter that tells an extension the packet number of a datagram, by the name that stock extensions know. */
const DATAGRAM_NUMBER = '$FS_REQUEST_UDP_TIMESTAMP'

/** The request that a datagram is [P-9.3]. */
export function requestOfDatagram({ fields, packetId }: DatagramCall): Request {
  fields.params.putLong(DATAGRAM_NUMBER, packetId)
  const request: ExtensionRequestFields = { ...fields, overUdp: true }
  return { name: 'CallExtension', fields: request }
}

/** Whether a request came as a datagram. Anybody may have sent it in the name of the client's address [P-9.6]. */
export function isDatagram({ name, fields }: Request): boolean {
  return name === 'CallExtension' && (fields as ExtensionRequestFields).overUdp === true
}

/** [P-4.2] A request for the extension of a zone, or of a room that the user is in. */
export const callExtension: UserHandler<'CallExtension'> = (
  fields: ExtensionRequestFields,
  { user, zone },
  { extensions },
) => {
  if (!user.mayCallExtensions) throw new RequestError('request-denied')
  const room = fields.roomId < 0 ? undefined : zone.room(fields.roomId)
  if (fields.roomId >= 0 && (room === undefined || !room.has(user))) throw new RequestError('room-not-joined')
  const { command, params, overUdp = false } = fields
  return extensions.request({ command, params, user, zone, room, overUdp })?.then(() => undefined)
}

/** What the client of a refused call is told, if it waits for an answer [P-4.6.5]. */
export function refusedCall(
  { command, params, roomId }: RequestFields<'CallExtension'>,
  { error, message }: RequestError,
): Answer {
  // What is wrong with params the extension has told already, with their path.
  if (!hasCallId(params) || error === 'params-invalid') return undefined
  const failure =
    error === 'command-unknown'
      ? { code: 'unknown-command', message: `Nobody answers to ${command} here` }
      : { code: error, message }
  return {
    name: 'ExtensionResponse',
    fields: {
      params: markAnswer(failureObject(failure), params),
      ...(roomId < 0 ? {} : { roomId }),
      command,
    },
  }
}
