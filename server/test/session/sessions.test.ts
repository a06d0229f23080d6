import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Flusher } from '../../src/session/flush.ts'
import { Sessions } from '../../src/session/sessions.ts'
import { FakeConnection } from '../support/fake-connection.ts'
import { FakeProtocol } from '../support/fake-protocol.ts'

const nothing = () => undefined

function sessions(): Sessions {
  return new Sessions({
    protocol: new FakeProtocol(),
    flusher: new Flusher({ now: () => 0 }, { endOfTurn: nothing, after: () => nothing }, 4),
    owner: {
      onRequest: nothing,
      onEs3Frame: () => undefined,
      onProblem: nothing,
      onRefusal: nothing,
      onDelivery: nothing,
      onLinkLost: () => false,
      onClose: nothing,
    },
    maxQueuedBytes: 100,
    maxFrozenBytes: 100,
  })
}

test('a session is found by its newest token, as long as there is a line [P-5.4]', () => {
  const all = sessions()
  const ann = all.open(new FakeConnection(), 0).session
  const bob = all.open(new FakeConnection(), 0).session
  assert.equal(all.ofToken(''), undefined, 'before the handshake there is no token')
  all.giveToken(ann)
  all.giveToken(bob)
  const { token } = ann
  assert.equal(all.ofToken(token), ann)
  assert.equal(all.ofToken(bob.token), bob)
  all.giveToken(ann)
  assert.equal(all.ofToken(token), undefined)
  assert.equal(all.ofToken(ann.token), ann)
  all.forget(ann)
  assert.equal(all.ofToken(ann.token), undefined)
  assert.equal(all.ofToken(bob.token), bob)
})
