import type { ClientConfig } from '../config.ts'
import type { Inflate } from '../session/packets.ts'
import type { Address, Line, LineListener, OpenLine, TransportName } from './line.ts'

/** Where the tunnel is, and how often it is polled. */
export interface TunnelAddress extends Address {
  /** Milliseconds between the answer to a poll and the next one. */
  readonly pollMillis: number
}

/** Opens the HTTP tunnel. @throws LineError when there is none to be had */
export type OpenTunnel = (
  address: TunnelAddress,
  listener: LineListener,
  signal: AbortSignal,
) => Promise<Line>

/** What differs between browsers and Node. */
export interface Platform {
  /** What is tried first, over TLS or not. */
  readonly transport: (isSecure: boolean) => TransportName
  /** Where that is, unless told; left out where it is beside the tunnel. */
  readonly port?: number
  readonly open: OpenLine
  readonly openTunnel: OpenTunnel
  readonly inflate: Inflate
  /** Gets a configuration file and reads it. @throws Error that says what is wrong */
  readonly readConfig: (source: string) => Promise<ClientConfig>
}
