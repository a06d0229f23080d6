import type { Target } from '../generator/dialect.ts'
import type { DeliveryCount } from '../generator/ledger.ts'
import type { Sent } from '../generator/seating.ts'
import type { StepPlan } from '../generator/step.ts'
import type { OnEdge, StepMeter, WindowCount } from '../generator/step-meter.ts'

/** The share of the bots that one worker has. Bots are numbered through all workers. */
export interface Share {
  readonly worker: number
  readonly workers: number
  readonly first: number
  readonly clients: number
  /** Bots of all workers together. */
  readonly total: number
}

/** What a worker needs to know of the work. */
export interface Assignment {
  readonly target: Target
  readonly share: Share
  /** Two letters that no other run has: they begin the names of the rooms that this one makes. */
  readonly tag: string
  /** The room to talk in; with several, their names begin so. */
  readonly room: string
  /** Bots in a room. */
  readonly roomSize: number
  /** Others that one user of a crowded map sees at most; 0 is all. */
  readonly maxVisible: number
}

/** What a worker does with its bots: one scenario. A step is `load`, then `settle`. */
export interface Workload {
  /** What is sent and what comes in the step that runs. */
  readonly meter: StepMeter
  /** Connections that were closed, and requests that were refused, by why. */
  readonly closed: readonly string[]
  /** Brings the bots in. @param onNews  hears how many are */
  open(onNews: (clients: number) => void): Promise<void>
  /** Sends what is due from `start` on. */
  load(
    plan: StepPlan,
    start: number,
    onEdge: OnEdge,
  ): Promise<{ readonly sent: Sent; readonly window: WindowCount }>
  /** Waits for what is under way and closes the books. @param sent  by all workers, this one among them */
  settle(sent: readonly Sent[], silence: number): Promise<DeliveryCount>
  /** Further figures of this kind of work, by their names. */
  figures(): Readonly<Record<string, number>>
}
