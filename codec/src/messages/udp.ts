import { encodeObject } from '../encode.ts'
import type { DecodeLimits } from '../limits.ts'
import { SFSObject } from '../sfs-values.ts'
import * as Controller from './controllers.ts'
import { byte, int } from './fields.ts'
import type { RequestProblem } from './message-problem.ts'
import { problemOf, readBody } from './message-reader.ts'
import { readFields, ShapeProblem } from './read-shape.ts'
import { talkRequests } from './requests/talk.ts'
import type { RequestFields } from './requests.ts'
import { talkMessages } from './server-messages/talk.ts'
import type { ServerFields } from './server-messages.ts'
import { field, opt, shapes } from './shape.ts'

const envelope = {
  controller: byte('c'),
  userId: int('u'),
  packetId: field(shapes.long, 'i'),
  init: opt(byte('h')),
  params: opt(field(shapes.sfsObject, 'p')),
}

/** A datagram of a client: the request to map its address, or an extension call. */
export type UdpRequest =
  | { readonly name: 'Init'; readonly userId: number; readonly packetId: bigint }
  | {
      readonly name: 'CallExtension'
      readonly userId: number
      readonly packetId: bigint
      readonly fields: RequestFields<'CallExtension'>
    }

/** Decodes the body of a client's datagram, which has no action [P-4.4.1]. Never throws for bad input. */
export function decodeUdpRequest(
  body: Uint8Array | SFSObject,
  limits?: DecodeLimits,
): UdpRequest | RequestProblem {
  const read = readBody(envelope, body, limits)
  if ('problem' in read) return read
  const { controller, userId, packetId, init, params } = read
  if (controller !== Controller.EXTENSION) {
    return { problem: 'unknown-controller', controller, path: 'c', detail: `controller ${controller}` }
  }
  const ids = { userId, packetId: BigInt(packetId) }
  if (init !== undefined) return { name: 'Init', ...ids }
  const fields = readFields(talkRequests.CallExtension.fields, params ?? new SFSObject())
  if (fields instanceof ShapeProblem) return problemOf(fields.within('p'))
  return { name: 'CallExtension', ...ids, fields: fields as RequestFields<'CallExtension'> }
}

/** The body of the answer to a datagram that asked for the mapping. */
export function encodeUdpInitReply(): Uint8Array {
  return encodeObject(new SFSObject().putShort('a', 0).putByte('c', Controller.EXTENSION).putByte('h', 1))
}

/** Bytes of a LONG. */
const LONG = 8

/**
 * A body of {@link encodeUdpMessage} with another packet number: receivers that share a message have numbers of their
 * own. @param packetId  up to 2^53
 */
export function renumberUdpMessage(body: Uint8Array, packetId: number): Uint8Array {
  const copy = body.slice()
  const view = new DataView(copy.buffer, copy.byteLength - LONG)
  view.setUint32(0, Math.floor(packetId / 0x1_00_00_00_00))
  view.setUint32(4, packetId >>> 0)
  return copy
}

/**
 * The body of an extension message as a datagram, with its packet number [P-4.4.2]. The number comes last, in the
 * last bytes.
 */
export function encodeUdpMessage(fields: ServerFields<'ExtensionResponse'>, packetId: bigint): Uint8Array {
  const params = new SFSObject().putSFSObject('p', fields.params)
  if (fields.roomId !== undefined) params.putInt('r', fields.roomId)
  params.putUtfString('c', fields.command)
  const { action, controller } = talkMessages.ExtensionResponse
  const root = new SFSObject().putSFSObject('p', params).putShort('a', action).putByte('c', controller)
  return encodeObject(root.putLong('i', packetId))
}
