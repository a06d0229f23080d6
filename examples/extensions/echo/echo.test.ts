import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { openWorld } from '@warren/server/testing'
import echo from './index.ts'

test('an object comes back with all its types', async () => {
  await using world = await openWorld({ extension: echo })
  const kermit = await world.login('Kermit')
  const sent = new SFSObject()
    .putByte('b', 200)
    .putLong('l', 2n ** 62n)
    .putFloatArray('f', [0.5, 1.5])
  const answer = await kermit.call('echo', sent)
  assert.equal(answer.getByte('b'), 200)
  assert.equal(answer.getLong('l'), 2n ** 62n)
  assert.deepEqual(answer.getFloatArray('f'), [0.5, 1.5])
})

test('words come back later, and not much later', async () => {
  await using world = await openWorld({ extension: echo, config: { maxSeconds: 3 } })
  const kermit = await world.login('Kermit')
  let answer: { readonly text: string } | undefined
  const answered = kermit.call('later', { text: 'soon', seconds: 2.5 }).then(value => {
    answer = value
  })
  await world.advance(2499)
  assert.equal(answer, undefined)
  await world.advance(1)
  await answered
  assert.deepEqual(answer, { text: 'soon' })
  await assert.rejects(kermit.call('later', { text: 'never', seconds: 3.5 }), { code: 'too-long' })
})

test('a shout is heard in the room, and only there', async () => {
  await using world = await openWorld({ extension: echo, rooms: ['Lobby', 'Attic'] })
  const kermit = await world.login('Kermit')
  const piggy = await world.login('Piggy')
  const gonzo = await world.login('Gonzo')
  await kermit.send('shout', { text: 'hello?' })
  assert.deepEqual(
    kermit.failures.map(({ code }) => code),
    ['no-room'],
  )
  await kermit.join('Lobby')
  await piggy.join('Lobby')
  await gonzo.join('Attic')
  await kermit.send('shout', { text: 'hello!' })
  const heard = [{ by: 'Kermit', text: 'hello!' }]
  assert.deepEqual(kermit.received('shouted'), heard)
  assert.deepEqual(piggy.received('shouted'), heard)
  assert.deepEqual(gonzo.received('shouted'), [])
  assert.deepEqual(world.faults, {})
})

test('words have bounds', async () => {
  await using world = await openWorld({ extension: echo })
  const kermit = await world.login('Kermit')
  const tooMuch = new SFSObject().putUtfString('text', 'x'.repeat(201))
  await assert.rejects(kermit.callRaw('shout', tooMuch), { code: 'invalid-params', path: 'text' })
})
