/** It could not be reached or had too much to do, or it refused what was asked. */
export type StoreFailure = 'unavailable' | 'refused'

/** Numbers that the hot path counts: plain fields, read when somebody asks for the metrics. */
export class Counters {
  requests = 0
  packetsQueued = 0
  connections = 0
  logins = 0
  faults = 0
  /** Sessions whose clients came back, and those whose clients did not, by why. */
  resumed = 0
  readonly abandoned = new Map<string, number>()
  /** Requests with files of clients, their files, and the bytes of those; refused ones do not count. */
  uploads = 0
  uploadedFiles = 0
  uploadedBytes = 0
  /** Calls of the database that failed, by why. */
  readonly storeFailures = new Map<StoreFailure, number>()
  readonly refusals = new Map<string, number>()

  /** Counts something that was refused, by its reason. */
  refuse(reason: string): void {
    this.refusals.set(reason, (this.refusals.get(reason) ?? 0) + 1)
  }

  /** Counts a call of the database that failed. */
  failStore(why: StoreFailure): void {
    this.storeFailures.set(why, (this.storeFailures.get(why) ?? 0) + 1)
  }

  /** Counts a session that was kept in vain. */
  abandon(why: string): void {
    this.abandoned.set(why, (this.abandoned.get(why) ?? 0) + 1)
  }
}
