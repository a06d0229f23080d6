import assert from 'node:assert/strict'
import type { DomainEvent } from '../../src/domain/event.ts'
import type { Room } from '../../src/domain/room.ts'
import type { ZoneSettings } from '../../src/domain/settings.ts'
import type { User } from '../../src/domain/user.ts'
import type { Zone } from '../../src/domain/zone.ts'
import { Zones } from '../../src/domain/zones.ts'
import { RequestError } from '../../src/errors.ts'
import { zoneSettings } from './settings.ts'

/** One zone, and everything that happens in it. */
export class World {
  readonly events: DomainEvent[] = []
  readonly zone: Zone

  constructor(overrides: Partial<ZoneSettings> = {}) {
    const zone = new Zones([zoneSettings(overrides)], event => this.events.push(event)).zone('Test')
    assert.ok(zone)
    this.zone = zone
  }

  user(name: string, ...rooms: readonly string[]): User {
    const user = this.zone.logIn({ name, privilegeId: 0, properties: new Map() })
    for (const room of rooms) this.join(user, room)
    return user
  }

  room(name: string): Room {
    const room = this.zone.roomByName(name)
    assert.ok(room, `there is no room ${name}`)
    return room
  }

  join(user: User, name: string, asSpectator = false): void {
    const room = this.room(name)
    this.zone.join(user, room, { password: room.password, asSpectator, leave: undefined })
  }

  /** What happened in the course of the work. */
  during(work: () => void): readonly DomainEvent[] {
    const from = this.events.length
    work()
    return this.events.slice(from)
  }
}

/** The names of events in order. */
export const typesOf = (events: readonly DomainEvent[]): string[] => events.map(event => event.type)

/** The work is refused for this reason, with these arguments if given. */
export function refuses(error: string, work: () => void, args?: readonly string[]): void {
  assert.throws(work, thrown => {
    assert.ok(thrown instanceof RequestError)
    assert.equal(thrown.error, error)
    if (args !== undefined) assert.deepEqual(thrown.args, args)
    return true
  })
}
