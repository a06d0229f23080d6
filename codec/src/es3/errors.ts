/** Why a frame is no packet. */
export type Es3ProblemKind =
  /** No `XmlDoc` in it: text, another document, or nothing. */
  | 'not-a-packet'
  /** It brings a document type, which could define entities. */
  | 'doctype'
  | 'too-deep'
  | 'too-many-nodes'
  | 'unknown-action'
  /** A value that must be there is not. */
  | 'missing-value'
  /** A value is no number, or neither true nor false. */
  | 'bad-value'

/** A frame that cannot be used: what is wrong, and with which action as far as it is known. */
export interface Es3Problem {
  readonly problem: Es3ProblemKind
  /** Text of the `Action` element. From outside: of any length. */
  readonly action?: string
  /** For the log. */
  readonly detail: string
}

/** Thrown by `readXml`. */
export class Es3Error extends Error {
  override readonly name = 'Es3Error'
  readonly problem: Es3ProblemKind

  constructor(problem: Es3ProblemKind, detail: string) {
    super(detail)
    this.problem = problem
  }
}
