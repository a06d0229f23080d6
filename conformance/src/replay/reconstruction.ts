import type { Step, Trace } from './trace.ts'

/**
 * What a recorder only told of, or decoded and so lost the bytes of, as the steps that it was.
 * - `instead`: they stand in place of the recorded step;
 * - `after`: they follow it.
 */
export interface Reconstruction {
  readonly trace: string
  readonly step: number
  readonly place: 'instead' | 'after'
  /** What is known of it, and what is made up. */
  readonly what: string
  /** Never called for a step that is not there. */
  readonly make: (recorded: Step, trace: Trace) => readonly Step[]
}
