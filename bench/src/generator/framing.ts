/** Something that is given whole frames. `bytes[start, end)` is valid during the call. */
export interface FrameSink {
  frame(bytes: Uint8Array, start: number, end: number, kind: number): void
}

/** Reads frames out of `bytes[start, end)`. @returns where the first incomplete frame starts. */
export type FrameScanner = (bytes: Uint8Array, start: number, end: number, sink: FrameSink) => number

export const WS_TEXT = 1
export const WS_BINARY = 2
export const WS_CLOSE = 8
export const WS_PING = 9
export const WS_PONG = 10

/** Unmasked WebSocket frames (RFC 6455, 5.2); the kind is the opcode. */
export function scanWebSocket(bytes: Uint8Array, start: number, end: number, sink: FrameSink): number {
  let at = start
  while (end - at >= 2) {
    let length = (bytes[at + 1] as number) & 0x7f
    let body = at + 2
    if (length === 126) {
      if (end - at < 4) break
      length = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number)
      body = at + 4
    } else if (length === 127) {
      if (end - at < 10) break
      length = readU32(bytes, at + 6)
      body = at + 10
    }
    const next = body + length
    if (next > end) break
    sink.frame(bytes, body, next, (bytes[at] as number) & 0x0f)
    at = next
  }
  return at
}

/** Packets of a flag byte, a 16-bit length (32-bit when the flag 0x08 is set) and a body; the kind is the flag byte. */
export function scanPackets(bytes: Uint8Array, start: number, end: number, sink: FrameSink): number {
  let at = start
  while (end - at >= 3) {
    const flags = bytes[at] as number
    let length: number
    let body: number
    if (flags & 0x08) {
      if (end - at < 5) break
      length = readU32(bytes, at + 1)
      body = at + 5
    } else {
      length = ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number)
      body = at + 3
    }
    const next = body + length
    if (next > end) break
    sink.frame(bytes, body, next, flags)
    at = next
  }
  return at
}

/** Frames that end in a zero byte, which is no part of them; of no kind. */
export function scanZeroes(bytes: Uint8Array, start: number, end: number, sink: FrameSink): number {
  let at = start
  for (let zero = bytes.indexOf(0, at); zero >= 0 && zero < end; zero = bytes.indexOf(0, at)) {
    sink.frame(bytes, at, zero, 0)
    at = zero + 1
  }
  return at
}

const MASK = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d)

/**
 * A client's WebSocket frame whose payload is not masked yet: finish it with `maskFrame`.
 * The key is fixed but not zero, so that the server has to unmask as it would for a browser.
 */
export function clientFrame(payload: Uint8Array, opcode: number): Uint8Array {
  const header = payload.length < 126 ? 2 : 4
  const frame = new Uint8Array(header + 4 + payload.length)
  frame[0] = 0x80 | opcode
  if (header === 2) {
    frame[1] = 0x80 | payload.length
  } else {
    if (payload.length > 0xffff) throw new RangeError('a frame of the generator is at most 65,535 bytes')
    frame[1] = 0x80 | 126
    frame[2] = payload.length >> 8
    frame[3] = payload.length & 0xff
  }
  frame.set(MASK, header)
  frame.set(payload, header + 4)
  return frame
}

/** Masks the payload of a frame of `clientFrame` in place. */
export function maskFrame(frame: Uint8Array): void {
  const start = ((frame[1] as number) & 0x7f) === 126 ? 8 : 6
  for (let i = start; i < frame.length; i++) {
    frame[i] = (frame[i] as number) ^ (MASK[(i - start) & 3] as number)
  }
}

/** A packet as `scanPackets` reads it. */
export function plainPacket(body: Uint8Array): Uint8Array {
  const packet = new Uint8Array(3 + body.length)
  packet[0] = 0x80
  packet[1] = body.length >> 8
  packet[2] = body.length & 0xff
  packet.set(body, 3)
  return packet
}

function readU32(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) * 0x1000000 +
    (((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number))
  )
}
