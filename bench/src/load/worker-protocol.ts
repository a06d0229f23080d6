import type { DeliveryCount } from '../generator/ledger.ts'
import type { Sent } from '../generator/seating.ts'
import type { StepPlan } from '../generator/step.ts'
import type { Sample, WindowCount } from '../generator/step-meter.ts'
import type { ScenarioName } from './scenarios.ts'
import type { Assignment } from './workload.ts'

/** What a fleet asks of a worker, one thing at a time. */
export type WorkerRequest =
  | { readonly type: 'open'; readonly scenario: ScenarioName; readonly assignment: Assignment }
  | { readonly type: 'load'; readonly plan: StepPlan; readonly start: number }
  | { readonly type: 'settle'; readonly sent: readonly Sent[]; readonly silence: number }

/** What it answers, and what it says of itself. */
export type WorkerReply =
  | { readonly type: 'opening'; readonly clients: number }
  | { readonly type: 'opened' }
  /** The measured part begins or ends. */
  | { readonly type: 'edge'; readonly isStart: boolean }
  | { readonly type: 'sample'; readonly sample: Sample }
  | { readonly type: 'loaded'; readonly sent: Sent; readonly window: WindowCount }
  | {
      readonly type: 'settled'
      readonly count: DeliveryCount
      readonly closed: readonly string[]
      readonly figures: Readonly<Record<string, number>>
      /** What came after the last sample. */
      readonly sample: Sample
    }
  | { readonly type: 'failed'; readonly reason: string }
