import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { SightLedger } from '../src/mmo/sight-ledger.ts'
import { Walkers } from '../src/mmo/walkers.ts'
import { AREA, worldOf } from '../src/mmo/world.ts'

const SECOND = 1_000_000
let delays: number[] = []
let ledger: SightLedger

/** Somebody at 0, 0 and somebody a step beyond the edge of his area. */
beforeEach(() => {
  delays = []
  ledger = new SightLedger(2, delay => delays.push(delay))
  ledger.place(0, 0, 0, 0)
  ledger.place(1, AREA.x, 0, 0)
})

/** The one at the edge comes or goes. */
function comes(time: number): void {
  ledger.place(1, AREA.x - 1, 0, time)
}

function goes(time: number): void {
  ledger.place(1, AREA.x, 0, time)
}

/** Both are told. */
function tell(isIn: boolean, time: number): void {
  ledger.tell(0, 1, isIn, time)
  ledger.tell(1, 0, isIn, time)
}

test('exactly at the edge nobody is in view, one unit nearer both see each other [P-6.13.3]', () => {
  assert.equal(ledger.inView, 0)
  assert.equal(ledger.open, 0)
  comes(10)
  assert.equal(ledger.inView, 1)
  assert.equal(ledger.open, 2)
})

test('what is told once counts, with the time since the crossing', () => {
  comes(1000)
  tell(true, 1250)
  goes(2000)
  tell(false, 2100)
  assert.deepEqual(ledger.settle(), { told: 4, lost: 0, doubled: 0, invented: 0 })
  assert.deepEqual(delays, [250, 250, 100, 100])
})

test('what is never told is lost, for the one who was not told', () => {
  comes(1000)
  ledger.tell(0, 1, true, 1250)
  assert.equal(ledger.settle().lost, 1)
})

test('what is told again is doubled', () => {
  comes(1000)
  tell(true, 1250)
  ledger.tell(1, 0, true, 1500)
  assert.deepEqual(ledger.settle(), { told: 2, lost: 0, doubled: 1, invented: 0 })
})

test('somebody who goes without having been told of is doubled', () => {
  ledger.tell(0, 1, false, 100)
  assert.equal(ledger.settle().doubled, 1)
})

test('what never was so is invented', () => {
  const far = new SightLedger(2, delay => delays.push(delay))
  far.place(0, 0, 0, 0)
  far.place(1, 5 * AREA.x, 0, 0)
  far.tell(0, 1, true, 100)
  assert.deepEqual(far.settle(), { told: 0, lost: 0, doubled: 0, invented: 1 })
})

test('who came and went between two rounds need not be told of', () => {
  comes(1000)
  goes(1200)
  assert.equal(ledger.open, 0)
  assert.deepEqual(ledger.settle(), { told: 0, lost: 0, doubled: 0, invented: 0 })
})

test('who stayed in view for long and was never told of is lost, even after he went', () => {
  comes(SECOND)
  goes(4 * SECOND)
  assert.equal(ledger.settle().lost, 2)
})

test('a round that is told late is told of what it found, and what came after is told next', () => {
  comes(1000)
  goes(1300)
  tell(true, 1350)
  assert.equal(ledger.open, 2)
  tell(false, 1600)
  assert.deepEqual(ledger.settle(), { told: 4, lost: 0, doubled: 0, invented: 0 })
  assert.deepEqual(delays, [350, 350, 300, 300])
})

test('a server may know a newer place of one and an older one of another, if it puts that right', () => {
  // Both walk the same way: he who is told of first was in view by his own new place and the other one's old one.
  ledger.place(0, 15, 0, 1000)
  ledger.place(1, AREA.x + 15, 0, 1000)
  tell(true, 1100)
  assert.equal(ledger.settle().invented, 0)
  assert.equal(ledger.settle().lost, 2)
  tell(false, 1350)
  assert.deepEqual(ledger.settle(), { told: 4, lost: 0, doubled: 0, invented: 0 })
})

test('a leap is refused: the book would miss whom it concerns', () => {
  assert.throws(() => ledger.place(1, -AREA.x, 0, 10), /leapt/)
})

test('the book finds the same pairs as comparing all with all, over a random walk', () => {
  const world = worldOf(200)
  const walkers = new Walkers(world)
  const book = new SightLedger(world.users, () => {})
  const places = () =>
    Array.from({ length: world.users }, (_, user) => [walkers.x(user), walkers.y(user)] as const)
  for (let step = 0; step < 50; step++) {
    for (let user = 0; user < world.users; user++) {
      if (step > 0) walkers.walk(user)
      book.place(user, walkers.x(user), walkers.y(user), step)
    }
    const all = places()
    const pairs = all.flatMap(([x, y], a) =>
      all.filter(([u, v], b) => a !== b && Math.abs(x - u) < AREA.x && Math.abs(y - v) < AREA.y),
    )
    assert.equal(book.inView, pairs.length / world.users)
  }
  assert.ok(book.inView > 15 && book.inView < 25, `${book.inView} in view`)
})
