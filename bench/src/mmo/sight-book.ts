/** What became of what users had to be told. */
export interface SightCount {
  /** Users who had to be told of somebody who came or went, and were. */
  readonly told: number
  /** Were not told, although it was so for long, or still is at the end. */
  readonly lost: number
  /** Were told once more what they had been told before. */
  readonly doubled: number
  /** Were told what never was so. */
  readonly invented: number
}

/** Keeps what users see by the rules, and compares it with what they are told. Times are in microseconds. */
export interface SightBook {
  /** Others in view of a user, on average. */
  readonly inView: number
  /** Differences between what is so and what was told, all told: 0 once everybody has heard of everything. */
  readonly open: number
  /** A user says where he is. */
  place(user: number, x: number, y: number, time: number): void
  /** A user is told that another one came into his view, or left it. */
  tell(viewer: number, seen: number, isIn: boolean, time: number): void
  /** The counts so far; what is open now counts as lost. */
  settle(): SightCount
}
