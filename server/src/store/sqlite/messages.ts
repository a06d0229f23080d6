import type { Statement, StatementResult } from '../sql-runner.ts'

/** What a unit of statements came to. */
export type UnitOutcome =
  | { readonly results: readonly StatementResult[] }
  | { readonly error: string; readonly isUnavailable: boolean }

/** Units for one transaction. */
export type BatchRequest = readonly (readonly Statement[])[]

/** An outcome for each unit of a batch, in order. */
export type BatchReply = readonly UnitOutcome[]
