import type { SFSValue } from '@warren/codec'

/** Variables that clients know the meaning of [P-6.17.2]. */
export const BuddyVariables = {
  ONLINE: '$__BV_ONLINE__',
  STATE: '$__BV_STATE__',
  NICKNAME: '$__BV_NICKNAME__',
} as const

/** Whether a user is seen by those who have him on their lists; the number is the wire's [P-6.17]. */
export const BuddyState = {
  ONLINE: 0,
  /** He is there and does not want to be seen. */
  OFFLINE: 1,
  /** He left the zone. */
  GONE: 2,
} as const
export type BuddyState = (typeof BuddyState)[keyof typeof BuddyState]

/** The id of somebody who is away. */
export const AWAY = -1

/** One on somebody's list. */
export interface Buddy {
  readonly name: string
  readonly isBlocked: boolean
  /** Came with a message and goes with the visit. */
  readonly isTemporary: boolean
}

/** A value under a name that others see of its owner. */
export interface BuddyVariable {
  readonly name: string
  /** NULL in a change that deletes the variable. */
  readonly value: SFSValue
}

/** A buddy, as the owner of the list sees him at a moment. */
export interface BuddyView extends Buddy {
  /** The user's id, or `AWAY`. */
  readonly id: number
  readonly variables: readonly BuddyVariable[]
}

/** Variables of that name are seen of who is away, too. */
export const outlivesVisits = (name: string): boolean => name.startsWith('$')
