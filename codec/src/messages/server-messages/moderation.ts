import { generic } from '../message.ts'
import { userRow } from '../rows.ts'
import { field, opt } from '../shape.ts'
import { message, ORDER, params, roomId, senderId } from './talk-fields.ts'

const announcement = { params, sender: field(userRow, 'sd'), roomId, userId: opt(senderId), message }

/** What moderators and administrators say. */
export const moderationMessages = {
  ModeratorMessage: generic(2, announcement, ORDER),
  AdminMessage: generic(3, announcement, ORDER),
} as const
