import type { EventOf, SharedEventType } from '../domain/event.ts'
import type { Room } from '../domain/room.ts'
import type { User } from '../domain/user.ts'

/** Takes one receiver after the other. */
export type Hear = (user: User) => void

/**
 * Who hears of each event. Exhaustive over the events that are one message for all; nothing else decides about their
 * recipients. In MMO rooms nobody hears who comes and who goes: what users see does [P-6.13.4].
 */
export const AUDIENCE: { readonly [T in SharedEventType]: (event: EventOf<T>, hear: Hear) => void } = {
  'logged-in': ({ user }, hear) => hear(user),
  'logged-out': ({ user }, hear) => hear(user),
  'room-joined': ({ user }, hear) => hear(user),
  'user-entered-room': ({ user, room }, hear) => {
    if (!room.events.userEnter || room.mmo !== undefined) return
    for (const member of room.users) if (member !== user) hear(member)
  },
  // The leaver is still in the room at that moment and hears it too [P-6.8].
  'user-left-room': ({ room }, hear) => {
    if (room.events.userExit && room.mmo === undefined) all(room.users, hear)
  },
  // Once, however many rooms were shared.
  'user-lost': ({ rooms }, hear) => all(membersOf(rooms.filter(({ mmo }) => mmo === undefined)), hear),
  'user-count-changed': ({ subscribers }, hear) => all(subscribers, hear),
  'public-message': ({ room, sender, recipients }, hear) => {
    if (recipients === undefined && room.mmo === undefined) {
      all(room.users, hear)
      return
    }
    hear(sender)
    if (recipients !== undefined) all(recipients, hear)
    else room.mmo?.forEachWhoSees(sender, hear)
  },
  'private-message': ({ sender, recipient }, hear) => {
    hear(recipient)
    hear(sender)
  },
  'object-message': ({ room, sender, recipients }, hear) => {
    for (const user of recipients ?? room.users) if (user !== sender || recipients !== undefined) hear(user)
  },
  'moderator-message': ({ recipients }, hear) => all(recipients, hear),
  'room-added': ({ subscribers }, hear) => all(subscribers, hear),
  'room-removed': ({ subscribers }, hear) => all(subscribers, hear),
  'room-renamed': ({ subscribers }, hear) => all(subscribers, hear),
  'room-password-changed': ({ told }, hear) => all(told, hear),
  'room-capacity-changed': ({ subscribers }, hear) => all(subscribers, hear),
  'room-visibility-changed': ({ subscribers }, hear) => all(subscribers, hear),
  'room-description-changed': ({ subscribers }, hear) => all(subscribers, hear),
  'group-subscribed': ({ user }, hear) => hear(user),
  'group-unsubscribed': ({ user }, hear) => hear(user),
  'spectator-became-player': ({ room }, hear) => all(room.users, hear),
  'player-became-spectator': ({ room }, hear) => all(room.users, hear),
  'room-variables-changed': ({ room }, hear) => all(room.users, hear),
  'global-variables-changed': ({ room, subscribers }, hear) => {
    for (const user of subscribers) if (!room.has(user)) hear(user)
  },
  // Where the rooms do not tell of user variables, not even the user himself gets an echo; in MMO rooms he does
  // [observed].
  'own-variables-changed': ({ user, rooms }, hear) => {
    const isTold = (room: Room) => room.events.userVariablesUpdate || room.mmo !== undefined
    if (rooms.length === 0 || rooms.some(isTold)) hear(user)
  },
  'user-variables-changed': ({ user, rooms }, hear) => {
    const [only] = rooms
    if (rooms.length === 1 && only?.mmo !== undefined) {
      if (only.events.userVariablesUpdate) only.mmo.forEachWhoSees(user, hear)
      return
    }
    const telling = rooms.filter(room => room.events.userVariablesUpdate)
    for (const member of whoKnow(user, telling)) if (member !== user) hear(member)
  },
  'item-variables-changed': ({ room, item }, hear) => room.mmo?.forEachWhoSeesItem(item, hear),
  'rooms-found': ({ user }, hear) => hear(user),
  'users-found': ({ user }, hear) => hear(user),
  invited: ({ invitation }, hear) => hear(invitation.invitee),
  'invitation-ended': ({ invitation }, hear) => {
    if (invitation.to === undefined) hear(invitation.inviter)
  },
  'buddy-list-ready': ({ user }, hear) => hear(user),
  'buddy-added': ({ user }, hear) => hear(user),
  'buddy-blocked': ({ user }, hear) => hear(user),
  'buddy-removed': ({ user }, hear) => hear(user),
  'buddy-variables-changed': ({ forEachViewer }, hear) => forEachViewer(hear),
  'buddy-state-changed': ({ forEachViewer }, hear) => forEachViewer(hear),
  'buddy-message': ({ sender, recipient }, hear) => {
    hear(recipient)
    hear(sender)
  },
  'extension-message': ({ recipients }, hear) => all(recipients, hear),
  disconnecting: ({ user }, hear) => hear(user),
}

function all(users: Iterable<User>, hear: Hear): void {
  for (const user of users) hear(user)
}

/** Everybody who knows of a user by one of the rooms at least, once. */
function whoKnow(user: User, rooms: readonly Room[]): Iterable<User> {
  const maps = rooms.filter(({ mmo }) => mmo !== undefined)
  if (maps.length === 0) return membersOf(rooms)
  const known = new Set(rooms.filter(({ mmo }) => mmo === undefined).flatMap(room => [...room.users]))
  for (const { mmo } of maps) mmo?.forEachWhoSees(user, viewer => known.add(viewer))
  return known
}

/** Everybody in one of the rooms at least, once. */
function membersOf(rooms: readonly Room[]): Iterable<User> {
  const [only] = rooms
  return only !== undefined && rooms.length === 1
    ? only.users
    : new Set(rooms.flatMap(room => [...room.users]))
}
