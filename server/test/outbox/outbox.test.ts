import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { sendPrivateMessage, sendPublicMessage } from '../../src/domain/messages.ts'
import type { User } from '../../src/domain/user.ts'
import type { Zone } from '../../src/domain/zone.ts'
import { Zones } from '../../src/domain/zones.ts'
import { Outbox } from '../../src/outbox/outbox.ts'
import { Flusher } from '../../src/session/flush.ts'
import { Sessions } from '../../src/session/sessions.ts'
import type { OutgoingPacket } from '../../src/transport/connection.ts'
import { FakeConnection } from '../support/fake-connection.ts'
import { contentOf, FakeProtocol } from '../support/fake-protocol.ts'
import { roomSettings, zoneSettings } from '../support/settings.ts'

/** A zone with users on fake lines. */
class House {
  readonly protocol = new FakeProtocol()
  readonly flusher = new Flusher(
    { now: () => 0 },
    { endOfTurn: () => undefined, after: () => () => undefined },
    0,
  )
  readonly zone: Zone
  readonly #sessions: Sessions
  readonly #lines = new Map<User, FakeConnection>()

  constructor(rooms = [roomSettings({ name: 'Lobby' }), roomSettings({ name: 'Hall' })]) {
    this.#sessions = new Sessions({
      protocol: this.protocol,
      flusher: this.flusher,
      owner: {
        onRequest: () => undefined,
        onEs3Frame: () => undefined,
        onProblem: () => undefined,
        onRefusal: () => undefined,
        onDelivery: () => undefined,
        onLinkLost: () => false,
        onClose: () => undefined,
      },
      maxQueuedBytes: 1_000_000,
      maxFrozenBytes: 1000,
    })
    const outbox = new Outbox(this.#sessions, () => this.zone)
    const [zone] = new Zones([zoneSettings({ rooms })], event => outbox.publish(event))
    assert.ok(zone)
    this.zone = zone
  }

  user(name: string, ...rooms: string[]): User {
    const user = this.zone.logIn({ name, privilegeId: 0, properties: new Map() })
    const line = new FakeConnection()
    this.#lines.set(user, line)
    this.#sessions.bind(this.#sessions.open(line, 0).session, user)
    for (const room of rooms) this.join(user, room)
    return user
  }

  join(user: User, name: string): void {
    const room = this.zone.roomByName(name)
    assert.ok(room)
    this.zone.join(user, room, { password: '', asSpectator: false, leave: undefined })
  }

  /** What the user got since the last call. */
  heard(user: User): OutgoingPacket[] {
    this.flusher.flush()
    return this.#lines.get(user)?.sends.splice(0).flat() ?? []
  }

  /** The same as message names. */
  names(user: User): string[] {
    return this.heard(user).map(packet => (contentOf(packet) as { name: string }).name)
  }
}

let house: House
beforeEach(() => {
  house = new House()
})

describe('the outbox', () => {
  test('encodes a message once and gives all receivers the same packet', () => {
    const users = ['ann', 'bob', 'cas'].map(name => house.user(name, 'Lobby'))
    const [ann] = users
    assert.ok(ann)
    for (const user of users) house.heard(user)
    const before = house.protocol.encoded
    const lobby = house.zone.roomByName('Lobby')
    assert.ok(lobby)
    sendPublicMessage(house.zone, ann, lobby, 'hi', undefined)
    assert.equal(house.protocol.encoded, before + 1)
    const packets = users.map(user => house.heard(user))
    assert.deepEqual(
      packets.map(each => each.length),
      [1, 1, 1],
    )
    assert.equal(new Set(packets.flat()).size, 1)
  })

  test('encodes nothing that nobody hears', () => {
    const ann = house.user('ann')
    const before = house.protocol.encoded
    house.zone.remove(ann)
    assert.equal(house.protocol.encoded, before)
  })

  test('tells the newcomer, the others and the subscribers of a join, in that order on each line', () => {
    const ann = house.user('ann', 'Lobby')
    const bob = house.user('bob')
    const cas = house.user('cas')
    for (const user of [ann, bob, cas]) house.heard(user)
    house.join(bob, 'Lobby')
    assert.deepEqual(house.names(bob), ['JoinRoom', 'UserCountChange'])
    assert.deepEqual(house.names(ann), ['UserEnterRoom', 'UserCountChange'])
    assert.deepEqual(house.names(cas), ['UserCountChange'])
  })

  test('tells the leaver too, and a lost user is told of once to those who shared two rooms', () => {
    const ann = house.user('ann', 'Lobby', 'Hall')
    const bob = house.user('bob', 'Lobby', 'Hall')
    house.heard(ann)
    house.heard(bob)
    const hall = house.zone.roomByName('Hall')
    assert.ok(hall)
    house.zone.leave(bob, hall)
    assert.deepEqual(house.names(bob), ['UserExitRoom', 'UserCountChange'])
    house.join(bob, 'Hall')
    house.heard(ann)
    house.zone.remove(bob)
    assert.deepEqual(house.names(ann), ['UserLost', 'UserCountChange', 'UserCountChange'])
  })

  test('keeps to what a room does not tell', () => {
    const silent = { userEnter: false, userExit: false, userCountChange: false, userVariablesUpdate: false }
    house = new House([roomSettings({ name: 'Lobby', events: silent })])
    const ann = house.user('ann', 'Lobby')
    house.heard(ann)
    const bob = house.user('bob', 'Lobby')
    assert.deepEqual(house.names(bob), ['JoinRoom'])
    const lobby = house.zone.roomByName('Lobby')
    assert.ok(lobby)
    house.zone.leave(bob, lobby)
    assert.deepEqual(house.names(bob), [])
    assert.deepEqual(house.names(ann), [])
  })

  test('a private message goes to both, with the sender’s row when they share no room', () => {
    const ann = house.user('ann', 'Lobby')
    const bob = house.user('bob', 'Lobby')
    house.heard(ann)
    house.heard(bob)
    const sender = () => {
      sendPrivateMessage(house.zone, ann, bob.id, 'psst', undefined)
      const [toBob] = house.heard(bob)
      const [toAnn] = house.heard(ann)
      assert.ok(toBob)
      assert.equal(toAnn, toBob)
      return (contentOf(toBob) as { fields: { sender?: { name: string } } }).fields.sender
    }
    assert.equal(sender(), undefined)
    const lobby = house.zone.roomByName('Lobby')
    assert.ok(lobby)
    house.zone.leave(bob, lobby)
    house.heard(bob)
    house.heard(ann)
    assert.equal(sender()?.name, 'ann')
  })
})
