import { bool, int, short, utfString } from '../fields.ts'
import { system } from '../message.ts'

const roomId = int('r')
const userId = int('u')

/** What becomes of a room, and of the roles in a game. */
export const roomChangeMessages = {
  ChangeRoomName: system(8, { roomId, name: utfString('n') }),
  ChangeRoomPassword: system(9, { isProtected: bool('p'), roomId }),
  SpectatorToPlayer: system(17, { playerId: short('p'), roomId, userId }),
  PlayerToSpectator: system(18, { roomId, userId }),
  ChangeRoomCapacity: system(19, { roomId, maxSpectators: int('s'), maxUsers: int('u') }),
} as const
