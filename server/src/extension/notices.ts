import type { DomainEvent } from '../domain/event.ts'
import type { Room } from '../domain/room.ts'
import type { ServerEventName, ServerEvents } from './server-events.ts'

/** A server event on its way to extensions: those of the zone, and those of the rooms it concerns. */
export type Notice = {
  [E in ServerEventName]: {
    readonly event: E
    readonly payload: ServerEvents[E]
    readonly rooms: readonly Room[]
  }
}[ServerEventName]

/** What extensions hear of an event of the domain, if anything. */
export function noticeOf(event: DomainEvent): Notice | undefined {
  switch (event.type) {
    case 'logged-in':
      return { event: 'userJoinZone', payload: { user: event.user }, rooms: [] }
    case 'user-lost': {
      const { user, rooms } = event
      const payload = { user, rooms }
      return event.keepsLine
        ? { event: 'userLogout', payload, rooms }
        : { event: 'userDisconnect', payload, rooms }
    }
    case 'room-joined':
      return { event: 'userJoinRoom', payload: { user: event.user, room: event.room }, rooms: [event.room] }
    case 'user-left-room':
      return { event: 'userLeaveRoom', payload: { user: event.user, room: event.room }, rooms: [event.room] }
    case 'room-added':
      return { event: 'roomAdded', payload: { room: event.room }, rooms: [event.room] }
    case 'room-removed':
      return { event: 'roomRemoved', payload: { room: event.room }, rooms: [event.room] }
    case 'room-variables-changed': {
      const { room, changes } = event
      return { event: 'roomVariablesUpdate', payload: { room, changes }, rooms: [room] }
    }
    case 'own-variables-changed': {
      const { user, changes, rooms } = event
      return { event: 'userVariablesUpdate', payload: { user, changes }, rooms }
    }
    case 'player-became-spectator':
      return {
        event: 'playerToSpectator',
        payload: { user: event.user, room: event.room },
        rooms: [event.room],
      }
    case 'spectator-became-player':
      return {
        event: 'spectatorToPlayer',
        payload: { user: event.user, room: event.room },
        rooms: [event.room],
      }
    case 'invitation-ended': {
      const { invitation, reply, params } = event
      const rooms = invitation.to === undefined ? [] : [invitation.to.room]
      return reply === 'accepted'
        ? { event: 'gameInvitationSuccess', payload: { invitation, params }, rooms }
        : { event: 'gameInvitationFailure', payload: { invitation, reply, params }, rooms }
    }
    case 'buddy-list-ready': {
      const { user, buddies } = event
      return { event: 'buddyListInit', payload: { user, buddies }, rooms: [] }
    }
    case 'buddy-added': {
      const { user, buddy } = event
      return { event: 'buddyAdd', payload: { user, buddy }, rooms: [] }
    }
    case 'buddy-removed': {
      const { user, name } = event
      return { event: 'buddyRemove', payload: { user, name }, rooms: [] }
    }
    case 'buddy-blocked': {
      const { user, name, isBlocked } = event
      return { event: 'buddyBlock', payload: { user, name, isBlocked }, rooms: [] }
    }
    case 'buddy-state-changed': {
      const { owner, state } = event
      return { event: 'buddyOnlineStateUpdate', payload: { user: owner, state }, rooms: [] }
    }
    case 'buddy-variables-changed': {
      const { owner, changes } = event
      return { event: 'buddyVariablesUpdate', payload: { user: owner, changes }, rooms: [] }
    }
    default:
      return undefined
  }
}
