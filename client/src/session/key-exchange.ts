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
