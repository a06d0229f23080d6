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
    if (room.events.userExit) everybodyIn(room, hear)
  },
  // Once, however many rooms were shared.
  'user-lost': ({ rooms }, hear) => {
    const [only] = rooms
    if (only !== undefined && rooms.length === 1) everybodyIn(only, hear)
    else for (const member of new Set(rooms.flatMap(room => [...room.users]))) hear(member)
  },
  'user-count-changed': ({ subscribers }, hear) => {
    for (const user of subscribers) hear(user)
  },
  'public-message': ({ room }, hear) => everybodyIn(room, hear),
  'private-message': ({ sender, recipient }, hear) => {
    hear(recipient)
    hear(sender)
  },
  disconnecting: ({ user }, hear) => hear(user),
}

function everybodyIn(room: Room, hear: Hear): void {
  for (const user of room.users) hear(user)
}
