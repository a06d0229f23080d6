import type { DatagramMessage, DatagramProtocol, OutgoingDatagram } from '../protocol/datagram.ts'
import type { DatagramWay } from './datagram-way.ts'
import { ReplayWindow } from './replay-window.ts'
import type { Session } from './session.ts'

/** Puts a datagram on its way. @returns false when it cannot leave now */
export type SendDatagram = (datagram: Uint8Array, address: string, port: number) => boolean

/** The address and port that belong to a session for datagrams, and the numbers that went to and fro [P-9]. */
export class DatagramLink implements DatagramWay {
  readonly session: Session
  readonly userId: number
  /** As the socket names it. */
  readonly address: string
  readonly port: number
  readonly window = new ReplayWindow()
  /** The state of its rate. */
  paid = 0
  readonly #protocol: DatagramProtocol
  readonly #send: SendDatagram
  readonly #onClose: (link: DatagramLink) => void
  #sent = 0

  constructor(
    session: Session,
    userId: number,
    from: { readonly address: string; readonly port: number },
    parts: {
      readonly protocol: DatagramProtocol
      readonly send: SendDatagram
      readonly onClose: (link: DatagramLink) => void
    },
  ) {
    this.session = session
    this.userId = userId
    this.address = from.address
    this.port = from.port
    this.#protocol = parts.protocol
    this.#send = parts.send
    this.#onClose = parts.onClose
  }

  /** Writes a message once for all who get it. */
  prepare(message: DatagramMessage): OutgoingDatagram {
    return this.#protocol.prepare(message)
  }

  /** Sends a prepared message. @returns false when it cannot go this way: it is too long, or the socket is stuck */
  send(datagram: OutgoingDatagram): boolean {
    const bytes = this.#protocol.number(datagram, this.#sent + 1, this.session.cipher)
    if (bytes === undefined || !this.#send(bytes, this.address, this.port)) return false
    this.#sent++
    return true
  }

  /** Answers the request that mapped the address; said again when it is asked again, as answers get lost. */
  confirm(): void {
    this.#send(this.#protocol.initReply(this.session.cipher), this.address, this.port)
  }

  /** The address belongs to nobody from now on. */
  close(): void {
    this.#onClose(this)
  }
}
