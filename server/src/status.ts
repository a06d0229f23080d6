/** The real ports of the open listeners. */
export interface Listening {
  readonly tcp?: number
  readonly udp?: number
  readonly http?: number
  readonly https?: number
  readonly electro?: number
  /** Gives the policy file for Flash Player. */
  readonly policy?: number
}

/** What a running server says about itself. Hidden rooms are left out. */
export interface ServerStatus {
  readonly uptimeSeconds: number
  readonly sessions: number
  readonly listening: Listening
  readonly zones: readonly ZoneStatus[]
}

export interface ZoneStatus {
  readonly name: string
  readonly users: number
  readonly rooms: readonly RoomStatus[]
}

export interface RoomStatus {
  readonly name: string
  readonly users: number
  readonly maxUsers: number
  /** Its users see those near them only. */
  readonly isMmo: boolean
}
