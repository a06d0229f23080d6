import { refuseCall, type User } from '@warren/server'

/** One file on its way from one user to another: how far it is, and what may come next. */
export class Transfer {
  readonly id: number
  readonly sender: User
  readonly receiver: User
  readonly name: string
  /** In bytes. */
  readonly size: number
  isAccepted = false
  /** Seconds in which neither side said anything. */
  quietSeconds = 0
  #sent = 0
  #acknowledged = 0

  constructor(
    id: number,
    sender: User,
    receiver: User,
    file: { readonly name: string; readonly size: number },
  ) {
    this.id = id
    this.sender = sender
    this.receiver = receiver
    this.name = file.name
    this.size = file.size
  }

  /** Bytes that the receiver has. */
  get acknowledged(): number {
    return this.#acknowledged
  }

  /** Whether the receiver has all of it. */
  get isDone(): boolean {
    return this.isAccepted && this.#acknowledged === this.size
  }

  concerns(user: User): boolean {
    return user === this.sender || user === this.receiver
  }

  /** The other one of the two. */
  otherThan(user: User): User {
    return user === this.sender ? this.receiver : this.sender
  }

  accept(): void {
    if (this.isAccepted) refuseCall('accepted-before', 'The file was accepted before')
    this.isAccepted = true
  }

  /** Takes the next part. One that may not come is refused and changes nothing: it may come again. */
  send(offset: number, length: number, { chunkBytes, windowBytes }: Window): void {
    if (!this.isAccepted) refuseCall('not-accepted', 'The file was not accepted yet')
    if (offset !== this.#sent) refuseCall('out-of-order', `Byte ${this.#sent} comes next, not ${offset}`)
    if (length === 0) refuseCall('empty', 'A chunk holds at least one byte')
    if (length > chunkBytes) refuseCall('too-large', `A chunk holds at most ${chunkBytes} bytes`)
    if (offset + length > this.size) refuseCall('too-large', `The file has ${this.size} bytes`)
    if (offset + length > this.#acknowledged + windowBytes) {
      refuseCall('window-full', `The receiver has ${this.#acknowledged} bytes so far; wait for progress`)
    }
    this.#sent = offset + length
  }

  /** The receiver has so many bytes; what it had before it cannot lose. */
  acknowledge(bytes: number): void {
    if (bytes <= this.#acknowledged || bytes > this.#sent) {
      refuseCall('not-sent', `Between ${this.#acknowledged} and ${this.#sent} bytes can be acknowledged`)
    }
    this.#acknowledged = bytes
  }
}

/** How much may come at once, and how much may be under way. */
export interface Window {
  readonly chunkBytes: number
  readonly windowBytes: number
}
