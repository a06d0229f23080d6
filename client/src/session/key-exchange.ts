import type { Line } from '../transport/line.ts'

/** Encrypted packets that may arrive before the key does. */
const MAX_HELD = 64

/** While the key is asked for, by HTTPS: the server encrypts as soon as it gave it out, so packets may overtake it. */
export class KeyExchange {
  readonly #onOverflow: () => void
  readonly #held: { readonly flags: number; readonly body: Uint8Array }[] = []

  /** @param onOverflow  more came than is kept */
  constructor(onOverflow: () => void) {
    this.#onOverflow = onOverflow
  }

  /** Keeps an encrypted packet for later. */
  hold(flags: number, body: Uint8Array): void {
    if (this.#held.length < MAX_HELD) this.#held.push({ flags, body: new Uint8Array(body) })
    else this.#onOverflow()
  }

  /** Hands out what was kept, in order. */
  release(receive: (flags: number, body: Uint8Array) => void): void {
    for (const { flags, body } of this.#held.splice(0)) receive(flags, body)
  }
}

/** @throws Error when it is too late or too early for a key, or the line has no use for one */
export function checkEncryption(line: Line | undefined, hasKey: boolean, hasLogin: boolean): void {
  if (line === undefined) throw new Error('Connect before encryption is used')
  if (!line.canEncrypt) throw new Error('A WebSocket is encrypted by TLS: connect with useSSL')
  if (hasKey) throw new Error('There is a key already')
  if (hasLogin) throw new Error('Encryption begins before the login')
}
