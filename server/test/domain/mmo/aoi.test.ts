import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Aoi, AoiSettings, Slots } from '../../../src/domain/mmo/aoi.ts'
import { createAoi } from '../../../src/domain/mmo/create-aoi.ts'

const FLAT: AoiSettings = { aoi: { x: 100, y: 100, z: 0 } }

/** A step in words: `Ann +Bob -Cid +(barrel)`. */
function told(aoi: Aoi<string, string>): string[] {
  const lines: string[] = []
  aoi.step(change => {
    const words = [aoi.users.valueAt(change.viewer)]
    const list = (slots: Slots, sign: string, valueAt: (slot: number) => string) => {
      for (let k = 0; k < slots.length; k++) words.push(sign + valueAt(slots.at(k)))
    }
    list(change.usersIn, '+', slot => aoi.users.valueAt(slot))
    list(change.usersOut, '-', slot => aoi.users.valueAt(slot))
    list(change.itemsIn, '+', slot => `(${aoi.items.valueAt(slot)})`)
    list(change.itemsOut, '-', slot => `(${aoi.items.valueAt(slot)})`)
    lines.push(words.join(' '))
  })
  return lines.sort()
}

function userAt(aoi: Aoi<string, string>, name: string, x: number, y = 0, z = 0): number {
  const slot = aoi.users.add(name)
  aoi.users.place(slot, x, y, z)
  return slot
}

test('two users see each other just inside the area and not at its edge [P-6.13]', () => {
  const aoi = createAoi<string, string>(FLAT)
  userAt(aoi, 'Ann', 0)
  const bob = userAt(aoi, 'Bob', 100)
  assert.deepEqual(told(aoi), [])
  aoi.users.place(bob, 99, 0, 5000)
  assert.deepEqual(told(aoi), ['Ann +Bob', 'Bob +Ann'])
  aoi.users.place(bob, 99, -100, 0)
  assert.deepEqual(told(aoi), ['Ann -Bob', 'Bob -Ann'])
})

test('each size of 0 leaves its axis out', () => {
  const aoi = createAoi<string, string>({ aoi: { x: 0, y: 10, z: 10 } })
  userAt(aoi, 'Ann', -1e6, 1, 1)
  userAt(aoi, 'Bob', 1e6, 10, 1)
  userAt(aoi, 'Cid', 1e6, 1, 11)
  assert.deepEqual(told(aoi), ['Ann +Bob', 'Bob +Ann'])
})

test('what comes and goes between two steps is not told', () => {
  const aoi = createAoi<string, string>(FLAT)
  userAt(aoi, 'Ann', 0)
  const bob = userAt(aoi, 'Bob', 500)
  told(aoi)
  aoi.users.place(bob, 1, 0, 0)
  aoi.users.place(bob, 500, 0, 0)
  aoi.users.remove(userAt(aoi, 'Cid', 2))
  assert.deepEqual(told(aoi), [])
})

test('users without a position neither see nor are seen', () => {
  const aoi = createAoi<string, string>({ aoi: { x: 0, y: 0, z: 0 } })
  const ann = userAt(aoi, 'Ann', 0)
  aoi.users.add('Bob')
  assert.deepEqual(told(aoi), [])
  userAt(aoi, 'Cid', 0)
  assert.deepEqual(told(aoi), ['Ann +Cid', 'Cid +Ann'])
  aoi.users.unplace(ann)
  assert.deepEqual(told(aoi), ['Ann -Cid', 'Cid -Ann'])
})

test('somebody removed goes out of sight and hears nothing, and his slot is kept until it was told', () => {
  const aoi = createAoi<string, string>(FLAT)
  userAt(aoi, 'Ann', 0)
  const bob = userAt(aoi, 'Bob', 1)
  told(aoi)
  aoi.users.remove(bob)
  assert.notEqual(userAt(aoi, 'Cid', 2), bob)
  assert.deepEqual(told(aoi), ['Ann +Cid -Bob', 'Cid +Ann'])
  assert.equal(userAt(aoi, 'Dan', 3), bob)
  assert.equal(aoi.users.size, 3)
})

test('items are seen and see nothing', () => {
  const aoi = createAoi<string, string>(FLAT)
  const barrel = aoi.items.add('barrel')
  aoi.items.place(barrel, 0, 0, 0)
  const crate = aoi.items.add('crate')
  aoi.items.place(crate, 0, 0, 0)
  userAt(aoi, 'Ann', 1)
  assert.deepEqual(told(aoi), ['Ann +(barrel) +(crate)'])
  aoi.items.remove(barrel)
  aoi.items.unplace(crate)
  assert.deepEqual(told(aoi), ['Ann -(barrel) -(crate)'])
})

test('a user with a larger area of his own sees users who do not see him', () => {
  const aoi = createAoi<string, string>(FLAT)
  const ann = userAt(aoi, 'Ann', 0)
  userAt(aoi, 'Bob', 150)
  aoi.setAoi(ann, { x: 200, y: 200, z: 0 })
  assert.deepEqual(told(aoi), ['Ann +Bob'])
  aoi.setAoi(ann, undefined)
  assert.deepEqual(told(aoi), ['Ann -Bob'])
})

test('with a leave factor those in view stay in view up to the larger area', () => {
  const aoi = createAoi<string, string>({ ...FLAT, leaveFactor: 1.5 })
  userAt(aoi, 'Ann', 0)
  const bob = userAt(aoi, 'Bob', 120)
  assert.deepEqual(told(aoi), [])
  for (const [x, lines] of [
    [99, ['Ann +Bob', 'Bob +Ann']],
    [149, []],
    [150, ['Ann -Bob', 'Bob -Ann']],
    [149, []],
  ] as const) {
    aoi.users.place(bob, x, 0, 0)
    assert.deepEqual(told(aoi), lines, `at ${x}`)
  }
})

test('with a bound users see the nearest, and of the equally near those with the lower slots', () => {
  const aoi = createAoi<string, string>({ ...FLAT, maxVisible: 2 })
  userAt(aoi, 'Ann', 0)
  for (const [name, x] of [
    ['Bob', 3],
    ['Cid', -3],
    ['Dan', 3],
  ] as const) {
    userAt(aoi, name, x)
  }
  assert.deepEqual(told(aoi), ['Ann +Bob +Cid', 'Bob +Ann +Dan', 'Cid +Ann +Bob', 'Dan +Ann +Bob'])
})

test('a callback may remove those it is told of', () => {
  const aoi = createAoi<string, string>(FLAT)
  const names = ['Ann', 'Bob', 'Cid']
  const slots = names.map(name => userAt(aoi, name, 0))
  const heard: string[] = []
  aoi.step(({ viewer }) => {
    heard.push(aoi.users.valueAt(viewer))
    for (const slot of slots) if (slot !== viewer && heard.length === 1) aoi.users.remove(slot)
  })
  assert.equal(heard.length, 1)
  assert.deepEqual(told(aoi), [
    `${heard[0]} ${names
      .filter(name => name !== heard[0])
      .map(name => `-${name}`)
      .join(' ')}`,
  ])
})

test('a coordinate that is no number is refused', () => {
  const aoi = createAoi<string, string>(FLAT)
  const slot = aoi.users.add('Ann')
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    assert.throws(() => aoi.users.place(slot, 0, bad, 0), RangeError)
  }
  assert.equal(aoi.users.isPlaced(slot), false)
})

test('whoever is near a place is found where he is now, views are as the last step told', () => {
  const aoi = createAoi<string, string>(FLAT)
  const ann = userAt(aoi, 'Ann', 0)
  const bob = userAt(aoi, 'Bob', 50)
  told(aoi)
  aoi.users.place(bob, 1000, 0, 0)
  const names: string[] = []
  const note = (slot: number) => names.push(aoi.users.valueAt(slot))
  aoi.users.forEachNear({ x: 900, y: 0, z: 0 }, { x: 101, y: 1, z: 0 }, note)
  aoi.forEachViewerOfUser(bob, note)
  aoi.forEachUserInView(bob, note)
  assert.deepEqual(names, ['Bob', 'Ann', 'Ann'])
  told(aoi)
  aoi.forEachViewerOfUser(ann, note)
  assert.equal(names.length, 3)
})

test('each is found once, whoever came and went beside him since the last step', () => {
  const aoi = createAoi<string, string>({ aoi: { x: 10, y: 10, z: 10 } })
  const slots = ['Ann', 'Bob', 'Cid', 'Dan'].map(name => userAt(aoi, name, 0))
  for (const [index, x] of [
    [1, 100],
    [0, 50],
    [3, 100],
    [2, 50],
    [1, 0],
  ] as const) {
    aoi.users.place(slots[index] ?? 0, x, 0, 0)
    const names: string[] = []
    aoi.users.forEachNear({ x: 0, y: 0, z: 0 }, { x: 0, y: 0, z: 0 }, slot =>
      names.push(aoi.users.valueAt(slot)),
    )
    assert.deepEqual(names.sort(), ['Ann', 'Bob', 'Cid', 'Dan'])
  }
})
