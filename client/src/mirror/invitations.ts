import { invitationMessages } from '@warren/codec'
import type { Feature } from './feature.ts'
import { InvitationReply } from './invitation.ts'

/** Invitations and their answers [P-6.15]. One from a user who is not known and does not come along tells nothing. */
export const invitations: Feature = {
  messages: invitationMessages,
  takers: {
    InviteUsers(mirror, { invitationId: id, inviterId, inviter: row, seconds, params }) {
      const inviter = mirror.user(inviterId ?? -1) ?? (row && mirror.stranger(row))
      if (inviter === undefined) return
      mirror.emit('invitation', { invitation: { id, inviter, secondsForAnswer: seconds, params } })
    },
    InvitationReply(mirror, { inviteeId, invitee: row, reply, params }) {
      const invitee = mirror.user(inviteeId ?? -1) ?? (row && mirror.stranger(row))
      if (invitee === undefined) return
      mirror.emit('invitationReply', { invitee, reply: replyOf(reply), data: params })
    },
  },
}

function replyOf(reply: number): InvitationReply {
  if (reply === InvitationReply.ACCEPT || reply === InvitationReply.REFUSE) return reply
  return InvitationReply.EXPIRED
}
