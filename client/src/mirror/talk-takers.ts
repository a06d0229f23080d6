import type { ServerFields } from '@warren/codec'
import type { Mirror, Takers } from './mirror.ts'

/** What users, moderators and extensions say. */
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
  ModeratorMessage: (mirror, fields) => moderated('moderatorMessage', mirror, fields),
  AdminMessage: (mirror, fields) => moderated('adminMessage', mirror, fields),
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

function moderated(
  name: 'moderatorMessage' | 'adminMessage',
  mirror: Mirror,
  { sender, message, params }: ServerFields<'ModeratorMessage'>,
): void {
  mirror.emit(name, { sender: mirror.stranger(sender), message, data: params })
}
