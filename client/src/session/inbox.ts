import { InOrder } from '../in-order.ts'
import { MAX_BODY_BYTES } from '../transport/line.ts'
import type { Incoming, PacketReader } from './packets.ts'

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
  readonly #order = new InOrder()
  /** Of packets behind one that is being read. */
  #waitingBytes = 0

  constructor(reader: PacketReader, owner: InboxOwner) {
    this.#reader = reader
    this.#owner = owner
  }

  /** A packet came. The body is valid during the call only. */
  push(flags: number, body: Uint8Array): void {
    const { length } = body
    if (this.#waitingBytes + length > MAX_BODY_BYTES) {
      this.#owner.onOverflow()
      return
    }
    this.#waitingBytes += length
    const kept = this.#order.isWaiting ? body.slice() : body
    void this.#order.run(
      () => {
        this.#waitingBytes -= length
        return this.#reader.read(flags, kept)
      },
      incoming => this.#owner.onIncoming(incoming, length),
    )
  }

  /** No more comes. @param whenEmpty  told when all that came has been read */
  close(whenEmpty: () => void): void {
    void this.#order.run(() => undefined, whenEmpty)
  }
}
