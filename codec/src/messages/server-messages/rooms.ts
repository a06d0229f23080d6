import { int, short } from '../fields.ts'
import { system } from '../message.ts'
import { roomRow, roomVariableRow, userRow, userVariableRow } from '../rows.ts'
import { field, listOf, opt } from '../shape.ts'

const roomId = int('r')
const userId = int('u')

/** Who is where, and what is known of rooms and users. */
export const roomMessages = {
  JoinRoom: system(4, { room: field(roomRow, 'r'), users: field(listOf(userRow), 'ul') }),
  CreateRoom: system(6, { room: field(roomRow, 'r') }),
  SetRoomVariables: system(11, { roomId, variables: field(listOf(roomVariableRow), 'vl') }),
  SetUserVariables: system(12, { userId, variables: field(listOf(userVariableRow), 'vl') }),
  UserEnterRoom: system(1000, { roomId, user: field(userRow, 'u') }),
  UserCountChange: system(1001, { spectatorCount: opt(short('sc')), roomId, userCount: short('uc') }),
  UserLost: system(1002, { userId }),
  RoomLost: system(1003, { roomId }),
  UserExitRoom: system(1004, { roomId, userId }),
} as const
