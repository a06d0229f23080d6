/**
 * What an operator decides about words and floods. Plain data, one of each per zone. Names, meanings and defaults
 * follow the SFS2X zone settings `wordsFilter` and `floodFilter`.
 */

/** What a list of words is: what must not be said, or all that may be said. */
export type WordFilterMode = 'blacklist' | 'whitelist'

/** Whom a ban of a filter keeps out: the user's name, or everybody from his address. */
export type FilterBanMode = 'name' | 'address'

/** Words that are masked, and what happens to those who keep using them. */
export interface WordFilterSettings {
  readonly active: boolean
  readonly mode: WordFilterMode
  /** Path of the list, one word or regular expression a line. Empty for no list. */
  readonly wordsFile: string
  /** Put in the place of each character of a masked word. */
  readonly hideCharacter: string
  /** Whether words have consequences. When false they are only masked, and nobody is warned, kicked or banned. */
  readonly useWarnings: boolean
  /** Messages with bad words that only get a warning; the next one gets a kick. */
  readonly warningsBeforeKick: number
  /** Kicks within `kicksBeforeBanMinutes` that stay kicks; the next one is a ban. */
  readonly kicksBeforeBan: number
  /** Minutes after which a kick is forgotten. */
  readonly kicksBeforeBanMinutes: number
  /** Minutes that a ban lasts. */
  readonly banDurationMinutes: number
  /** A message with more bad words than this is not delivered; 0 delivers all of them, masked. */
  readonly maxBadWordsPerMessage: number
  /** Seconds between telling a user of his kick or ban and doing it. */
  readonly secondsBeforeBanOrKick: number
  readonly banMode: FilterBanMode
  readonly warningMessage: string
  readonly kickMessage: string
  readonly banMessage: string
  /** Refuse user names with bad words. */
  readonly filterUserNames: boolean
  /** Refuse room names with bad words. */
  readonly filterRoomNames: boolean
  readonly filterPrivateMessages: boolean
  readonly filterBuddyMessages: boolean
}

/** How often one user may send one request. */
export interface FloodRule {
  /** Name of the request, such as `PublicMessage`, written as the caller of the guard writes it. */
  readonly request: string
  /** Requests that pass in any `seconds`; from 1 to 1,000. */
  readonly maxRequests: number
  /** Length of the window in seconds, above 0. */
  readonly seconds: number
}

/** Requests that come too often, and what happens to those who keep sending them. */
export interface FloodFilterSettings {
  readonly active: boolean
  /** At most one for each request. A request without a rule is never refused. */
  readonly rules: readonly FloodRule[]
  /** Requests over a limit that are only dropped; the next one gets a ban. Counted for each user while he is there. */
  readonly maxFloodingAttempts: number
  /** Seconds between telling a user of his ban and doing it. */
  readonly secondsBeforeBan: number
  /** Minutes that a ban lasts. */
  readonly banDurationMinutes: number
  readonly banMode: FilterBanMode
  readonly banMessage: string
  /** Public messages are not counted in rooms whose makers have it so, as clients of ElectroServer 3 can. */
  readonly roomsMaySwitchOff: boolean
  /** Write a line to the log for each request that is refused. */
  readonly logFloodingAttempts: boolean
}

/** `wordsFilter` of an SFS2X zone that says nothing else. */
export const DEFAULT_WORD_FILTER: WordFilterSettings = {
  active: false,
  mode: 'blacklist',
  wordsFile: 'config/wordsFile.txt',
  hideCharacter: '*',
  useWarnings: false,
  warningsBeforeKick: 3,
  kicksBeforeBan: 2,
  kicksBeforeBanMinutes: 3,
  banDurationMinutes: 1440,
  maxBadWordsPerMessage: 0,
  secondsBeforeBanOrKick: 5,
  banMode: 'name',
  warningMessage: 'Stop swearing or you will be banned',
  kickMessage: 'Swearing not allowed: you are being kicked',
  banMessage: 'Too much swearing: you are banned',
  filterUserNames: true,
  filterRoomNames: true,
  filterPrivateMessages: true,
  filterBuddyMessages: true,
}

/** `floodFilter` of an SFS2X zone that says nothing else. */
export const DEFAULT_FLOOD_FILTER: FloodFilterSettings = {
  active: false,
  rules: [],
  maxFloodingAttempts: 5,
  secondsBeforeBan: 5,
  banDurationMinutes: 1440,
  banMode: 'name',
  banMessage: 'Too much flooding, you are banned',
  roomsMaySwitchOff: false,
  logFloodingAttempts: true,
}
