import { bool, int, utfString } from '../fields.ts'
import { system } from '../message.ts'
import { roomVariableRow, userVariableRow } from '../rows.ts'
import { field, listOf, opt } from '../shape.ts'

const roomId = int('r')

/** To come and go, and to change what is known of rooms and users. */
export const roomRequests = {
  JoinRoom: system(4, {
    roomId: opt(int('i')),
    roomName: opt(utfString('n')),
    password: opt(utfString('p')),
    roomIdToLeave: opt(int('rl')),
    asSpectator: opt(bool('sp')),
  }),
  SetRoomVariables: system(11, { variables: field(listOf(roomVariableRow), 'vl'), roomId }),
  SetUserVariables: system(12, { variables: field(listOf(userVariableRow), 'vl') }),
  LeaveRoom: system(14, { roomId: opt(int('r')) }),
} as const
