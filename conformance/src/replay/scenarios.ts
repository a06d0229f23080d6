/** How a trace is replayed. */
export interface Scenario {
  readonly trace: string
  /** Steps at which the server, not the recorder, closed the line. */
  readonly closedByServer?: readonly number[]
  /** Events that the server sends on a timer of its own. */
  readonly timers?: Timers
}

/** The recorded server's timers ran before the trace began; ours are wound to the same phase. */
export interface Timers {
  readonly actions: readonly number[]
  /** Milliseconds. */
  readonly period: number
  /** Milliseconds after a whole period, on the trace's time, at which the timer fires. */
  readonly phase: number
  /** Milliseconds by which the recorded times stray from the phase. */
  readonly tolerance: number
}

/** The traces that the server can be held to. A part of the server that lands adds those it makes whole. */
export const SCENARIOS: readonly Scenario[] = [
  { trace: 'a01_handshake_ok_login_guest_ws' },
  { trace: 'a02_handshake_ok_login_tcp' },
  { trace: 'a03_handshake_bad' },
  { trace: 'a04_before_handshake_and_login' },
  { trace: 'a07_disconnect_variants_ws_tcp' },
  { trace: 'b01_join_basic_order' },
  { trace: 'b02_join_errors' },
  {
    trace: 'b04_usercount_batching',
    timers: { actions: [1001], period: 1000, phase: 400, tolerance: 250 },
  },
  { trace: 'b10_join_too_fast' },
]
