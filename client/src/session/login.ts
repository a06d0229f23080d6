/** How long a login may be unanswered when its line is lost, in seconds: nobody said how long the server waits. */
const PENDING_SECONDS = 10

/** Whether the server knows who this client is, and for how long it lets him come back. */
export class Login {
  #isSomebody = false
  /** Whether a login waits for its answer: it may have worked without this end knowing. */
  isPending = false
  /** For how long the server keeps the session of a lost line, in seconds, as far as is known. */
  keptSeconds = 0

  /** Whether there is a login, or one was asked for. */
  get isBegun(): boolean {
    return this.isPending || this.#isSomebody
  }

  /** For how long it makes sense to come back, in seconds. */
  get retrySeconds(): number {
    return this.keptSeconds || PENDING_SECONDS
  }

  /** The server says whether this client is somebody from now on. */
  become(isSomebody: boolean, reconnectionSeconds: number): void {
    this.isPending = false
    this.#isSomebody = isSomebody
    this.keptSeconds = reconnectionSeconds
  }
}
