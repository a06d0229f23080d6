import type { Line } from './trace.ts'

/** The server of a replay: no sockets, and time stands still until it is moved. */
export interface Stage {
  /** Milliseconds; stands still until moved. */
  now(): number
  /** Moves time on, running what falls due at its own moment. */
  advance(millis: number): Promise<void>
  /** Carries out what was sent, answers included, without moving time. */
  settle(): Promise<void>
  connect(line: Line, heard: StageListener): StageLine
}

/** Where a line's news goes. */
export interface StageListener {
  /** A whole packet, header included. */
  onPacket(packet: Uint8Array): void
  /** The server closed the line; `code` is the WebSocket's. */
  onClosed(code: number | undefined): void
}

/** A client's end of a line. */
export interface StageLine {
  send(bytes: Uint8Array): void
  /** Closes in order. */
  close(): void
  /** Cuts the line. */
  abort(): void
}
