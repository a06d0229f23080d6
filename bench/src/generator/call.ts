/** What clients call and are answered, each for himself. */
export type CallName =
  /** An extension's request with a schema. */
  | 'typed'
  /** An extension's request that takes any object. */
  | 'raw'
  /** A public message in a room of one's own. */
  | 'message'
  /** Bytes. */
  | 'floor'

/** Clients who call, wait, and call again. */
export interface CallPlan {
  readonly call: CallName
  /** Calls of a client that are under way at a time. */
  readonly depth: number
  /** Milliseconds before measuring. */
  readonly warmUp: number
  /** Milliseconds that are measured. */
  readonly measure: number
}

/** What came of it. */
export interface CallResult {
  readonly plan: CallPlan
  readonly clients: number
  /** Bytes of a call and its answer together, without the framing of a WebSocket. */
  readonly bytes: number
  /** Answers that were not the one that was due. */
  readonly faults: number
  /** Calls without an answer. */
  readonly lost: number
  /** Connections that the server closed. */
  readonly closed: readonly string[]
  /** Microseconds from the call to its answer. */
  readonly latency: { readonly p50: number; readonly p99: number }
  /** Of the measured time: */
  readonly measured: {
    readonly seconds: number
    readonly calls: number
    readonly serverCpu: number
    readonly generatorCpu: number
    readonly otherCpu: number
  }
}
