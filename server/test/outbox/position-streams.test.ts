import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MmoItem } from '../../src/domain/mmo/mmo-item.ts'
import { Plaza } from './streaming-plaza.ts'

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
