import { matchPolicyRequest } from './flash-policy.ts'

/** The record type of a TLS handshake, the first byte a TLS client sends. */
const TLS_HANDSHAKE = 0x16

/** What a client wants on a port that serves several languages; `undecided` when more bytes must tell. */
export type Opening = 'tls' | 'policy-request' | 'undecided' | 'game'

/**
 * Tells by the first bytes of a line what its client wants. No packet of the game protocol starts with the byte of a
 * TLS handshake or of a policy request: its low three bits are always 0 [P-1]. XML starts like a policy request.
 * @param bytes  all that came so far, at least one
 */
export function sniff(bytes: Uint8Array): Opening {
  if (bytes[0] === TLS_HANDSHAKE) return 'tls'
  const match = matchPolicyRequest(bytes)
  if (match === 'other') return 'game'
  return match === 'request' ? 'policy-request' : 'undecided'
}
