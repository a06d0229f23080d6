interface Utf8Decoder {
  decode(bytes: Uint8Array): string
}

interface Utf8Encoder {
  encodeInto(text: string, target: Uint8Array): { written: number }
}

/** The two platform classes used here; named so that the package needs no DOM or Node types. */
const platform = globalThis as unknown as {
  TextDecoder: new (label: string, options: { fatal: boolean; ignoreBOM: boolean }) => Utf8Decoder
  TextEncoder: new () => Utf8Encoder
}

const strictDecoder = new platform.TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new platform.TextEncoder()

/** Up to this many characters a loop is faster than the platform's encoder. */
const LOOP_CHARS = 48

/** Decodes UTF-8; `undefined` when the bytes are not valid [P-3.2.3]. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    return strictDecoder.decode(bytes.subarray(start, end))
  } catch {
    return undefined
  }
}

/**
 * Writes a string as UTF-8 into a target that has room for three bytes a character; returns the end.
 * A lone surrogate becomes U+FFFD.
 */
export function encodeUtf8(text: string, target: Uint8Array, start: number): number {
  const length = text.length
  if (length > LOOP_CHARS) return start + encoder.encodeInto(text, target.subarray(start)).written
  let at = start
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0x80) return start + encoder.encodeInto(text, target.subarray(start)).written
    target[at++] = unit
  }
  return at
}
