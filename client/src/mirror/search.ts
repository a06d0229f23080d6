import { searchMessages } from '@warren/codec'
import type { Feature } from './feature.ts'
import { Room } from './room.ts'

/** What a search found [P-6.12]. Those that this client does not know are copies, which are not kept. */
export const search: Feature = {
  messages: searchMessages,
  takers: {
    FindRooms(mirror, { rooms }) {
      mirror.emit('roomFindResult', { rooms: rooms.map(row => mirror.room(row.id) ?? new Room(row)) })
    },
    FindUsers(mirror, { users }) {
      mirror.emit('userFindResult', { users: users.map(row => mirror.stranger(row)) })
    },
  },
}
