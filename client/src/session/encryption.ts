import type { Cipher } from '@warren/codec'
import { LineError } from '../transport/line.ts'
import type { Session } from './session.ts'

/**
 * Encrypts everything from now on [P-1.4]. What is sent meanwhile waits.
 * @param getKey  gets the key of the session with that token
 * @throws Error when there is no key, or it is too late or too early for one [P-1.4.2]
 */
export async function encrypt(session: Session, getKey: (token: string) => Promise<Cipher>): Promise<void> {
  const { openLine, reader, traffic, login, token } = session
  if (openLine === undefined) throw new Error('Connect before encryption is used')
  if (!openLine.canEncrypt) throw new Error('A WebSocket is encrypted by TLS: connect with useSSL')
  if (reader.cipher !== undefined) throw new Error('There is a key already')
  if (login.isBegun) throw new Error('Encryption begins before the login')
  traffic.pause()
  try {
    const key = getKey(token)
    reader.cipher = key
    const cipher = await key
    if (session.openLine === undefined) throw new LineError('The line was lost while the key was asked for')
    traffic.cipher = cipher
    reader.cipher = cipher
  } finally {
    if (traffic.cipher === undefined) reader.cipher = undefined
    traffic.unpause()
  }
}
