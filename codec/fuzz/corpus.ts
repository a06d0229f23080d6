import fc from 'fast-check'
import {
  type Es3Message,
  type Es3Request,
  encodeFrame,
  es3Messages,
  es3Requests,
  renderMessage,
  renderRequest,
} from '../src/es3/index.ts'
import {
  encodeFailure,
  encodeObject,
  encodeRequest,
  encodeServerMessage,
  type RequestName,
  requests,
  type ServerMessageName,
  serverMessages,
} from '../src/index.ts'
import { packets } from '../test/es3/arbitraries.ts'
import { anyObject, fieldsOf } from '../test/support/arbitraries.ts'
import { bytesOf } from '../test/support/hex.ts'
import { vectors } from '../test/support/vectors.ts'

/** Bodies to start from: every message of all tables several times, any objects, the body vectors. */
export function bodies(seed: number, perMessage: number): readonly Uint8Array[] {
  const options = { seed, numRuns: perMessage }
  const all: Uint8Array[] = [encodeFailure(4, 20, ['The Lobby'])]
  for (const [name, message] of Object.entries(requests)) {
    for (const fields of fc.sample(fieldsOf(message.fields), options)) {
      all.push(encodeRequest(name as RequestName, fields as never))
    }
  }
  for (const [name, message] of Object.entries(serverMessages)) {
    for (const fields of fc.sample(fieldsOf(message.fields), options)) {
      all.push(encodeServerMessage(name as ServerMessageName, fields as never))
    }
  }
  for (const object of fc.sample(anyObject, { seed, numRuns: perMessage * 10 }))
    all.push(encodeObject(object))
  const frames = { seed, numRuns: perMessage * 50 }
  for (const request of fc.sample(packets<Es3Request>(es3Requests), frames)) {
    all.push(encodeFrame(renderRequest(request)))
  }
  for (const message of fc.sample(packets<Es3Message>(es3Messages), frames)) {
    all.push(encodeFrame(renderMessage(message)))
  }
  for (const { hex, decoded } of vectors) if (decoded.type === 'sfs_object') all.push(bytesOf(hex))
  return all
}
