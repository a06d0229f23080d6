import type { Line } from './trace.ts'
import type { TunnelAnswer } from './tunnel-http.ts'

/** The server of a replay: no sockets, and time stands still until it is moved. */
export interface Stage {
  /** Milliseconds; stands still until moved. */
  now(): number
  /** Moves time on, running what falls due at its own moment. */
  advance(millis: number): Promise<void>
  /** Carries out what was sent, answers included, without moving time. */
  settle(): Promise<void>
  connect(line: Line, heard: StageListener): StageLine
  /** Sends a datagram from a port of the clients' machine. */
  datagram(message: Uint8Array, port: number): void
  /** Has datagrams of the server told, with the port they go to. */
  hearDatagrams(heard: (message: Uint8Array, port: number) => void): void
  /** Asks for the key of a session, as over HTTPS. @returns key and vector; nothing when the answer is empty */
  key(token: string): Uint8Array | undefined
  /** Sends the body of a request in the HTTP tunnel. */
  tunnel(body: string, answered: (answer: TunnelAnswer) => void): void
  /** Stops the server. */
  stop(): void
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
