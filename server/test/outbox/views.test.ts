import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sendPublicMessage } from '../../src/domain/messages.ts'
import { publishViews } from '../../src/domain/mmo/rounds.ts'
import type { User } from '../../src/domain/user.ts'
import type { Zone } from '../../src/domain/zone.ts'
import { Zones } from '../../src/domain/zones.ts'
import { Outbox } from '../../src/outbox/outbox.ts'
import { Views } from '../../src/outbox/views.ts'
import { Flusher } from '../../src/session/flush.ts'
import { Sessions } from '../../src/session/sessions.ts'
import { FakeConnection } from '../support/fake-connection.ts'
import { contentOf, FakeProtocol } from '../support/fake-protocol.ts'
import { at, mmoRoom } from '../support/mmo.ts'
import { zoneSettings } from '../support/settings.ts'

/** Users of an MMO room on fake lines. */
class Plaza {
  readonly protocol = new FakeProtocol()
  readonly zone: Zone
  readonly lines = new Map<User, FakeConnection>()
  readonly #sessions: Sessions
  readonly #flusher = new Flusher(
    { now: () => 0 },
    { endOfTurn: () => undefined, after: () => () => undefined },
    0,
  )

  constructor(maxRows?: number) {
    this.#sessions = new Sessions({
      protocol: this.protocol,
      flusher: this.#flusher,
      owner: {
        onRequest: () => undefined,
        onEs3Frame: () => undefined,
        onProblem: () => undefined,
        onRefusal: session => {
          const user = session.identity && this.zone.user(session.identity.id)
          if (user !== undefined) this.zone.remove(user)
        },
        onDelivery: () => undefined,
        onLinkLost: () => false,
        onClose: () => undefined,
      },
      maxQueuedBytes: 10_000,
      maxFrozenBytes: 1000,
    })
    const outbox = new Outbox(this.#sessions, () => this.zone)
    const rooms = [mmoRoom({}, { events: NO_COUNTS })]
    const views = new Views(this.#sessions, maxRows)
    const [zone] = new Zones([zoneSettings({ rooms })], event => {
      if (event.type === 'views-changed' && maxRows !== undefined) views.tell(event)
      else outbox.publish(event)
    })
    assert.ok(zone)
    this.zone = zone
  }

  walker(name: string, x: number): User {
    const user = this.zone.logIn({ name, privilegeId: 0, properties: new Map() })
    const line = new FakeConnection()
    this.lines.set(user, line)
    this.#sessions.bind(this.#sessions.open(line, 0).session, user)
    this.zone.join(user, this.room, { password: '', asSpectator: false, leave: undefined })
    this.room.mmo?.place(user, at(x))
    this.heard(user)
    return user
  }

  get room() {
    const room = this.zone.roomByName('Map')
    assert.ok(room)
    return room
  }

  heard(user: User): unknown[] {
    this.#flusher.flush()
    const packets = this.lines.get(user)?.sends.splice(0).flat() ?? []
    return packets.map(contentOf)
  }
}

const NO_COUNTS = { userEnter: true, userExit: true, userCountChange: false, userVariablesUpdate: true }

test('the row of one who comes into many views is made once', () => {
  const plaza = new Plaza()
  const crowd = Array.from({ length: 20 }, (_, n) => plaza.walker(`user${n}`, n))
  const before = plaza.protocol.encoded
  publishViews(plaza.zone, plaza.room, 1)
  // 20 rows, and 20 packets of 19 rows each.
  assert.equal(plaza.protocol.encoded - before, 40)
  for (const user of crowd) {
    const [update] = plaza.heard(user) as { addedUsers: unknown[] }[]
    assert.equal(update?.addedUsers.length, 19)
  }
})

test('users whose view did not change get nothing', () => {
  const plaza = new Plaza()
  const [ann, bob, far] = [plaza.walker('Ann', 0), plaza.walker('Bob', 1), plaza.walker('Far', 1000)]
  publishViews(plaza.zone, plaza.room, 1)
  for (const user of [ann, bob]) assert.equal(plaza.heard(user).length, 1)
  assert.deepEqual(plaza.heard(far), [])
  publishViews(plaza.zone, plaza.room, 1)
  for (const user of [ann, bob, far]) assert.deepEqual(plaza.heard(user), [])
})

test('a line that breaks while a round is told costs its own user only, and is told of in the next', () => {
  const plaza = new Plaza()
  const crowd = Array.from({ length: 10 }, (_, n) => plaza.walker(`user${n}`, n))
  const [slow, ...others] = crowd
  const line = slow && plaza.lines.get(slow)
  assert.ok(slow && line)
  line.takesMore = false
  sendPublicMessage(plaza.zone, slow, plaza.room, 'The last that it takes', undefined)
  plaza.heard(slow)
  // What waits for it is as much as may: the next packet is too much.
  sendPublicMessage(plaza.zone, slow, plaza.room, 'x'.repeat(9900), undefined)
  publishViews(plaza.zone, plaza.room, 1)
  assert.equal(plaza.zone.user(slow.id), undefined)
  for (const user of others) {
    const [update] = plaza.heard(user) as { addedUsers: unknown[] }[]
    assert.equal(update?.addedUsers.length, 9)
  }
  publishViews(plaza.zone, plaza.room, 1)
  for (const user of others) {
    assert.deepEqual(plaza.heard(user), [{ roomId: plaza.room.id, removedUserIds: [slow.id] }])
  }
})

test('more than a packet should hold comes in several', () => {
  const plaza = new Plaza(4)
  const crowd = Array.from({ length: 11 }, (_, n) => plaza.walker(`user${n}`, n))
  publishViews(plaza.zone, plaza.room, 1)
  const [ann, ...others] = crowd
  assert.ok(ann)
  const rows = (plaza.heard(ann) as { addedUsers: unknown[] }[]).map(({ addedUsers }) => addedUsers.length)
  assert.deepEqual(rows, [4, 4, 2])
  for (const user of others) plaza.room.mmo?.place(user, at(1000))
  publishViews(plaza.zone, plaza.room, 1)
  const gone = (plaza.heard(ann) as { removedUserIds: number[] }[]).flatMap(
    ({ removedUserIds }) => removedUserIds,
  )
  assert.deepEqual(gone.length, 10)
})
