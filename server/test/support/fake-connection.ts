import type { CloseReason, Connection, Framing, OutgoingPacket } from '../../src/transport/connection.ts'

/** A line that goes nowhere and remembers what was asked of it. */
export class FakeConnection implements Connection {
  readonly transport = 'memory'
  readonly framing: Framing
  readonly remoteAddress = '127.0.0.1'
  readonly bufferedBytes = 0
  /** What each `send` was given. */
  readonly sends: OutgoingPacket[][] = []
  /** What the next `send` returns. */
  takesMore = true
  isEstablished = false
  closed: CloseReason | undefined
  destroyed: CloseReason | undefined

  constructor(framing: Framing = 'message') {
    this.framing = framing
  }

  send(packets: readonly OutgoingPacket[]): boolean {
    this.sends.push([...packets])
    return this.takesMore
  }

  allowMessage(): boolean {
    return true
  }

  established(): void {
    this.isEstablished = true
  }

  close(reason: CloseReason): void {
    this.closed = reason
  }

  destroy(reason: CloseReason): void {
    this.destroyed = reason
  }
}
