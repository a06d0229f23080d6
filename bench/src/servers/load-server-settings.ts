/** What the server of a run has to be like beside what all are. */
export interface LoadServerSettings {
  /** Seconds that users whose lines are lost are kept. */
  readonly reconnectionSeconds: number
  /** Others that one user sees at most in rooms that clients make; 0 is all. */
  readonly maxVisible: number
}
