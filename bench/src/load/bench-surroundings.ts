/** What the command gets from its process. */
export interface BenchSurroundings {
  readonly cwd: string
  /** Results. */
  out(text: string): void
  /** Everything else. */
  err(text: string): void
  /** Whether a person reads `err`, and how wide it is. */
  readonly isTerminal: boolean
  readonly columns?: number
}
