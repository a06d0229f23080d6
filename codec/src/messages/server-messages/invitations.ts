import { byte, int, sfsObject, short } from '../fields.ts'
import { system } from '../message.ts'
import { userRow } from '../rows.ts'
import { field, opt } from '../shape.ts'

const params = opt(sfsObject('p'))
const otherId = opt(int('ui'))
const other = opt(field(userRow, 'u'))

/** Invitations and their answers. */
export const invitationMessages = {
  InviteUsers: system(300, {
    invitationId: int('ii'),
    params,
    inviterId: otherId,
    seconds: short('t'),
    inviter: other,
  }),
  InvitationReply: system(301, { params, inviteeId: otherId, invitee: other, reply: byte('ri') }),
} as const
