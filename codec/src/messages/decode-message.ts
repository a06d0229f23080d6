import type { DecodeLimits } from '../limits.ts'
import type { SFSObject } from '../sfs-values.ts'
import type { Failure, RequestProblem } from './message-problem.ts'
import { MessageReader } from './message-reader.ts'
import { type Request, requests } from './requests.ts'
import { ServerMessageReader } from './server-message-reader.ts'
import { type ServerMessage, serverMessages } from './server-messages.ts'

const requestReader = /* @__PURE__ */ new MessageReader<Request>(requests)
const serverReader = /* @__PURE__ */ new ServerMessageReader(serverMessages)

/**
 * Decodes the body of a client's message [P-4.1] and checks every key of the table: exact types, no
 * conversion; other keys are ignored. Never throws for bad input.
 */
export function decodeRequest(body: Uint8Array | SFSObject, limits?: DecodeLimits): Request | RequestProblem {
  return requestReader.read(body, limits)
}

/** Decodes the body of a server's message, as a client does. Never throws for bad input. */
export function decodeServerMessage(
  body: Uint8Array | SFSObject,
  limits?: DecodeLimits,
): ServerMessage | Failure | RequestProblem {
  return serverReader.read(body, limits)
}
