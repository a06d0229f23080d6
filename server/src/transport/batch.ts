import type { OutgoingPacket } from './connection.ts'
import { framedPacket, frameHeaderLength, writeFrame, writeTextFrame } from './frame.ts'

/** How many recent batches are remembered: rooms that are flushed in turns do not push each other out. */
const REMEMBERED = 8

/** A batch over this many bytes is not remembered. */
const MAX_REMEMBERED_BYTES = 256 * 1024

interface Batch {
  readonly packets: readonly OutgoingPacket[]
  readonly bytes: Buffer
}

/**
 * Joins packets to the bytes of one write. Lines of one room are given the same packets one after the other, so
 * the join of one line serves the next ones: the last batches are remembered by the packets they hold.
 */
export class Batches {
  readonly #join: (packets: readonly OutgoingPacket[]) => Buffer
  #recent: Batch[] = []
  #next = 0

  constructor(join: (packets: readonly OutgoingPacket[]) => Buffer) {
    this.#join = join
  }

  /** The bytes of these packets; others may be given the same buffer. @param packets  at least one */
  bytesOf(packets: readonly OutgoingPacket[]): Buffer {
    const recent = this.#recent
    for (let i = 0; i < recent.length; i++) {
      const batch = recent[i]
      if (batch !== undefined && isSame(batch.packets, packets)) return batch.bytes
    }
    const bytes = this.#join(packets)
    if (bytes.length <= MAX_REMEMBERED_BYTES) {
      recent[this.#next] = { packets: packets.slice(), bytes }
      this.#next = (this.#next + 1) % REMEMBERED
    }
    return bytes
  }

  /** Lets go of what is remembered, so that an idle server keeps no buffers. */
  forget(): void {
    if (this.#recent.length === 0) return
    this.#recent = []
    this.#next = 0
  }
}

/** Joins packets for a stream: one after the other. */
export function joinStream(packets: readonly OutgoingPacket[]): Buffer {
  const [first] = packets
  if (packets.length === 1 && first !== undefined) return asBuffer(first.bytes)
  let length = 0
  for (const packet of packets) length += packet.bytes.length
  const joined = Buffer.allocUnsafe(length)
  let at = 0
  for (const { bytes } of packets) {
    joined.set(bytes, at)
    at += bytes.length
  }
  return joined
}

/** Joins packets for a WebSocket: each in a frame of its own. */
export function joinFrames(packets: readonly OutgoingPacket[]): Buffer {
  const [first] = packets
  if (packets.length === 1 && first !== undefined) return asBuffer(framedPacket(first))
  let length = 0
  for (const { bytes } of packets) length += frameHeaderLength(bytes.length) + bytes.length
  const joined = Buffer.allocUnsafe(length)
  let at = 0
  for (const { bytes } of packets) at = writeFrame(joined, at, bytes)
  return joined
}

/**
 * Joins packets that are texts with a zero byte at the end, for a WebSocket: each in a frame of its own, which ends the
 * text as well as the zero byte does.
 */
export function joinTextFrames(packets: readonly OutgoingPacket[]): Buffer {
  const [first] = packets
  if (packets.length !== 1 || first === undefined) return Buffer.concat(packets.map(textFrame))
  return asBuffer(textFrame(first))
}

/** Made once however many receivers there are. */
function textFrame(packet: OutgoingPacket): Uint8Array {
  if (packet.framed === undefined) {
    const text = packet.bytes.subarray(0, -1)
    packet.framed = Buffer.allocUnsafe(frameHeaderLength(text.length) + text.length)
    writeTextFrame(asBuffer(packet.framed), 0, text)
  }
  return packet.framed
}

/**
 * Joins packets for a WebSocket whose messages are pieces of a stream: all in one frame. The frames that packets keep
 * are not used: those may be of another kind.
 */
export function joinStreamFrame(packets: readonly OutgoingPacket[]): Buffer {
  const bytes = joinStream(packets)
  const framed = Buffer.allocUnsafe(frameHeaderLength(bytes.length) + bytes.length)
  writeFrame(framed, 0, bytes)
  return framed
}

/** Joins packets for the HTTP tunnel: the answer to a poll [P-10.6]. */
export function joinPoll(packets: readonly OutgoingPacket[]): Buffer {
  return Buffer.from(`poll|${joinStream(packets).toString('base64')}`, 'latin1')
}

function isSame(a: readonly OutgoingPacket[], b: readonly OutgoingPacket[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Sockets wrap any other kind of array at every write. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
