import { MAX_BODY_BYTES } from '../transport/line.ts'
import type { Incoming, PacketReader } from './packets.ts'

interface Waiting {
  readonly flags: number
  readonly body: Uint8Array
}

/** What an inbox tells. */
export interface InboxOwner {
  /** @param bytes  of the body, as it travelled */
  onIncoming(incoming: Incoming, bytes: number): void
  /** More waits than is kept. */
  onOverflow(): void
}

/** The packets of one line, in order, although some take a while to be read. */
export class Inbox {
  readonly #reader: PacketReader
  readonly #owner: InboxOwner
  /** Behind a packet that is being read; undefined while none is. */
  #waiting: Waiting[] | undefined
  #waitingBytes = 0
  #whenEmpty: (() => void) | undefined

  constructor(reader: PacketReader, owner: InboxOwner) {
    this.#reader = reader
    this.#owner = owner
  }

  /** A packet came. The body is valid during the call only. */
  push(flags: number, body: Uint8Array): void {
    if (this.#waiting !== undefined) {
      this.#waitingBytes += body.length
      if (this.#waitingBytes > MAX_BODY_BYTES) this.#owner.onOverflow()
      else this.#waiting.push({ flags, body: new Uint8Array(body) })
      return
    }
    const incoming = this.#reader.read(flags, body)
    if (incoming instanceof Promise) void this.#wait(incoming, body.length)
    else this.#owner.onIncoming(incoming, body.length)
  }

  /** No more comes. @param whenEmpty  told when all that came has been read */
  close(whenEmpty: () => void): void {
    if (this.#waiting === undefined) whenEmpty()
    else this.#whenEmpty = whenEmpty
  }

  async #wait(first: Promise<Incoming>, firstBytes: number): Promise<void> {
    const waiting: Waiting[] = []
    this.#waiting = waiting
    try {
      this.#owner.onIncoming(await first, firstBytes)
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        this.#waitingBytes -= next.body.length
        this.#owner.onIncoming(await this.#reader.read(next.flags, next.body), next.body.length)
      }
    } finally {
      this.#waiting = undefined
      this.#whenEmpty?.()
    }
  }
}
