import type { CallPlan, CallResult } from './call.ts'
import type { Target } from './dialect.ts'
import type { StepPlan, StepResult } from './step.ts'

/** What the benchmark asks of its generator, one thing at a time. */
export type GeneratorRequest =
  | {
      readonly type: 'open'
      readonly target: Target
      readonly clients: number
      /** Enter the room, or only log in and stay idle. */
      readonly join: boolean
      /** Whether those in the room call the server, each for himself, instead of talking to each other. */
      readonly calls?: boolean
      readonly serverPid: number
    }
  | { readonly type: 'run'; readonly plan: StepPlan }
  | { readonly type: 'call'; readonly plan: CallPlan }
  /** How many lines are still open. */
  | { readonly type: 'count' }

/** What it answers. */
export type GeneratorReply =
  | { readonly type: 'opening'; readonly clients: number }
  | { readonly type: 'opened'; readonly seconds: number }
  | { readonly type: 'running'; readonly delivered: number }
  | { readonly type: 'result'; readonly result: StepResult }
  | { readonly type: 'called'; readonly result: CallResult }
  | { readonly type: 'counted'; readonly open: number }
  | { readonly type: 'failed'; readonly reason: string }
