import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeServerMessage, PositionReader, readPacket, type ServerMessage, stepsOf } from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import fc from 'fast-check'
import { MmoItem } from '../../src/domain/mmo/mmo-item.ts'
import { type MmoInput, positionStepOf } from '../../src/domain/mmo/mmo-settings.ts'
import { publishViews } from '../../src/domain/mmo/rounds.ts'
import type { User } from '../../src/domain/user.ts'
import type { Zone } from '../../src/domain/zone.ts'
import { Zones } from '../../src/domain/zones.ts'
import { Views } from '../../src/outbox/views.ts'
import { Sfs2xProtocol } from '../../src/protocol/sfs2x.ts'
import { Flusher } from '../../src/session/flush.ts'
import type { Session } from '../../src/session/session.ts'
import { Sessions } from '../../src/session/sessions.ts'
import { FakeConnection } from '../support/fake-connection.ts'
import { mmoRoom } from '../support/mmo.ts'
import { zoneSettings } from '../support/settings.ts'

/** What one client knows by what it was sent. */
class Watcher {
  readonly user: User
  readonly session: Session
  readonly line: FakeConnection
  readonly positions = new Map<string, readonly number[]>()
  readonly view = new Set<string>()
  /** Lengths of the blocks that came since somebody asked. */
  blocks: number[] = []
  restarts = 0
  #reader = new PositionReader<string>()

  constructor(user: User, session: Session, line: FakeConnection) {
    this.user = user
    this.session = session
    this.line = line
  }

  /** Reads what came. */
  read(): void {
    for (const packet of this.line.sends.splice(0).flat()) {
      const { flags, body } = readPacket(packet.bytes, { maxBodyBytes: 1_000_000 })
      assert.equal(flags, 0x80, 'nothing is compressed')
      this.#take(decodeServerMessage(body) as ServerMessage)
    }
  }

  /** The client joins anew. */
  reset(): void {
    this.read()
    this.positions.clear()
    this.view.clear()
    this.#reader = new PositionReader()
  }

  #take({ name, fields }: ServerMessage): void {
    if (name === 'ProximityUpdate') {
      for (const id of fields.removedUserIds ?? []) this.#go(`user${id}`)
      for (const id of fields.removedItemIds ?? []) this.#go(`item${id}`)
      for (const { id } of fields.addedUsers ?? []) this.#come(`user${id}`)
      for (const { id } of fields.addedItems ?? []) this.#come(`item${id}`)
    } else if (name === 'Positions') {
      if (fields.step !== undefined) {
        this.restarts++
        this.#reader.restart(fields.step)
        this.positions.clear()
      }
      this.blocks.push(fields.block.length)
      this.#reader.open(fields.block)
      assert.ok(this.#reader.read((who, ...place) => this.positions.set(who, place)))
    }
  }

  #come(who: string): void {
    assert.ok(!this.view.has(who))
    this.view.add(who)
    this.#reader.come(who)
  }

  #go(who: string): void {
    assert.ok(this.view.delete(who))
    this.positions.delete(who)
    this.#reader.go(who)
  }
}

/** An MMO room whose users are clients that read what they are sent. */
class Plaza {
  readonly zone: Zone
  readonly watchers: Watcher[] = []
  readonly items: MmoItem[] = []
  readonly #sessions: Sessions
  readonly #flusher = new Flusher(
    { now: () => 0 },
    { endOfTurn: () => undefined, after: () => () => undefined },
    0,
  )
  #round = 0
  asked = 0

  constructor(mmo: Partial<MmoInput>, maxRows?: number) {
    const protocol = new Sfs2xProtocol({
      compression: zlibCompression,
      compressionThreshold: 1e6,
      maxRequestBytes: 1e6,
    })
    this.#sessions = new Sessions({
      protocol,
      flusher: this.#flusher,
      owner: {
        onRequest: () => undefined,
        onEs3Frame: () => undefined,
        onProblem: () => undefined,
        onRefusal: () => assert.fail('nobody is refused'),
        onDelivery: () => undefined,
        onLinkLost: () => false,
        onClose: () => undefined,
      },
      maxQueuedBytes: 1e6,
      maxFrozenBytes: 1e6,
    })
    const views = new Views(this.#sessions, maxRows)
    const rooms = [mmoRoom({ streamPositions: true, ...mmo })]
    const [zone] = new Zones([zoneSettings({ rooms })], event => {
      if (event.type === 'views-changed') views.tell(event)
    })
    assert.ok(zone)
    this.zone = zone
    this.map.onChange = () => this.asked++
  }

  get room() {
    const room = this.zone.roomByName('Map')
    assert.ok(room)
    return room
  }

  get map() {
    assert.ok(this.room.mmo)
    return this.room.mmo
  }

  come(streams = true): Watcher {
    const user = this.zone.logIn({ name: '', privilegeId: 0, properties: new Map() })
    const line = new FakeConnection()
    const { session } = this.#sessions.open(line, 0)
    session.streamsPositions = streams
    this.#sessions.bind(session, user)
    const watcher = new Watcher(user, session, line)
    this.watchers.push(watcher)
    this.join(user)
    return watcher
  }

  join(user: User): void {
    this.zone.join(user, this.room, { password: '', asSpectator: false, leave: undefined })
  }

  place(who: User | MmoItem, x: number, y: number, z = 0): void {
    const place = { kind: this.map.coordinates, x, y, z } as const
    if (who instanceof MmoItem) this.map.placeItem(who, place)
    else this.map.place(who, place)
  }

  /** The kernel of a client's line takes more again. */
  unblock(watcher: Watcher): void {
    if (watcher.session.link !== undefined) watcher.session.link.isBlocked = false
  }

  round(passed = 1): void {
    this.#round += passed
    publishViews(this.zone, this.room, this.#round)
    this.#flusher.flush()
    for (const { session } of this.watchers) session.flush()
    for (const watcher of this.watchers) watcher.read()
  }

  /** Everybody whose line takes what it is sent knows exactly where all are whom he sees. */
  check(): void {
    const step = positionStepOf(this.map.settings)
    for (const { user, view, positions, session } of this.watchers) {
      if (session.isBehind || !session.streamsPositions || this.map.positionOf(user) === undefined) continue
      assert.deepEqual(new Set(positions.keys()), view)
      for (const member of this.room.users) this.#checkOne(positions.get(`user${member.id}`), member, step)
      for (const item of this.items) this.#checkOne(positions.get(`item${item.id}`), item, step)
    }
  }

  #checkOne(known: readonly number[] | undefined, who: User | MmoItem, step: number): void {
    const place = this.map.positionOf(who)
    if (known === undefined) return
    assert.ok(place)
    assert.deepEqual(
      known,
      [place.x, place.y, place.z].map(coordinate => stepsOf(coordinate, step) * step),
    )
  }
}

const coordinate = fc.integer({ min: -150, max: 150 })
const walk = fc.record({
  type: fc.constant('walk'),
  who: fc.nat(20),
  dx: fc.integer({ min: -9, max: 9 }),
  dy: fc.nat(9),
})
const other = fc.oneof(
  fc.record({
    type: fc.constant('leap'),
    who: fc.nat(20),
    x: coordinate,
    y: coordinate,
    z: fc.constantFrom(0, 0, 7),
  }),
  fc.record({ type: fc.constant('item'), who: fc.nat(6), x: coordinate, y: coordinate }),
  fc.record({ type: fc.constant('drop'), who: fc.nat(6) }),
  fc.record({ type: fc.constant('come'), x: coordinate, y: coordinate, streams: fc.boolean() }),
  fc.record({ type: fc.constant('rejoin'), who: fc.nat(20), waits: fc.boolean() }),
  fc.record({ type: fc.constant('leave'), who: fc.nat(20) }),
  fc.record({ type: fc.constant('block'), who: fc.nat(20) }),
  fc.record({ type: fc.constant('unblock') }),
)
const rounds = fc.record({ type: fc.constant('round'), passed: fc.integer({ min: 1, max: 90 }) })
const action = fc.oneof(
  { weight: 6, arbitrary: walk },
  { weight: 4, arbitrary: other },
  { weight: 3, arbitrary: rounds },
)
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

const room = fc.record({
  coordinates: fc.constantFrom('int' as const, 'float' as const),
  aoi: fc.constantFrom({ x: 100, y: 80 }, { x: 60, y: 60, z: 20 }),
  leaveFactor: fc.constantFrom(1, 1.5),
  maxVisibleUsers: fc.constantFrom(0, 3),
  sendEntryPoint: fc.boolean(),
  positionStep: fc.constantFrom(0, 0.1, 3),
})

function act(plaza: Plaza, action: Action): void {
  const present = plaza.watchers.filter(({ user }) => plaza.room.has(user))
  const watcher = 'who' in action ? present[action.who % present.length] : undefined
  const place = watcher && plaza.map.positionOf(watcher.user)
  const item = 'who' in action ? plaza.items[action.who] : undefined
  switch (action.type) {
    case 'walk':
      if ('dx' in action && watcher && place)
        plaza.place(watcher.user, place.x + action.dx, place.y + action.dy, place.z)
      return
    case 'leap':
      if ('z' in action && watcher) plaza.place(watcher.user, action.x, action.y, action.z)
      return
    case 'item':
      if (!('x' in action)) return
      if (item === undefined) plaza.items.push(new MmoItem())
      plaza.place(item ?? (plaza.items.at(-1) as MmoItem), action.x, action.y)
      return
    case 'drop':
      if (item !== undefined) plaza.map.remove(item)
      return
    case 'come':
      if ('streams' in action) plaza.place(plaza.come(action.streams).user, action.x, action.y)
      return
    case 'leave':
      if (watcher) plaza.zone.leave(watcher.user, plaza.room)
      return
    case 'rejoin':
      if (!('waits' in action) || watcher === undefined) return
      plaza.unblock(watcher)
      plaza.zone.leave(watcher.user, plaza.room)
      if (action.waits) plaza.round()
      watcher.session.flush()
      watcher.reset()
      plaza.join(watcher.user)
      plaza.place(watcher.user, 0, 0)
      return
    case 'block':
      if (watcher?.session.link) watcher.session.link.isBlocked = true
      return
    case 'unblock':
      for (const each of plaza.watchers) plaza.unblock(each)
      return
    case 'round':
      if ('passed' in action) plaza.round(action.passed)
      plaza.check()
  }
}

test('whatever happens, everybody knows the rounded positions of exactly those he sees [P-13]', () => {
  fc.assert(
    fc.property(
      room,
      fc.array(action, { maxLength: 120 }),
      fc.constantFrom(2, 10_000),
      (mmo, actions, maxRows) => {
        const plaza = new Plaza(mmo, maxRows)
        for (let n = 0; n < 4; n++) plaza.place(plaza.come().user, n * 20, n)
        for (const action of actions) act(plaza, action)
        for (const watcher of plaza.watchers) plaza.unblock(watcher)
        plaza.round()
        plaza.check()
      },
    ),
    { numRuns: 200 },
  )
})

test('who moved is sent in a few bytes to those who see him, and nobody else is sent anything', () => {
  const plaza = new Plaza({})
  const [ann, bob, far] = [plaza.come(), plaza.come(), plaza.come()]
  const stock = plaza.come(false)
  plaza.place(ann.user, 0, 0)
  plaza.place(bob.user, 10, 0)
  plaza.place(stock.user, 20, 0)
  plaza.place(far.user, 1000, 0)
  plaza.round()
  assert.deepEqual([ann.blocks.splice(0), bob.blocks.splice(0)], [[6], [6]])
  plaza.place(ann.user, 3, 4)
  plaza.round()
  // Head, one byte of who, two of how far.
  assert.deepEqual(
    [ann, bob, far, stock].map(({ blocks }) => blocks),
    [[], [4], [], []],
  )
  assert.deepEqual(bob.positions.get(`user${ann.user.id}`), [3, 4, 0])
})

test('a room that does not stream sends no positions', () => {
  const plaza = new Plaza({ streamPositions: false })
  const [ann, bob] = [plaza.come(), plaza.come()]
  plaza.place(ann.user, 0, 0)
  plaza.place(bob.user, 10, 0)
  plaza.round()
  assert.deepEqual([ann.view.size, ann.blocks], [1, []])
})

test('for one whose line takes no more nothing piles up: later he gets the difference, or all anew [P-13.7]', () => {
  for (const [missed, restarts] of [
    [6, 1],
    [7, 2],
  ] as const) {
    const plaza = new Plaza({})
    const [ann, bob] = [plaza.come(), plaza.come()]
    plaza.place(ann.user, 0, 0)
    plaza.place(bob.user, 0, 0)
    plaza.round()
    if (bob.session.link) bob.session.link.isBlocked = true
    for (let n = 1; n <= missed; n++) {
      plaza.place(ann.user, n, 0)
      plaza.asked = 0
      plaza.round()
      assert.equal(plaza.asked, 1, 'there is another round for him')
    }
    assert.equal(bob.session.queuedBytes, 0)
    plaza.unblock(bob)
    plaza.asked = 0
    plaza.round()
    assert.equal(plaza.asked, 0)
    assert.equal(bob.blocks.length, 2)
    assert.equal(bob.restarts, restarts)
    assert.deepEqual(bob.positions.get(`user${ann.user.id}`), [missed, 0, 0])
  }
})
