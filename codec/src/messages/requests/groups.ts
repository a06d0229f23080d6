import { utfString } from '../fields.ts'
import { system } from '../message.ts'

const groupId = utfString('g')

/** Which groups of rooms to hear of. */
export const groupRequests = {
  SubscribeRoomGroup: system(15, { groupId }),
  UnsubscribeRoomGroup: system(16, { groupId }),
} as const
