import type { OutgoingPacket } from './connection.ts'

/** A WebSocket frame that is whole and carries text, or bytes. */
const FINAL_TEXT = 0x81
const FINAL_BINARY = 0x82
const FINAL_CLOSE = 0x88
const FINAL_PING = 0x89
const FINAL_PONG = 0x8a

/** The longest payload whose length fits into the second byte of a frame. */
const MAX_SHORT = 125
const MAX_U16 = 0xffff

/** An empty ping, as a server sends it: unmasked (RFC 6455, 5.5.2). */
export const PING_FRAME: Buffer = Buffer.from([FINAL_PING, 0])

/** Bytes that a frame puts before so many bytes of payload (RFC 6455, 5.2). */
export function frameHeaderLength(payloadLength: number): number {
  if (payloadLength <= MAX_SHORT) return 2
  return payloadLength <= MAX_U16 ? 4 : 10
}

/** Writes a packet as one unmasked binary frame. @returns the position after it */
export function writeFrame(target: Buffer, position: number, payload: Uint8Array): number {
  return writeFrameOf(FINAL_BINARY, target, position, payload)
}

/** Writes a text as one unmasked frame. @returns the position after it */
export function writeTextFrame(target: Buffer, position: number, payload: Uint8Array): number {
  return writeFrameOf(FINAL_TEXT, target, position, payload)
}

function writeFrameOf(kind: number, target: Buffer, position: number, payload: Uint8Array): number {
  const { length } = payload
  let at = position
  target[at++] = kind
  if (length <= MAX_SHORT) {
    target[at++] = length
  } else if (length <= MAX_U16) {
    target[at++] = 126
    target[at++] = length >>> 8
    target[at++] = length & 0xff
  } else {
    target[at++] = 127
    at = target.writeUInt32BE(Math.floor(length / 0x1_0000_0000), at)
    at = target.writeUInt32BE(length >>> 0, at)
  }
  target.set(payload, at)
  return at + length
}

/** The packet as one frame, made once however many receivers there are. */
export function framedPacket(packet: OutgoingPacket): Uint8Array {
  if (packet.framed !== undefined) return packet.framed
  const { bytes } = packet
  const framed = Buffer.allocUnsafe(frameHeaderLength(bytes.length) + bytes.length)
  writeFrame(framed, 0, bytes)
  packet.framed = framed
  return framed
}

/** The answer to a ping. @param payload  at most 125 bytes, as every control frame */
export function pongFrame(payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(2 + payload.length)
  frame[0] = FINAL_PONG
  frame[1] = payload.length
  frame.set(payload, 2)
  return frame
}

/** A close frame without a text. @param code  a status code of RFC 6455, 7.4 */
export function closeFrame(code: number): Buffer {
  return Buffer.from([FINAL_CLOSE, 2, code >>> 8, code & 0xff])
}
