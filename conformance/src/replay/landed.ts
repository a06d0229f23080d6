import { type RequestName, requests } from '@warren/codec'
import type { Step } from './trace.ts'

/** The requests that the server knows. A request that lands adds its name here and its traces are replayed in full. */
export const LANDED: ReadonlySet<RequestName> = new Set<RequestName>([
  'Handshake',
  'Login',
  'Logout',
  'JoinRoom',
  'LeaveRoom',
  'PublicMessage',
  'PrivateMessage',
  'PingPong',
  'ManualDisconnection',
  'ObjectMessage',
  'ModeratorMessage',
  'AdminMessage',
  'CreateRoom',
  'ChangeRoomName',
  'ChangeRoomPassword',
  'ChangeRoomCapacity',
  'SetRoomVariables',
  'SetUserVariables',
  'SubscribeRoomGroup',
  'UnsubscribeRoomGroup',
  'SpectatorToPlayer',
  'PlayerToSpectator',
  'KickUser',
  'BanUser',
  'FindRooms',
  'FindUsers',
  'QuickJoinOrCreateRoom',
  'CallExtension',
  'SetUserPosition',
  'InviteUsers',
  'InvitationReply',
  'CreateSFSGame',
  'QuickJoinGame',
  'JoinRoomInvite',
  'InitBuddyList',
  'AddBuddy',
  'BlockBuddy',
  'RemoveBuddy',
  'SetBuddyVariables',
  'GoOnline',
  'BuddyMessage',
])

/**
 * Why a step that a client sent is not replayed; nothing when it is. Requests that no client has are replayed: the
 * server must bear them.
 */
export function notReplayed(step: Step): string | undefined {
  if (step.kind === 'unsupported') return step.toServer ? `${step.what} cannot be sent here` : undefined
  if (step.kind !== 'request') return undefined
  const name = requestName(step.packet.controller, step.packet.action, step.packet.params.t?.v)
  if (name === undefined || LANDED.has(name)) return undefined
  return `${name} has not landed`
}

/** The name of a request by its ids; `subtype` is the `t` of a generic message. */
export function requestName(
  controller?: number,
  action?: number,
  subtype?: unknown,
): RequestName | undefined {
  for (const [name, request] of Object.entries(requests)) {
    if (request.controller !== controller || request.action !== action) continue
    const t = 'when' in request ? request.when?.t : undefined
    if (t === undefined || t === subtype) return name as RequestName
  }
  return undefined
}
