import { type Cipher, encodePacket } from '@warren/codec'
import { LineError } from '../transport/line.ts'
import type { Session } from './session.ts'

/** The encryption of a session, for which there is a key or will be [P-1.4]. */
export class Encryption {
  readonly session: Session
  #cipher: Cipher | undefined

  constructor(session: Session) {
    this.session = session
  }

  /** The key, from when there is one. */
  get cipher(): Cipher | undefined {
    return this.#cipher
  }

  /**
   * Encrypts everything from now on. What is sent meanwhile waits.
   * @param getKey  gets the key of the session with that token
   * @throws Error when there is no key, or it is too late or too early for one [P-1.4.2]
   */
  async begin(getKey: (token: string) => Promise<Cipher>): Promise<void> {
    const { openLine, reader, traffic, login, token } = this.session
    if (openLine === undefined) throw new Error('Connect before encryption is used')
    if (!openLine.canEncrypt) throw new Error('A WebSocket is encrypted by TLS: connect with useSSL')
    if (login.isBegun) throw new Error('Encryption begins before the login')
    const { decrypt } = reader
    const { seal } = traffic
    traffic.seal = () => undefined
    try {
      const key = getKey(token)
      reader.decrypt = body => {
        if (this.#cipher !== undefined) return this.#cipher.decrypt(body)
        // The server encrypts as soon as it gave out the key, so packets may overtake that.
        const copy = body.slice()
        return key.then(cipher => cipher.decrypt(copy))
      }
      const cipher = await key
      if (this.session.openLine === undefined) {
        throw new LineError('The line was lost while the key was asked for')
      }
      this.#cipher = cipher
      traffic.seal = (body, { canEncrypt }) => encodePacket(body, canEncrypt ? { cipher } : {})
    } catch (error) {
      reader.decrypt = decrypt
      traffic.seal = seal
      throw error
    } finally {
      traffic.release()
    }
  }
}
