/** The record type of a TLS handshake, the first byte a TLS client sends. */
const TLS_HANDSHAKE = 0x16

/** What a client speaks on a port that serves several languages, by its first byte. */
export type FirstByte = 'tls' | 'game'

/** No packet of the game protocol starts with the byte of a TLS handshake: its low three bits are always 0 [P-1]. */
export function sniff(firstByte: number | undefined): FirstByte {
  return firstByte === TLS_HANDSHAKE ? 'tls' : 'game'
}
