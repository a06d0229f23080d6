import type { SFSObject } from '@warren/codec'
import type { User } from '../user.ts'
import type { Zone } from '../zone.ts'
import type { InvitationReply } from './invitation.ts'

/**
 * Answers an invitation; a yes to one into a room joins it, whatever its password is and its game asks for
 * [P-6.15.5].
 * @throws RequestError invitation-invalid; already-joined, room-full, second-mmo-room
 */
export function followInvitation(
  zone: Zone,
  user: User,
  id: number,
  reply: Exclude<InvitationReply, 'expired'>,
  params: SFSObject | undefined,
): void {
  const { to } = zone.invitations.answer(user, id, reply, params)
  if (reply === 'refused' || to === undefined) return
  const { room, asSpectator, leavesLastRoom } = to
  const leave = leavesLastRoom ? zone.lastJoinedRoom(user) : undefined
  zone.join(user, room, { password: '', asSpectator, leave, isInvited: true })
}
