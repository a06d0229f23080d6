import { groupMessages } from '@warren/codec'
import type { Feature } from './feature.ts'

/** Which groups of rooms this client hears of [P-6.9]. */
export const groups: Feature = {
  messages: groupMessages,
  takers: {
    SubscribeRoomGroup(mirror, { groupId, rooms }) {
      mirror.groups.add(groupId)
      mirror.emit('roomGroupSubscribe', { groupId, newRooms: rooms.map(row => mirror.addRoom(row)) })
    },
    UnsubscribeRoomGroup(mirror, { groupId }) {
      mirror.groups.delete(groupId)
      for (const room of mirror.rooms) {
        if (room.groupId === groupId && !room.isJoined) mirror.removeRoom(room)
      }
      mirror.emit('roomGroupUnsubscribe', { groupId })
    },
  },
}
