import type { SightCount } from './sight-book.ts'
import type { World } from './world.ts'

/** How users say where they are, and how others hear of it. */
export type WalkWay =
  /** By their position alone, of which others hear who comes and who goes. */
  | 'positions'
  /** As the published example does: x and y as user variables as well, of which those in view hear each time. */
  | 'variables'
  /** By their position alone, of which those in view who ask for it hear in each round [P-13]. */
  | 'streaming'

/** Names of the servers that users walk on. */
export type MmoServer = 'warren' | 'floor' | 'sockets' | 'colyseus'

/** Who walks where. */
export interface WalkTarget {
  readonly server: MmoServer
  readonly way: WalkWay
  readonly webSocket: boolean
  readonly port: number
  readonly world: World
  /** Others that one user sees at most; 0 is all. All users are then in each other's area. */
  readonly maxVisible: number
}

/** How long they walk. */
export interface WalkPlan {
  /** Milliseconds before measuring. */
  readonly warmUp: number
  /** Milliseconds that are measured. */
  readonly measure: number
}

/** What came of it. */
export interface WalkResult {
  /** Others in view of a user, on average. */
  readonly inView: number
  /** Undefined where what is told cannot be read. */
  readonly count: SightCount | undefined
  /** Microseconds from when a move was due to when those heard of it who gain or lose sight by it. */
  readonly delay: { readonly p50: number; readonly p99: number; readonly max: number } | undefined
  /** Microseconds by which the median delay of the last quarter is above that of the first. */
  readonly drift: number
  /** Microseconds that moves were sent late: the 99th percentile. */
  readonly late: number
  readonly closed: readonly string[]
  readonly seconds: number
  readonly moves: number
  readonly told: number
  readonly bytesSent: number
  readonly bytesReceived: number
  readonly frames: number
  readonly generatorCpu: number
}

/** What the benchmark asks of the generator, one thing at a time. */
export type WalkRequest =
  | { readonly type: 'open'; readonly target: WalkTarget }
  | { readonly type: 'walk'; readonly plan: WalkPlan }

/** What it answers, and what it says of itself. */
export type WalkReply =
  | { readonly type: 'opening'; readonly users: number }
  | { readonly type: 'opened' }
  /** The measured time begins or ends. */
  | { readonly type: 'edge'; readonly isStart: boolean }
  | { readonly type: 'walking'; readonly told: number; readonly moves: number }
  | { readonly type: 'walked'; readonly result: WalkResult }
  | { readonly type: 'failed'; readonly reason: string }
