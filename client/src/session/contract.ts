import type { ServerMessage } from '@warren/codec'
import type { Way } from '../transport/line.ts'
import type { EndReason } from './end-reason.ts'
import type { Inflate, Read, Refusal } from './packets.ts'

/** What a session tells its owner. */
export interface SessionListener {
  onMessage(message: ServerMessage): void
  onRefusal(refusal: Refusal): void
  /** The first way is closed; the HTTP tunnel is tried. */
  onTunnelAttempt(): void
  /** The line is lost; it is tried to come back. */
  onRetry(): void
  /** The session goes on over a new line; so many packets were sent again. */
  onResume(resent: number): void
  /** The session is over; told once, and only if it had begun. */
  onEnd(reason: EndReason): void
  /** Something worth tracing. */
  onTrace(text: string): void
}

/** Times in milliseconds. */
export interface SessionTiming {
  /** Opening a line and its handshake take at most so long. */
  readonly attemptMillis: number
  /** The same for lines that are to bring a session back. */
  readonly retryMillis: number
  /** A line without a packet for so long is asked for one, and is dead if there is none; 0 is never. */
  readonly silenceMillis: number
}

/** The times unless told otherwise. */
export const SESSION_TIMING: SessionTiming = {
  attemptMillis: 10_000,
  retryMillis: 5000,
  silenceMillis: 20_000,
}

/** What a session needs. */
export interface SessionOptions {
  /** The ways to the server, in the order in which they are tried. */
  readonly ways: readonly [Way, ...Way[]]
  /** As it is told to the server. */
  readonly apiVersion: string
  readonly clientType: string
  /** Bytes that are kept to be sent again [P-8.6.4]. */
  readonly keptBytes: number
  readonly timing: SessionTiming
  readonly inflate: Inflate
  readonly read: Read
  /** Chance, from 0 to 1. */
  readonly random: () => number
}
