import type { EventOf, EventType } from '../domain/event.ts'
import type { Room } from '../domain/room.ts'
import type { User } from '../domain/user.ts'

/** Takes one receiver after the other. */
export type Hear = (user: User) => void

/** Who hears of each event. Exhaustive over the events; nothing else decides about recipients. */
export const AUDIENCE: { readonly [T in EventType]: (event: EventOf<T>, hear: Hear) => void } = {
  'logged-in': ({ user }, hear) => hear(user),
  'logged-out': ({ user }, hear) => hear(user),
  'room-joined': ({ user }, hear) => hear(user),
  'user-entered-room': ({ user, room }, hear) => {
    if (!room.events.userEnter) return
    for (const member of room.users) if (member !== user) hear(member)
  },
  // The leaver is still in the room at that moment and hears it too [P-6.8].
  'user-left-room': ({ room }, hear) => {
    if (room.events.userExit) all(room.users, hear)
  },
  // Once, however many rooms were shared.
  'user-lost': ({ rooms }, hear) => all(membersOf(rooms), hear),
  'user-count-changed': ({ subscribers }, hear) => all(subscribers, hear),
  'public-message': ({ room }, hear) => all(room.users, hear),
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
  'group-subscribed': ({ user }, hear) => hear(user),
  'group-unsubscribed': ({ user }, hear) => hear(user),
  'spectator-became-player': ({ room }, hear) => all(room.users, hear),
  'player-became-spectator': ({ room }, hear) => all(room.users, hear),
  'room-variables-changed': ({ room }, hear) => all(room.users, hear),
  'global-variables-changed': ({ room, subscribers }, hear) => {
    for (const user of subscribers) if (!room.has(user)) hear(user)
  },
  // Where the rooms do not tell of user variables, not even the user himself gets an echo [observed].
  'own-variables-changed': ({ user, rooms }, hear) => {
    if (rooms.length === 0 || rooms.some(room => room.events.userVariablesUpdate)) hear(user)
  },
  'user-variables-changed': ({ user, rooms }, hear) => {
    const telling = rooms.filter(room => room.events.userVariablesUpdate)
    for (const member of membersOf(telling)) if (member !== user) hear(member)
  },
  'rooms-found': ({ user }, hear) => hear(user),
  'users-found': ({ user }, hear) => hear(user),
  'extension-message': ({ recipients }, hear) => all(recipients, hear),
  disconnecting: ({ user }, hear) => hear(user),
}

function all(users: Iterable<User>, hear: Hear): void {
  for (const user of users) hear(user)
}

/** Everybody in one of the rooms at least, once. */
function membersOf(rooms: readonly Room[]): Iterable<User> {
  const [only] = rooms
  return only !== undefined && rooms.length === 1
    ? only.users
    : new Set(rooms.flatMap(room => [...room.users]))
}
