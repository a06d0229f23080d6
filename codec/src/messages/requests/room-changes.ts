import { int, utfString } from '../fields.ts'
import { system } from '../message.ts'

const roomId = int('r')

/** To change a room, or one's role in a game. */
export const roomChangeRequests = {
  ChangeRoomName: system(8, { roomId, name: utfString('n') }),
  ChangeRoomPassword: system(9, { roomId, password: utfString('p') }),
  SpectatorToPlayer: system(17, { roomId }),
  PlayerToSpectator: system(18, { roomId }),
  ChangeRoomCapacity: system(19, { roomId, maxUsers: int('u'), maxSpectators: int('s') }),
} as const
