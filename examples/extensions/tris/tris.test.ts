import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from '@warren/server/testing'
import tris from './index.ts'

async function table() {
  const world = await openWorld({
    extension: tris,
    rooms: [{ name: 'Tris', isGame: true, maxUsers: 2, maxSpectators: 5 }],
  })
  const ann = await world.login('Ann')
  const bob = await world.login('Bob')
  await ann.join('Tris')
  await bob.join('Tris')
  const play = async (...cells: readonly (readonly [number, number])[]) => {
    for (const [index, [x, y]] of cells.entries()) await (index % 2 === 0 ? ann : bob).send('move', { x, y })
  }
  return { world, ann, bob, play }
}

const A_WINS = [
  [1, 1],
  [1, 2],
  [2, 1],
  [2, 2],
  [3, 1],
] as const
const TIE = [
  [1, 1],
  [2, 2],
  [3, 3],
  [2, 1],
  [2, 3],
  [1, 3],
  [3, 1],
  [3, 2],
  [1, 2],
] as const

test('a round begins when both are there, and the first player has the first move', async () => {
  const { world, ann, bob } = await table()
  await using _ = world
  await ann.send('ready', {})
  const start = { t: 1, p1i: 1, p1n: 'Ann', p2i: 2, p2n: 'Bob' }
  for (const user of [ann, bob]) assert.deepEqual(user.received('start'), [start])
  await bob.send('ready', {})
  assert.equal(ann.received('start').length, 1)
})

test('three in a row win, and the winner begins the next round', async () => {
  const { world, ann, bob, play } = await table()
  await using _ = world
  await ann.send('ready', {})
  await play(...A_WINS)
  assert.deepEqual(bob.received('move').at(-1), { t: 1, x: 3, y: 1 })
  assert.deepEqual(bob.received('win'), [{ w: 1 }])
  await bob.send('move', { x: 3, y: 3 })
  assert.equal(ann.received('move').length, A_WINS.length)
  await bob.send('restart', {})
  assert.equal(ann.received('start').at(-1)?.t, 1)
})

test('a full board is a tie', async () => {
  const { world, ann, play } = await table()
  await using _ = world
  await ann.send('ready', {})
  await play(...TIE)
  assert.deepEqual([ann.received('tie').length, ann.received('win').length], [1, 0])
})

test('moves out of turn, on taken cells and of spectators are not heard', async () => {
  const { world, ann, bob } = await table()
  await using _ = world
  const cid = await world.login('Cid')
  await cid.join('Tris', { asSpectator: true })
  await ann.send('ready', {})
  await bob.send('move', { x: 1, y: 1 })
  await cid.send('move', { x: 1, y: 1 })
  await ann.send('move', { x: 2, y: 2 })
  await ann.send('move', { x: 3, y: 3 })
  await bob.send('move', { x: 2, y: 2 })
  assert.deepEqual(cid.received('move'), [{ t: 1, x: 2, y: 2 }])
})

test('who watches is told how it stands, and how it ended', async () => {
  const { world, ann, play } = await table()
  await using _ = world
  await ann.send('ready', {})
  await play(...A_WINS.slice(0, 2))
  const cid = await world.login('Cid')
  await cid.join('Tris', { asSpectator: true })
  await cid.send('ready', {})
  const [status] = cid.received('specStatus')
  assert.deepEqual([status?.t, status?.status, status?.p2n], [1, true, 'Bob'])
  assert.deepEqual(status?.board, [
    [1, 0, 0],
    [2, 0, 0],
    [0, 0, 0],
  ])
  await play(...A_WINS.slice(2))
  await cid.send('ready', {})
  assert.equal(cid.received('win').length, 2)
})

test('a player who leaves stops the round, and the next one begins anew', async () => {
  const { world, ann, bob } = await table()
  await using _ = world
  await ann.send('ready', {})
  await ann.send('move', { x: 1, y: 1 })
  await bob.leave('Tris')
  assert.equal(ann.received('stop').length, 1)
  await bob.join('Tris')
  await bob.send('ready', {})
  assert.equal(bob.received('start').at(-1)?.t, 1)
})
