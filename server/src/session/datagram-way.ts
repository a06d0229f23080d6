import type { DatagramMessage, OutgoingDatagram } from '../protocol/datagram.ts'

/** A way to the client beside its line, on which messages may get lost. */
export interface DatagramWay {
  /** Writes a message once for all who get it. */
  prepare(message: DatagramMessage): OutgoingDatagram
  /** @returns false when the message cannot go this way and needs the line */
  send(datagram: OutgoingDatagram): boolean
  /** Ends the way; the line stays. */
  close(): void
}
