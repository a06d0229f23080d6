import { bool, byte, int, intArray, sfsObject, short, utfString, utfStringArray } from '../fields.ts'
import { matchRow } from '../match-rows.ts'
import { system } from '../message.ts'
import { field, listOf, nullable, opt, record } from '../shape.ts'
import { roomSettings } from './room-settings.ts'

const params = opt(sfsObject('p'))
const matchExpression = nullable(listOf(matchRow))
const expression = opt(field(matchExpression, 'me'))

const gameSettings = {
  isPublic: bool('gip'),
  minPlayers: short('gmp'),
  invitationSeconds: short('gie'),
}

const notifiesStart = bool('gns')
const playerExpression = opt(field(matchExpression, 'gpme'))
const spectatorExpression = opt(field(matchExpression, 'gsme'))

const invitations = {
  invitedIds: opt(intArray('ginp')),
  searchGroupIds: opt(utfStringArray('gsr')),
  invitationParams: opt(sfsObject('ip')),
}

const invitees = { inviteeIds: intArray('iu'), seconds: short('t'), params }

/** To invite users and to play with those who come. */
export const gameRequests = {
  InviteUsers: system(300, invitees),
  InvitationReply: system(301, { invitationId: int('i'), reply: byte('r'), params }),
  CreateSFSGame: system(302, {
    ...roomSettings,
    ...gameSettings,
    leavesLastRoom: bool('glr'),
    notifiesStart,
    playerExpression,
    spectatorExpression,
    ...invitations,
  }),
  QuickJoinGame: system(303, {
    groupIds: opt(utfStringArray('gl')),
    roomIds: opt(intArray('rl')),
    roomIdToLeave: opt(int('tl')),
    expression,
  }),
  JoinRoomInvite: system(304, {
    roomId: int('r'),
    userNames: utfStringArray('in'),
    seconds: int('es'),
    asSpectator: bool('as'),
    params: opt(sfsObject('op')),
  }),
  ClusterJoinOrCreate: system(500, {
    expression,
    groupIds: opt(utfStringArray('gl')),
    settings: opt(
      field(
        record({
          ...roomSettings,
          ...gameSettings,
          notifiesStart,
          playerExpression,
          spectatorExpression,
          ...invitations,
        }),
        'rs',
      ),
    ),
  }),
  ClusterInviteUsers: system(502, { serverId: utfString('ss'), roomId: int('rr'), ...invitees }),
} as const
