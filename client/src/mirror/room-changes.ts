import { roomChangeMessages } from '@warren/codec'
import type { Feature } from './feature.ts'
import { SPECTATOR } from './room.ts'

/** What becomes of a room, and of the roles in a game [P-6.6, P-6.10]. */
export const roomChanges: Feature = {
  messages: roomChangeMessages,
  takers: {
    ChangeRoomName(mirror, { roomId, name }) {
      mirror.withRoom(roomId, room => {
        const oldName = room.name
        room.name = name
        mirror.emit('roomNameChange', { room, oldName })
      })
    },
    ChangeRoomPassword(mirror, { roomId, isProtected }) {
      mirror.withRoom(roomId, room => {
        room.isPasswordProtected = isProtected
        mirror.emit('roomPasswordStateChange', { room })
      })
    },
    ChangeRoomCapacity(mirror, { roomId, maxUsers, maxSpectators }) {
      mirror.withRoom(roomId, room => {
        room.maxUsers = maxUsers
        room.maxSpectators = maxSpectators
        mirror.emit('roomCapacityChange', { room })
      })
    },
    SpectatorToPlayer(mirror, fields) {
      mirror.withMember(fields, (room, user) => {
        const { playerId } = fields
        room.put(user, playerId)
        mirror.emit('spectatorToPlayer', { room, user, playerId })
      })
    },
    PlayerToSpectator(mirror, fields) {
      mirror.withMember(fields, (room, user) => {
        room.put(user, SPECTATOR)
        mirror.emit('playerToSpectator', { room, user })
      })
    },
  },
}
