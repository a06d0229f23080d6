import type { Cipher } from '@warren/codec'
import { type Line, LineError } from '../transport/line.ts'
import type { PacketReader } from './packets.ts'
import type { Traffic } from './traffic.ts'

/** What a key is taken into use by. */
export interface KeyOwner {
  readonly reader: PacketReader
  readonly traffic: Traffic
  /** Whether there is a line all the time. */
  isOpen(): boolean
}

/** The key of a session: asked for once, in use from then on [P-1.4]. */
export class Encryption {
  readonly #owner: KeyOwner
  #isGettingKey = false

  constructor(owner: KeyOwner) {
    this.#owner = owner
  }

  /** Whether there is a key. */
  get isOn(): boolean {
    return this.#owner.traffic.cipher !== undefined
  }

  /**
   * Encrypts everything from now on. What is sent meanwhile waits.
   * @throws Error when there is no key, or it is too late or too early for one [P-1.4.2]
   */
  async start(line: Line | undefined, hasLogin: boolean, getKey: () => Promise<Cipher>): Promise<void> {
    if (line === undefined) throw new Error('Connect before encryption is used')
    if (!line.canEncrypt) throw new Error('A WebSocket is encrypted by TLS: connect with useSSL')
    if (this.isOn || this.#isGettingKey) throw new Error('There is a key already')
    if (hasLogin) throw new Error('Encryption begins before the login')
    const { reader, traffic } = this.#owner
    this.#isGettingKey = true
    traffic.pause()
    try {
      const key = getKey()
      reader.decryptWith(key)
      const cipher = await key
      if (!this.#owner.isOpen()) throw new LineError('The line was lost while the key was asked for')
      traffic.encryptWith(cipher)
      reader.decryptWith(cipher)
    } finally {
      this.#isGettingKey = false
      if (!this.isOn) reader.decryptWith(undefined)
      traffic.unpause()
    }
  }
}
