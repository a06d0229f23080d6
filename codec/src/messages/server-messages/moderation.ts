import { userRow } from '../rows.ts'
import { field, opt } from '../shape.ts'
import { said, saying } from './talk-fields.ts'

const announcement = { ...said, sender: field(userRow, 'sd'), userId: opt(said.userId) }

/** What moderators and administrators say. */
export const moderationMessages = {
  ModeratorMessage: saying(2, announcement),
  AdminMessage: saying(3, announcement),
} as const
