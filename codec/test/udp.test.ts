import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  decodeUdpRequest,
  encodeUdpInitReply,
  encodeUdpMessage,
  renumberUdpMessage,
  SFSObject,
} from '../src/index.ts'
import { bytesOf, hexOf } from './support/hex.ts'
import { vectors } from './support/vectors.ts'

const body = (name: string): Uint8Array =>
  bytesOf(vectors.find(vector => vector.name.startsWith(`constructed/${name}`))?.hex.slice(6) ?? '')

describe('datagrams', () => {
  test('the request to map an address has a user and a packet number', () => {
    assert.deepEqual(decodeUdpRequest(body('UDP init request')), { name: 'Init', userId: 42, packetId: 0n })
  })

  test('an extension call has no action', () => {
    const call = decodeUdpRequest(body('UDP extension request'))
    assert.ok('name' in call && call.name === 'CallExtension')
    assert.deepEqual(
      [call.userId, call.packetId, call.fields.command, call.fields.roomId],
      [42, 1n, 'move', -1],
    )
    assert.equal(call.fields.params.getInt('x'), 5)
  })

  test('what is missing or wrong is a problem that names it', () => {
    const call = (): SFSObject => {
      const params = new SFSObject().putUtfString('c', 'move').putSFSObject('p', new SFSObject())
      return new SFSObject().putByte('c', 1).putInt('u', 1).putLong('i', 1).putSFSObject('p', params)
    }
    const outcome = (root: SFSObject): string => {
      const decoded = decodeUdpRequest(root)
      return 'problem' in decoded ? `${decoded.problem} ${decoded.path}` : 'ok'
    }
    assert.equal(outcome(call()), 'ok')
    assert.equal(outcome(call().putByte('c', 0)), 'unknown-controller c')
    assert.equal(outcome(call().putLong('u', 1)), 'wrong-type u')
    assert.equal(outcome(call().putInt('i', 1)), 'wrong-type i')
    assert.equal(outcome(call().putSFSObject('p', new SFSObject())), 'missing-key p.c')
    const noUser = call()
    noUser.remove('u')
    assert.equal(outcome(noUser), 'missing-key u')
    const malformed = decodeUdpRequest(Uint8Array.of(1, 2, 3))
    assert.ok('problem' in malformed && malformed.problem === 'malformed')
  })

  test('answers are as the real server writes them', () => {
    assert.equal(hexOf(encodeUdpInitReply()), '12000300016103000000016302010001680201')
    const message = { command: 'uecho', params: new SFSObject().putInt('x', 2) }
    assert.equal(encodeUdpMessage(message, 1n).length, 57)
  })

  test('a message that several get is numbered for each without being written anew', () => {
    const message = { command: 'c', params: new SFSObject().putInt('x', 2), roomId: 7 }
    const first = encodeUdpMessage(message, 0n)
    const before = hexOf(first)
    for (const id of [0, 1, 255, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1]) {
      assert.equal(hexOf(renumberUdpMessage(first, id)), hexOf(encodeUdpMessage(message, BigInt(id))))
    }
    assert.equal(hexOf(first), before)
  })
})
