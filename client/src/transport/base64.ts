/** Characters of so many bytes are made at once: more would not fit the stack. */
const PIECE = 0x2000

/** Packets, one after the other, as base64. */
export function base64Of(packets: readonly Uint8Array[]): string {
  let text = ''
  for (const packet of packets) {
    for (let at = 0; at < packet.length; at += PIECE) {
      text += String.fromCharCode(...packet.subarray(at, at + PIECE))
    }
  }
  return btoa(text)
}

/** The bytes of a base64 text; nothing if it is none. */
export function bytesOfBase64(base64: string): Uint8Array | undefined {
  try {
    const text = atob(base64)
    const bytes = new Uint8Array(text.length)
    for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
    return bytes
  } catch {
    return undefined
  }
}
