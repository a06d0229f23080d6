import { utfString } from '../fields.ts'
import { system } from '../message.ts'
import { roomRow } from '../rows.ts'
import { field, listOf } from '../shape.ts'

const groupId = utfString('g')

/** Which groups of rooms a user hears of. */
export const groupMessages = {
  SubscribeRoomGroup: system(15, { groupId, rooms: field(listOf(roomRow), 'rl') }),
  UnsubscribeRoomGroup: system(16, { groupId }),
} as const
