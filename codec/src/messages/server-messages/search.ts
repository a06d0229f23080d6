import { system } from '../message.ts'
import { roomRow, userRow } from '../rows.ts'
import { field, listOf } from '../shape.ts'

/** What a search found. */
export const searchMessages = {
  FindRooms: system(27, { rooms: field(listOf(roomRow), 'fr') }),
  FindUsers: system(28, { users: field(listOf(userRow), 'fu') }),
} as const
