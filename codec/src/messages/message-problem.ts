import type { ShapeProblemKind } from './read-shape.ts'

/** Why a message cannot be used. */
export type MessageProblemKind =
  | 'malformed'
  | 'not-encrypted'
  | 'unknown-controller'
  | 'unknown-action'
  | ShapeProblemKind

/** A message that cannot be used: what is wrong, where, and with which action as far as it is known. */
export interface RequestProblem {
  readonly problem: MessageProblemKind
  /** Action id, when the envelope names one. */
  readonly action?: number
  /** Controller id, when the envelope names one. */
  readonly controller?: number
  /** Keys and indices from the envelope to the value: `p.vl[3][1]`. */
  readonly path?: string
  /** For the log. */
  readonly detail: string
}

/** A decoded failure reply. */
export interface Failure {
  readonly name: 'Failure'
  readonly action: number
  readonly controller: number
  readonly code: number
  readonly args: readonly string[]
}
