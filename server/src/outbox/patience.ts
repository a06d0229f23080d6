import type { SharedEvent } from '../domain/event.ts'
import type { Room } from '../domain/room.ts'

/** The part of the interval of an MMO room for which what is seen there may wait. */
const PART_OF_INTERVAL = 1 / 5

/** And for how many milliseconds at most, however long the interval is. */
const MOST_MILLIS = 50

/**
 * For how long an event may be kept back from those who were told of another of its kind, to tell more in one write, in
 * milliseconds. Where users walk by their variables each sees dozens of changes a second, of which every one would be a
 * write of its own.
 */
export function patienceOf(event: SharedEvent): number {
  switch (event.type) {
    case 'user-variables-changed':
      return event.rooms.length === 1 ? ofRoom(event.rooms[0]) : 0
    case 'item-variables-changed':
      return ofRoom(event.room)
    default:
      return 0
  }
}

function ofRoom(room: Room | undefined): number {
  const interval = room?.mmo?.settings.proximityMillis ?? 0
  return Math.min(interval * PART_OF_INTERVAL, MOST_MILLIS)
}
