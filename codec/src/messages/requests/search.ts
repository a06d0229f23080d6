import { int, short, utfString } from '../fields.ts'
import { matchRow } from '../match-rows.ts'
import { system } from '../message.ts'
import { field, listOf, opt } from '../shape.ts'

const expression = field(listOf(matchRow), 'e')
const groupId = opt(utfString('g'))
const limit = opt(short('l'))

/** To find rooms and users. */
export const searchRequests = {
  FindRooms: system(27, { expression, groupId, limit }),
  FindUsers: system(28, { expression, roomId: opt(int('r')), groupId, limit }),
} as const
