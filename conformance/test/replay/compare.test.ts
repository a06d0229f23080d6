import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareObjects, translate, uncut } from '../../src/replay/compare.ts'
import { Identities } from '../../src/replay/identities.ts'
import { eventShapes, requestShapes } from '../../src/replay/shapes.ts'
import type { Typed, TypedObject } from '../../src/replay/typed.ts'

const int = (v: number): Typed => ({ t: 'INT', v })
const short = (v: number): Typed => ({ t: 'SHORT', v })
const text = (v: string): Typed => ({ t: 'UTF_STRING', v })
const list = (...v: Typed[]): Typed => ({ t: 'SFS_ARRAY', v })

function paths(recorded: TypedObject, actual: TypedObject, action: number, ids = new Identities()) {
  return compareObjects(recorded, actual, eventShapes({ controller: 0, action }), ids)?.path
}

test('ids may differ as long as they differ everywhere in the same way', () => {
  const ids = new Identities()
  assert.equal(paths({ r: int(4), u: int(42) }, { r: int(7), u: int(0) }, 1004, ids), undefined)
  assert.equal(paths({ r: int(4), u: int(43) }, { r: int(7), u: int(1) }, 1004, ids), undefined)
  assert.equal(paths({ r: int(4), u: int(42) }, { r: int(7), u: int(1) }, 1004, ids), 'u')
  assert.equal(paths({ r: int(5), u: int(42) }, { r: int(7), u: int(0) }, 1004, ids), 'r')
})

test('users and rooms are counted apart', () => {
  const ids = new Identities()
  assert.equal(paths({ r: int(4), u: int(4) }, { r: int(0), u: int(9) }, 1004, ids), undefined)
})

test('a message that does not agree teaches nothing', () => {
  const ids = new Identities()
  assert.equal(paths({ r: int(4), uc: short(1) }, { r: int(7), uc: short(2) }, 1001, ids), 'uc')
  assert.equal(paths({ r: int(4), uc: short(1) }, { r: int(8), uc: short(1) }, 1001, ids), undefined)
})

test('negative ids mean none and are never renamed', () => {
  assert.equal(paths({ r: int(-1) }, { r: int(-1) }, 7), undefined)
  assert.equal(paths({ r: int(-1) }, { r: int(3) }, 7), 'r')
})

test('types are compared exactly, absent and NULL apart', () => {
  assert.equal(paths({ uc: short(1) }, { uc: int(1) }, 1001), 'uc')
  assert.equal(paths({ uc: short(1) }, {}, 1001), 'uc')
  assert.equal(paths({}, { uc: { t: 'NULL', v: null } }, 1001), 'uc')
  assert.equal(paths({ dr: { t: 'BYTE', v: -1 } }, { dr: { t: 'BYTE', v: 255 } }, 1005), undefined)
})

test('a guest is called by his id on both sides', () => {
  const ids = new Identities()
  const login = (name: string, id: number): TypedObject => ({ un: text(name), id: int(id) })
  assert.equal(paths(login('Guest#13', 13), login('Guest#2', 2), 1, ids), undefined)
  assert.equal(paths(login('Guest#13', 13), login('Guest#3', 2), 1), 'id')
  assert.equal(paths(login('Guest#13', 13), login('Visitor#2', 2), 1), 'un')
  assert.equal(paths(login('Ann', 14), login('Ann', 3), 1, ids), undefined)
})

test('users of a room may come in any order, rooms of a login may not', () => {
  const user = (id: number, name: string) => list(int(id), text(name), short(0), short(0), list())
  const join = (...users: Typed[]): TypedObject => ({ ul: list(...users) })
  const swapped = join(user(1, 'Bob'), user(0, 'Ann'))
  assert.equal(paths(join(user(42, 'Ann'), user(43, 'Bob')), swapped, 4), undefined)
  assert.equal(paths(join(user(42, 'Ann'), user(43, 'Cid')), swapped, 4), 'ul{1}')
  assert.equal(paths(join(user(42, 'Ann')), swapped, 4), 'ul')
  const rooms = (...names: string[]): TypedObject => ({
    rl: list(...names.map((n, i) => list(int(i), text(n)))),
  })
  assert.equal(paths(rooms('Lobby', 'Second'), rooms('Second', 'Lobby'), 1), 'rl[0][1]')
})

test('text that the recorder cut agrees with any text of that beginning and length', () => {
  const recorded = { m: text('nnn…(5 chars)') }
  assert.equal(paths(recorded, { m: text('nnnnn') }, 7), undefined)
  assert.equal(paths(recorded, { m: text('nnnn') }, 7), 'm')
  assert.equal(paths(recorded, { m: text('mnnnn') }, 7), 'm')
})

test('a request whose text was cut has its length again', () => {
  assert.deepEqual(uncut({ un: text('nnn…(5 chars)'), r: int(1) }), { un: text('nnnnn'), r: int(1) })
})

test('a request names the ids of this run', () => {
  const ids = new Identities()
  ids.bind('room', 4, 20)
  ids.bind('user', 42, 4)
  const shapes = requestShapes({ controller: 0, action: 7 })
  const request = { t: { t: 'BYTE', v: 0 }, r: int(4), u: int(42), m: text('4') } satisfies TypedObject
  assert.deepEqual(translate(request, shapes, ids), { ...request, r: int(20), u: int(4) })
})

test('an id that nobody had in the recording is nobody here either', () => {
  const ids = new Identities()
  ids.bind('room', 4, 20)
  const leave = (id: number) =>
    translate({ r: int(id) }, requestShapes({ controller: 0, action: 14 }), ids).r?.v
  assert.equal(leave(9999), 9999)
  assert.equal(leave(20), 1_000_020)
  assert.equal(leave(-1), -1)
})

test('an id of a wrong type stays as wrong as it was', () => {
  const ids = new Identities()
  ids.bind('room', 4, 20)
  const shapes = requestShapes({ controller: 0, action: 4 })
  assert.deepEqual(translate({ i: text('4') }, shapes, ids), { i: text('4') })
})

test('lists of ids are renamed one by one', () => {
  const ids = new Identities()
  ids.bind('user', 7, 1)
  const shapes = requestShapes({ controller: 0, action: 300 })
  assert.deepEqual(translate({ iu: { t: 'INT_ARRAY', v: [7, 9] } }, shapes, ids).iu?.v, [1, 9])
})
