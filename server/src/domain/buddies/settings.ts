/** Buddy lists, as the zone has them. Meanings and defaults follow the SFS2X settings of the same purpose. */
export interface BuddySettings {
  /** Without it nobody in the zone has a buddy list. */
  readonly active: boolean
  /** Variables whose names begin with `$` are kept, and seen while their owner is away. */
  readonly offlineVariables: boolean
  /** Buddies on a list at once, and as many temporary ones. */
  readonly maxBuddies: number
  /** Buddy variables of one user at once. */
  readonly maxVariables: number
  /** Bytes that the buddy variables of one user may have together, as they are sent. */
  readonly maxVariableBytes: number
  /** Who gets a message from somebody who is not on his list has him there for the rest of his visit. */
  readonly temporaryBuddies: boolean
  /** Clients are told of these states to choose from; a new list begins with the first. */
  readonly states: readonly string[]
  /** Nicknames and states go through the word filter of the zone. */
  readonly filterWords: boolean
}

/** As a stock server has it. */
export const DEFAULT_BUDDIES: BuddySettings = {
  active: true,
  offlineVariables: true,
  maxBuddies: 100,
  maxVariables: 15,
  maxVariableBytes: 8192,
  temporaryBuddies: true,
  states: ['Available', 'Away', 'Occupied'],
  filterWords: true,
}
