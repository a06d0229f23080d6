import type { Room } from '../room.ts'
import type { Zone } from '../zone.ts'

/**
 * Tells the users of an MMO room who came into their view and who left it since the last time [P-6.13.7].
 * @param round  how many intervals of the room's timer have passed
 */
export function publishViews(zone: Zone, room: Room, round: number): void {
  const { mmo } = room
  if (mmo === undefined || zone.room(room.id) !== room) return
  zone.emit({ type: 'views-changed', room, forEachChange: visit => mmo.update(visit), round })
}

/**
 * Takes those out of an MMO room who have set no position for too long [P-6.13.6]. Nobody is told but of the count.
 * @param now  milliseconds
 */
export function endLimbo(zone: Zone, room: Room, now: number): void {
  for (const user of room.mmo?.overdue(now) ?? []) if (room.has(user)) zone.leave(user, room)
}
