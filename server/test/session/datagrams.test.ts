import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeObject, encodePacket, encodeRequest, framePacket, SFSObject } from '@warren/codec'
import { aesCipher, zlibCompression } from '@warren/codec/node'
import fc from 'fast-check'
import { defineExtension } from '../../src/extension/definition.ts'
import { TestServer } from '../../src/internal.ts'
import type { CloseReason, Connection, ConnectionHandler } from '../../src/transport/connection.ts'
import { zoneSettings } from '../support/settings.ts'

/** A line that swallows what it is sent. */
class Line implements Connection {
  readonly transport = 'tcp'
  readonly framing = 'stream'
  readonly bufferedBytes = 0
  readonly remoteAddress: string
  sent = 0
  handler: ConnectionHandler | undefined

  constructor(remoteAddress: string) {
    this.remoteAddress = remoteAddress
  }

  send(): boolean {
    this.sent++
    return true
  }
  allowMessage(): boolean {
    return true
  }
  established(): void {}
  close(reason: CloseReason): void {
    this.handler?.onClose(reason)
  }
  destroy(reason: CloseReason): void {
    this.close(reason)
  }
}

interface Sent {
  readonly bytes: Uint8Array
  readonly address: string
  readonly port: number
}

/** A server with users, and the datagrams that it sent. */
class Rig {
  readonly server: TestServer
  readonly sent: Sent[] = []
  calls = 0
  takesMore = true

  private constructor(options: Partial<ConstructorParameters<typeof TestServer>[0]>) {
    const zones = [zoneSettings(), zoneSettings({ name: 'Secret', isEncrypted: true })]
    this.server = new TestServer({
      ...options,
      zones: zones.map(zone => ({ ...zone, extensions: [{ name: 'count', config: {} }] })),
      extensions: {
        count: defineExtension({
          requests: { count: {} },
          init: ({ handle }) => handle({ count: () => void this.calls++ }),
        }),
      },
    })
    this.server.core.datagrams.open((bytes, address, port) => {
      if (this.takesMore) this.sent.push({ bytes, address, port })
      return this.takesMore
    })
  }

  static async start(options: Partial<ConstructorParameters<typeof TestServer>[0]> = {}): Promise<Rig> {
    const rig = new Rig(options)
    await rig.server.start()
    return rig
  }

  /** A user on a line from an address, with the key of the session if it has one. */
  logIn(address: string, withKey = false): { id: number; line: Line; secret: Uint8Array | undefined } {
    const line = new Line(address)
    const handler = this.server.accept(line)
    line.handler = handler
    handler.onBytes(framePacket(encodeRequest('Handshake', { apiVersion: '1.7.5' })))
    const { sessions } = this.server.core
    const session = [...sessions].at(-1)
    assert.ok(session)
    const secret = withKey ? this.server.core.giveKey(session.token) : undefined
    const login = encodeRequest('Login', {
      zoneName: withKey ? 'Secret' : 'Test',
      userName: '',
      password: '',
    })
    handler.onBytes(encodePacket(login, secret === undefined ? {} : { cipher: aesCipher(secret) }))
    return { id: session.identity?.id ?? assert.fail('the login failed'), line, secret }
  }

  receive(bytes: Uint8Array, address: string, port: number): void {
    this.server.core.datagrams.receive(bytes, address, port)
  }

  refused(reason: string): number {
    return this.server.counters.refusals.get(reason) ?? 0
  }
}

function initOf(userId: number, secret?: Uint8Array): Uint8Array {
  const root = new SFSObject().putByte('c', 1).putByte('h', 1).putLong('i', 0).putInt('u', userId)
  return encodePacket(encodeObject(root), secret === undefined ? {} : { cipher: aesCipher(secret) })
}

function callOf(userId: number, packetId: number): Uint8Array {
  const call = new SFSObject().putUtfString('c', 'count').putInt('r', -1).putSFSObject('p', new SFSObject())
  const root = new SFSObject().putByte('c', 1).putInt('u', userId).putLong('i', packetId)
  return encodePacket(encodeObject(root.putSFSObject('p', call)))
}

test('an address is mapped from where the line comes, however the socket writes it [P-9.2]', async () => {
  const rig = await Rig.start()
  const { id } = rig.logIn('10.0.0.1')
  for (const address of ['10.0.0.2', '::ffff:10.0.0.2', '::1']) rig.receive(initOf(id), address, 5)
  assert.deepEqual(rig.sent, [])
  rig.receive(initOf(id), '::ffff:10.0.0.1', 5)
  assert.deepEqual(
    rig.sent.map(({ address, port }) => [address, port]),
    [['::ffff:10.0.0.1', 5]],
  )
})

test('an answer is shorter than the request for it, so that nobody is flooded by it [P-9.9]', async () => {
  const rig = await Rig.start()
  const plain = rig.logIn('10.0.0.1')
  const keyed = rig.logIn('10.0.0.2', true)
  for (const [{ id, secret }, address] of [
    [plain, '10.0.0.1'],
    [keyed, '10.0.0.2'],
  ] as const) {
    const init = initOf(id, secret)
    rig.receive(init, address, 1)
    const answer = rig.sent.pop()
    assert.ok(answer !== undefined && answer.bytes.length < init.length)
  }
})

test('somebody who pretends to be at the address of a line cannot call, nor move the mapping [P-9.3]', async () => {
  const rig = await Rig.start()
  const { id } = rig.logIn('10.0.0.1')
  const { id: other } = rig.logIn('10.0.0.1')
  rig.receive(initOf(id), '10.0.0.1', 1)
  for (const port of [2, 3, 4]) {
    rig.receive(initOf(id), '10.0.0.1', port)
    rig.receive(callOf(id, port), '10.0.0.1', port)
  }
  rig.receive(initOf(other), '10.0.0.1', 1)
  assert.equal(rig.sent.length, 1)
  assert.equal(rig.calls, 0)
  assert.equal(rig.refused('datagram-not-bound'), 7)
  rig.receive(callOf(id, 1), '10.0.0.1', 1)
  assert.equal(rig.calls, 1)
})

test('mappings go with their sessions, whatever ends them [P-9.7]', async () => {
  const rig = await Rig.start()
  const { datagrams } = rig.server.core
  const users = [1, 2, 3].map(port => {
    const user = rig.logIn('10.0.0.1', port === 3)
    rig.receive(initOf(user.id, user.secret), '10.0.0.1', port)
    return user
  })
  assert.equal(datagrams.size, 3)
  users[0]?.line.close('client')
  users[1]?.line.destroy('slow-client')
  users[2]?.line.close('lost')
  assert.equal(datagrams.size, 0)
})

test('keys of strangers are tried on short datagrams only, and on few sessions [P-9.8]', async () => {
  const rig = await Rig.start()
  for (let index = 0; index < 32; index++) rig.logIn('10.0.0.1', true)
  const { id, secret } = rig.logIn('10.0.0.1', true)
  rig.receive(initOf(id, secret), '10.0.0.1', 1)
  assert.equal(rig.sent.length, 0)
  const elsewhere = rig.logIn('10.0.0.2', true)
  rig.receive(initOf(elsewhere.id, elsewhere.secret), '10.0.0.2', 1)
  assert.equal(rig.sent.length, 1)
  // A client that asks again has its turn.
  rig.receive(initOf(id, secret), '10.0.0.1', 1)
  assert.equal(rig.sent.length, 2)
  const padded = new SFSObject()
    .putByte('c', 1)
    .putByte('h', 1)
    .putLong('i', 0)
    .putUtfString('x', 'y'.repeat(99))
  const third = rig.logIn('10.0.0.3', true)
  const cipher = aesCipher(third.secret ?? new Uint8Array())
  rig.receive(encodePacket(encodeObject(padded.putInt('u', third.id)), { cipher }), '10.0.0.3', 1)
  assert.equal(rig.sent.length, 2)
})

test('a stranger cannot make the server inflate or decrypt what is no request for a mapping [P-9.9]', async () => {
  const rig = await Rig.start()
  const { id } = rig.logIn('10.0.0.1')
  const packed = encodePacket(new Uint8Array(100_000), {
    compression: zlibCompression,
    compressionThreshold: 100,
  })
  assert.ok(packed.length < 128 + 100)
  rig.receive(packed, '10.0.0.1', 1)
  rig.receive(callOf(id, 1), '10.0.0.1', 1)
  assert.equal(rig.refused('datagram-not-bound'), 2)
  rig.receive(initOf(id), '10.0.0.1', 1)
  const long = new SFSObject().putUtfString('s', 'x'.repeat(4000))
  const call = new SFSObject().putUtfString('c', 'count').putInt('r', -1).putSFSObject('p', long)
  const root = new SFSObject().putByte('c', 1).putInt('u', id).putLong('i', 1).putSFSObject('p', call)
  const compressed = { compression: zlibCompression, compressionThreshold: 1024 }
  rig.receive(encodePacket(encodeObject(root), compressed), '10.0.0.1', 1)
  assert.equal(rig.calls, 1)
  rig.receive(encodePacket(new Uint8Array(65_537), compressed), '10.0.0.1', 1)
  assert.equal(rig.refused('datagram-malformed'), 1)
})

test('a user has a rate of his own, and strangers share one [P-9.6]', async () => {
  const rig = await Rig.start({ datagramsPerSecond: 10, strangeDatagramsPerSecond: 5 })
  const { id } = rig.logIn('10.0.0.1')
  rig.receive(initOf(id), '10.0.0.1', 1)
  for (let index = 0; index < 100; index++) rig.receive(initOf(id), '10.0.0.9', index)
  assert.equal(rig.refused('datagram-rate'), 91)
  for (let index = 0; index < 100; index++) rig.receive(callOf(id, index), '10.0.0.1', 1)
  assert.equal(rig.calls, 20)
  await rig.server.advance(1000)
  for (let index = 100; index < 200; index++) rig.receive(callOf(id, index), '10.0.0.1', 1)
  assert.equal(rig.calls, 30)
})

test('a message that the socket does not take goes by the line, and loses no number [P-9.5]', async () => {
  const rig = await Rig.start()
  const { id, line } = rig.logIn('10.0.0.1')
  rig.receive(initOf(id), '10.0.0.1', 1)
  const { api } = rig.server.core
  const zone = api.zone('Test')
  const user = zone.user(id)
  assert.ok(user)
  const send = () => api.send(zone, 'c', new SFSObject(), [user], undefined, { udp: true })
  await rig.server.settle()
  const before = line.sent
  rig.takesMore = false
  send()
  await rig.server.settle()
  assert.equal(line.sent, before + 1)
  rig.takesMore = true
  send()
  await rig.server.settle()
  assert.equal(line.sent, before + 1)
  assert.equal(rig.sent.at(-1)?.bytes.at(-1), 1)
})

test('no datagram makes the server throw, answer a stranger, or call in a wrong name', async () => {
  const rig = await Rig.start({ datagramsPerSecond: 1_000_000, strangeDatagramsPerSecond: 1_000_000 })
  const users = [rig.logIn('10.0.0.1'), rig.logIn('10.0.0.2', true), rig.logIn('10.0.0.1')]
  const [bound, keyed] = users
  assert.ok(bound && keyed)
  rig.receive(initOf(bound.id), '10.0.0.1', 1)
  rig.receive(initOf(keyed.id, keyed.secret), '10.0.0.2', 1)
  rig.sent.length = 0
  const whole = fc.constantFrom(initOf(bound.id), callOf(bound.id, 7), initOf(keyed.id, keyed.secret))
  const mutated = fc
    .tuple(whole, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), fc.nat(60))
    .map(([bytes, changes, cut]) => {
      const copy = Uint8Array.from(bytes)
      for (const [at, value] of changes) copy[at % copy.length] = value
      return copy.subarray(0, Math.max(0, copy.length - (cut > 40 ? cut - 40 : 0)))
    })
  const message = fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated)
  // Neither the address of a line nor a mapped one.
  fc.assert(
    fc.property(message, fc.nat(65_535), (bytes, port) => {
      rig.receive(bytes, '10.0.0.3', port)
      assert.equal(rig.sent.length, 0)
      assert.equal(rig.calls, 0)
    }),
    { numRuns: 2000 },
  )
  // The mapped ones: what is answered goes back there.
  fc.assert(
    fc.property(message, fc.constantFrom('10.0.0.1', '10.0.0.2'), (bytes, address) => {
      rig.receive(bytes, address, 1)
      assert.ok(rig.sent.every(sent => sent.address === address && sent.port === 1))
      rig.sent.length = 0
    }),
    { numRuns: 2000 },
  )
  assert.equal(rig.server.counters.faults, 0)
})

test('ten thousand made-up tokens get no key, and are counted [P-1.4.2]', async () => {
  const rig = await Rig.start()
  const { id } = rig.logIn('10.0.0.1')
  for (let index = 0; index < 10_000; index++) {
    assert.equal(rig.server.core.giveKey(index.toString(16).padStart(32, '0')), undefined)
  }
  assert.equal(rig.refused('key-refused'), 10_000)
  rig.receive(initOf(id), '10.0.0.1', 1)
  assert.equal(rig.sent.length, 1)
})
