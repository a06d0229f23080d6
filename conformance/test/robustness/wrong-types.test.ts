import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeRequest, requests, SFSObject } from '@warren/codec'
import { REQUEST_NAMES, wrongRequests } from '../../src/robustness/wrong-values.ts'
import { Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

test('each key of each request is tried in every wrong type', () => {
  const withKeys = REQUEST_NAMES.filter(name => Object.keys(requests[name].fields).length > 0)
  for (const name of withKeys) {
    const wrong = wrongRequests(name)
    assert.ok(wrong.length >= 18 * Object.keys(requests[name].fields).length, name)
    for (const { what, params } of wrong) {
      const { controller, action } = requests[name]
      const envelope = new SFSObject()
        .putByte('c', controller)
        .putShort('a', action)
        .putSFSObject('p', params)
      assert.ok('problem' in decodeRequest(envelope), `${name}: ${what} is read`)
    }
  }
})

test('a request with a wrong type gets silence or a code of its own, and the line stays usable', async t => {
  const scene = await Scene.open(t, ({ limits }) => ({ limits: { ...limits, requestsPerSecond: 100_000 } }))
  const { client, id } = await scene.player('BH0', 'Wrong')
  const fence = 'no such room'
  for (const name of REQUEST_NAMES) {
    const { controller, action } = requests[name]
    for (const { what, params } of wrongRequests(name)) {
      client.envelope(controller, action, params)
      client.request('JoinRoom', { roomName: fence })
      const message = await client.next()
      // What a stock server does not read it cannot find wrong.
      if (isRemote() && message.name !== 'Failure') continue
      assert.equal(message.name, 'Failure', `${name}: ${what} was answered`)
      if (message.name !== 'Failure' || message.code === 22) continue
      assert.equal(message.action, failingAction(name), `${name}: ${what} failed on another action`)
      assert.equal((await client.expectFailure()).code, 22)
    }
  }
  client.request('JoinRoom', { roomName: 'Lobby' })
  const { users } = await client.find('JoinRoom')
  assert.deepEqual(
    users.map(user => user.id),
    [id],
  )
})

/** The action that failures of a request are told on: a game's are those of any room's creation [P-6.15]. */
function failingAction(name: keyof typeof requests): number {
  return requests[name === 'CreateSFSGame' ? 'CreateRoom' : name].action
}
