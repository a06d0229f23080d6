import { moderationMessages, type ServerFields } from '@warren/codec'
import type { Feature } from './feature.ts'
import type { Mirror } from './mirror.ts'

/** What moderators and administrators say [P-6.5.5]. */
export const moderation: Feature = {
  messages: moderationMessages,
  takers: {
    ModeratorMessage: (mirror, fields) => announce('moderatorMessage', mirror, fields),
    AdminMessage: (mirror, fields) => announce('adminMessage', mirror, fields),
  },
}

function announce(
  name: 'moderatorMessage' | 'adminMessage',
  mirror: Mirror,
  { sender, message, params }: ServerFields<'ModeratorMessage'>,
): void {
  mirror.emit(name, { sender: mirror.stranger(sender), message, data: params })
}
