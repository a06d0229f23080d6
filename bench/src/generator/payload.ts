/**
 * The 64-byte chat message that every server is given: printable ASCII without quotes or backslashes, so that it is
 * the same 64 bytes inside JSON, MessagePack, an SFSObject string or alone.
 *
 * `~^` marker, 4 characters sender, 6 characters sequence number, 6 characters scheduled send time, then filler.
 * Numbers are base 32 with the digits `0` .. `O`, most significant first.
 */
export const PAYLOAD_BYTES = 64
/** First byte of the marker. */
export const MARKER_0 = 0x7e
/** Second byte of the marker. */
export const MARKER_1 = 0x5e
/** Times are microseconds modulo 2^30 (about 18 minutes). */
export const TIME_MASK = 0x3fffffff

/** Bits above those of a time. */
const ABOVE = 2

/**
 * Microseconds from one time to another, of which 30 bits are known; negative where the second is earlier, as it may be
 * by a hair's breadth when two processes read the clock.
 */
export function elapsed(from: number, to: number): number {
  return ((to - from) << ABOVE) >> ABOVE
}

const SENDER_AT = 2
const SEQUENCE_AT = 6
const TIME_AT = 12
const ZERO = 0x30

/** @returns a message with all numbers zero. */
export function blankPayload(): Uint8Array {
  const bytes = new Uint8Array(PAYLOAD_BYTES)
  for (let i = 0; i < PAYLOAD_BYTES; i++) bytes[i] = 0x61 + (i % 26)
  bytes[0] = MARKER_0
  bytes[1] = MARKER_1
  stampPayload(bytes, 0, 0, 0, 0)
  return bytes
}

/** Writes the numbers into the message that starts at `at`. */
export function stampPayload(
  bytes: Uint8Array,
  at: number,
  sender: number,
  sequence: number,
  time: number,
): void {
  writeDigits(bytes, at + SENDER_AT, 4, sender)
  writeDigits(bytes, at + SEQUENCE_AT, 6, sequence)
  writeDigits(bytes, at + TIME_AT, 6, time)
}

/** Who sent the message that starts at `at`. */
export function readSender(bytes: Uint8Array, at: number): number {
  const i = at + SENDER_AT
  return (
    (digit(bytes, i) << 15) | (digit(bytes, i + 1) << 10) | (digit(bytes, i + 2) << 5) | digit(bytes, i + 3)
  )
}

/** The sender's own number of the message, from 0. */
export function readSequence(bytes: Uint8Array, at: number): number {
  return readSix(bytes, at + SEQUENCE_AT)
}

/** When the message was due to be sent, in microseconds modulo 2^30. */
export function readTime(bytes: Uint8Array, at: number): number {
  return readSix(bytes, at + TIME_AT)
}

/** @returns where the marker starts in `bytes[start, end)`, or -1. */
export function findMarker(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i <= end - PAYLOAD_BYTES; i++) {
    if (bytes[i] === MARKER_0 && bytes[i + 1] === MARKER_1) return i
  }
  return -1
}

function readSix(bytes: Uint8Array, i: number): number {
  return (
    (digit(bytes, i) << 25) |
    (digit(bytes, i + 1) << 20) |
    (digit(bytes, i + 2) << 15) |
    (digit(bytes, i + 3) << 10) |
    (digit(bytes, i + 4) << 5) |
    digit(bytes, i + 5)
  )
}

function digit(bytes: Uint8Array, i: number): number {
  return ((bytes[i] as number) - ZERO) & 31
}

function writeDigits(bytes: Uint8Array, at: number, count: number, value: number): void {
  for (let i = at + count - 1; i >= at; i--) {
    bytes[i] = ZERO + (value & 31)
    value >>>= 5
  }
}
