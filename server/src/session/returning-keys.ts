import { type Cipher, decodeRequest, PacketError } from '@warren/codec'
import { findByKey } from './key-search.ts'
import type { Session } from './session.ts'

/** A handshake is shorter than this. */
const MAX_HANDSHAKE_BYTES = 512
/**
 * Some clients encrypt the handshake with which they come back [P-1.4.7], and whose it is stands inside. Finds the key
 * that opens it, among the sessions without a line first.
 * @param keyed  sessions with a key
 */
export function cipherOfReturning(body: Uint8Array, keyed: Set<Session>): Cipher | undefined {
  if (body.length > MAX_HANDSHAKE_BYTES) return undefined
  return findByKey(
    keyed,
    [({ state }) => state === 'frozen', ({ state }) => state === 'logged-in'],
    session => opens(session, body),
  )?.cipher
}

/** Whether a body is, by the key of a session, the handshake that resumes it. */
function opens({ cipher, token }: Session, body: Uint8Array): boolean {
  if (cipher === undefined) return false
  try {
    const request = decodeRequest(cipher.decrypt(body))
    return 'name' in request && request.name === 'Handshake' && request.fields.reconnectionToken === token
  } catch (error) {
    if (error instanceof PacketError) return false
    throw error
  }
}
