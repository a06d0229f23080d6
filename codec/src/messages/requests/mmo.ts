import { int } from '../fields.ts'
import { system } from '../message.ts'
import { vector } from '../rare-fields.ts'

/** To walk in an MMO room. */
export const mmoRequests = {
  SetUserPosition: system(30, { roomId: int('r'), position: vector('v') }),
} as const
