import type { Takers } from './mirror.ts'

/** What users and extensions say. */
export const talkTakers: Takers = {
  PublicMessage(mirror, fields) {
    mirror.withMember(fields, (room, sender) =>
      mirror.emit('publicMessage', { room, sender, message: fields.message, data: fields.params }),
    )
  },
  PrivateMessage(mirror, { userId, sender: row, message, params }) {
    const sender = mirror.user(userId) ?? (row && mirror.stranger(row))
    if (sender !== undefined) mirror.emit('privateMessage', { sender, message, data: params })
  },
  ObjectMessage(mirror, fields) {
    // In an MMO room objects come from those out of sight as well [P-6.13.4].
    mirror.withRoom(fields.roomId, room => {
      const sender = mirror.user(fields.userId)
      if (sender !== undefined || room.isMMO)
        mirror.emit('objectMessage', { room, sender, message: fields.params })
    })
  },
  ExtensionResponse(mirror, { command, params, roomId }, packetId) {
    const room = roomId === undefined ? undefined : mirror.room(roomId)
    mirror.emit('extensionResponse', {
      cmd: command,
      params,
      ...(room && { room }),
      ...(packetId === undefined ? {} : { packetId }),
    })
  },
}
