import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import {
  type Cipher,
  decodePacket,
  encodePacket,
  encryptPacket,
  PacketFlags,
  PacketSplitter,
  readPacket,
} from '../src/index.ts'
import { aesCipher, zlibCompression } from '../src/node.ts'

const xor: Cipher = {
  encrypt: bytes => bytes.map(byte => byte ^ 0x5a),
  decrypt: bytes => bytes.map(byte => byte ^ 0x5a),
}
const limits = { maxBodyBytes: 500_000 }
const options = { compression: zlibCompression, compressionThreshold: 1024 }
const reading = { compression: zlibCompression, maxInflatedBytes: 500_000 }

describe('packet stages', () => {
  test('bodies are compressed strictly above the threshold', () => {
    assert.equal(encodePacket(new Uint8Array(1024), options)[0], 0x80)
    assert.equal(encodePacket(new Uint8Array(1025), options)[0], 0xa0)
    assert.equal(encodePacket(new Uint8Array(5000))[0], 0x80)
  })

  test('a compressed and encrypted body comes back', () => {
    const body = new Uint8Array(3000).fill(65)
    const { flags, body: sent } = readPacket(encodePacket(body, { ...options, cipher: xor }), limits)
    assert.equal(flags, PacketFlags.BINARY | PacketFlags.COMPRESSED | PacketFlags.ENCRYPTED)
    assert.deepEqual(Uint8Array.from(decodePacket(flags, sent, { ...reading, cipher: xor })), body)
  })

  test('a zlib bomb is refused at the cap, however small it is', () => {
    const bomb = deflateSync(new Uint8Array(5_000_000))
    assert.ok(bomb.length < 10_000)
    assert.throws(() => decodePacket(0xa0, bomb, reading), {
      name: 'PacketError',
      reason: 'inflated-too-large',
    })
    assert.equal(decodePacket(0xa0, deflateSync(new Uint8Array(500_000)), reading).length, 500_000)
    assert.throws(() => decodePacket(0xa0, deflateSync(new Uint8Array(500_001)), reading), {
      reason: 'inflated-too-large',
    })
  })

  test('broken and cut zlib streams are refused', () => {
    const stream = deflateSync(new Uint8Array(1000).fill(7))
    for (const broken of [new Uint8Array(0), Uint8Array.of(0, 0x11, 0x22, 0x33), stream.subarray(0, 8)]) {
      assert.throws(() => decodePacket(0xa0, broken, reading), {
        name: 'PacketError',
        reason: 'inflate-failed',
      })
    }
  })

  test('flags that nobody can serve are refused, unknown bits are ignored', () => {
    const body = Uint8Array.of(1)
    assert.throws(() => decodePacket(0xc0, body, reading), { reason: 'no-cipher' })
    assert.throws(() => decodePacket(0xa0, body, { maxInflatedBytes: 10 }), { reason: 'no-compression' })
    for (const flags of [0, 0x87, 0x90, 0x88]) assert.equal(decodePacket(flags, body, reading), body)
  })
})

describe('encryption [P-1.4]', () => {
  const secret = Uint8Array.from({ length: 32 }, (_, at) => at)
  const cipher = aesCipher(secret)
  const small = { maxBodyBytes: 100 }

  test('every body starts anew, so equal bodies are equal ciphertexts', () => {
    const body = new Uint8Array(40).fill(3)
    assert.deepEqual(cipher.encrypt(body), cipher.encrypt(body))
    assert.equal(cipher.encrypt(body).length, 48)
    assert.equal(cipher.encrypt(new Uint8Array(48)).length, 64)
    assert.deepEqual(Uint8Array.from(cipher.decrypt(cipher.encrypt(body))), body)
  })

  test('a packet that was made for all is encrypted for one as if it had been made for him', () => {
    for (const length of [0, 1, 1024, 1025, 32_700, 40_000]) {
      const body = Uint8Array.from({ length }, (_, at) => (at * 7919) >> 3)
      assert.deepEqual(
        encryptPacket(encodePacket(body, options), cipher),
        encodePacket(body, { ...options, cipher }),
      )
    }
  })

  test('what was not encrypted with that key is refused', () => {
    const sent = cipher.encrypt(new Uint8Array(40))
    const other = aesCipher(secret.map(byte => byte ^ 1))
    for (const broken of [new Uint8Array(0), sent.subarray(0, 15), sent.subarray(0, 32)]) {
      assert.throws(() => cipher.decrypt(broken), { name: 'PacketError', reason: 'decrypt-failed' })
    }
    assert.throws(() => other.decrypt(sent), { reason: 'decrypt-failed' })
    assert.throws(() => aesCipher(secret.subarray(1)), RangeError)
  })

  test('the limit is on the body before it was encrypted', () => {
    const most = encodePacket(new Uint8Array(100), { cipher })
    const { flags, body } = readPacket(most, small)
    assert.equal(decodePacket(flags, body, { cipher, maxInflatedBytes: 100 }).length, 100)
    const bodies: number[] = []
    new PacketSplitter(small).push(most, (_flags, { length }) => bodies.push(length))
    assert.deepEqual(bodies, [112])

    const longer = readPacket(encodePacket(new Uint8Array(101), { cipher }), small)
    assert.throws(() => decodePacket(longer.flags, longer.body, { cipher, maxInflatedBytes: 100 }), {
      reason: 'message-too-large',
    })
    const tooLong = encodePacket(new Uint8Array(112), { cipher })
    assert.throws(() => readPacket(tooLong, small), { reason: 'message-too-large' })
    assert.throws(() => new PacketSplitter(small).push(tooLong, () => undefined), {
      reason: 'message-too-large',
    })
  })
})
