import { type Cipher, decodeRequest, PacketError } from '@warren/codec'
import type { Session } from './session.ts'

/** A handshake is shorter than this. */
const MAX_HANDSHAKE_BYTES = 512
/** So many keys are tried on a new line. A client that is not found tries again on another one. */
const MAX_KEYS_TRIED = 32

/**
 * Some clients encrypt the handshake with which they come back [P-1.4.7], and whose it is stands inside. Finds the key
 * that opens it, among the sessions without a line first.
 * @param keyed  sessions with a key; those that were tried are put last, so that others have their turn
 */
export function cipherOfReturning(body: Uint8Array, keyed: Set<Session>): Cipher | undefined {
  if (body.length > MAX_HANDSHAKE_BYTES) return undefined
  const tried: Session[] = []
  const found = search(body, keyed, tried)
  for (const session of tried) {
    keyed.delete(session)
    keyed.add(session)
  }
  return found
}

function search(body: Uint8Array, keyed: Set<Session>, tried: Session[]): Cipher | undefined {
  for (const state of ['frozen', 'logged-in'] as const) {
    for (const session of keyed) {
      if (session.state !== state) continue
      if (tried.length === MAX_KEYS_TRIED) return undefined
      if (opens(session, body)) return session.cipher
      tried.push(session)
    }
  }
  return undefined
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
