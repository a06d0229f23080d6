interface Decoder {
  decode(bytes: Uint8Array): string
}

interface Encoder {
  encode(text: string): Uint8Array
}

/** The two platform classes used here; named so that the package needs no DOM or Node types. */
const platform = globalThis as unknown as {
  TextDecoder: new (label: string, options: { ignoreBOM: boolean }) => Decoder
  TextEncoder: new () => Encoder
}

const decoder = new platform.TextDecoder('utf-8', { ignoreBOM: false })
const encoder = new platform.TextEncoder()

/** A frame as text. Bytes that are no UTF-8 become U+FFFD: old movies send such, and are not thrown out for it. */
export function frameText(frame: Uint8Array): string {
  return decoder.decode(frame)
}

/** A text as it travels in a stream: UTF-8 and a zero byte. */
export function encodeFrame(text: string): Uint8Array {
  return encoder.encode(`${text}\0`)
}
