/** A name with a password that the configuration knows. */
export interface Account {
  readonly name: string
  readonly password: string
}

/** What an operator decides about clients of ElectroServer 3. The same names as in the configuration. */
export interface ElectroSettings {
  /** The zone that a login enters. Left out: the first of the zones. */
  readonly zone?: string | undefined
  /** The zones that may be entered. Left out: all. */
  readonly zones?: readonly string[] | undefined
  /** Clients at once; 0 is no limit. */
  readonly maxConnections: number
  /** Milliseconds that a new client on TCP may speak first. */
  readonly greetingDelayMillis: number
  /** How long a line may go without a login, in seconds. */
  readonly loginSeconds: number
  /** Requests that cost much, of one client, sustained; twice as many at once. */
  readonly costlyRequestsPerSecond: number
  /** Who may make rooms. */
  readonly createRooms: 'everybody' | 'moderators' | 'nobody'
  /** What the ban of a moderator keeps out. */
  readonly banMode: 'name' | 'address'
  /** What must not be said in the zones that may be entered: words that stand alone, in any case. */
  readonly words: readonly string[]
  /** The same, inside of longer words too. */
  readonly rootWords: readonly string[]
  readonly moderators: readonly Account[]
  readonly administrators: readonly Account[]
}

/** Of a server whose configuration says nothing. */
export const DEFAULT_ELECTRO: ElectroSettings = {
  maxConnections: 0,
  greetingDelayMillis: 150,
  loginSeconds: 600,
  costlyRequestsPerSecond: 10,
  createRooms: 'everybody',
  banMode: 'name',
  words: [],
  rootWords: [],
  moderators: [],
  administrators: [],
}
