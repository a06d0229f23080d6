import { withWriter } from '../writer.ts'
import { encodeRequestRow } from './encode-request.ts'
import { plannedOnce, planOf, writeServerMessage } from './envelope.ts'
import { type RequestFields, type RequestName, requests } from './requests.ts'
import { FAILURE } from './server-message-reader.ts'
import { type ServerFields, type ServerMessageName, serverMessages } from './server-messages.ts'

/** The body of a request by its name; throws as `encodeRequestRow` does. */
export function encodeRequest<N extends RequestName>(name: N, fields: RequestFields<N>): Uint8Array {
  return encodeRequestRow(requests[name], fields as never)
}

/**
 * The body of a response or event, as the server writes it; frame it with `encodePacket`. Throws
 * `SFSValueError` naming a field that is missing or does not fit, `CodecError` for strings and lists that
 * are too long.
 */
export function encodeServerMessage<N extends ServerMessageName>(
  name: N,
  fields: ServerFields<N>,
): Uint8Array {
  return withWriter(writeServerMessage, { plan: plannedOnce(serverMessages[name]), fields })
}

/** The body of the failure reply to an action: error code and the arguments of its text [P-4.5.1]. */
export function encodeFailure(
  action: number,
  code: number,
  args: readonly string[] = [],
  controller = 0,
): Uint8Array {
  const plan = planOf({ controller, action, fields: FAILURE })
  return withWriter(writeServerMessage, { plan, fields: { args, code } })
}
