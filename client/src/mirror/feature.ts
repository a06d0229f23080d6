import type { MessageTable } from '@warren/codec'
import type { Takers } from './mirror.ts'

/** A part of the protocol that a client loads when its server first speaks of it. */
export interface Feature {
  /** How its messages are read. */
  readonly messages: MessageTable
  /** What is made of them. */
  readonly takers: Takers
}
