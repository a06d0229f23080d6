import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { it } from 'node:test'
import { WebSocket } from 'ws'
import { type Owner, openRig, packet, type Rig } from './rig.ts'

/** A WebSocket client that writes frames by hand. */
class FrameClient {
  readonly socket
  received = Buffer.alloc(0)
  readonly closed: Promise<unknown>

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1')
    this.socket.on('error', () => {})
    this.closed = once(this.socket, 'close')
  }

  async open(path = '/BlueBox/websocket'): Promise<void> {
    this.socket.write(
      `GET ${path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    )
    const [head] = await once(this.socket, 'data')
    assert.match(String(head), /^HTTP\/1\.1 101 /)
    assert.doesNotMatch(String(head), /extensions/i)
    this.socket.on('data', chunk => {
      this.received = Buffer.concat([this.received, chunk])
    })
  }

  /** @param first  the first byte of the frame: final bit and opcode */
  frame(first: number, payload: Uint8Array, masked = true): void {
    const { length } = payload
    const mask = randomBytes(4)
    const bit = masked ? 0x80 : 0
    const head = length < 126 ? [first, bit | length] : [first, bit | 126, length >> 8, length & 255]
    const body = masked ? payload.map((byte, i) => byte ^ (mask[i % 4] ?? 0)) : payload
    this.socket.write(Buffer.concat([Buffer.from(head), masked ? mask : Buffer.alloc(0), body]))
  }
}

async function openFrames(rig: Rig): Promise<{ client: FrameClient; owner: Owner }> {
  const client = new FrameClient(rig.port)
  await client.open()
  await rig.until(() => rig.owners.length > 0)
  const [owner] = rig.owners
  assert.ok(owner)
  owner.connection.established()
  return { client, owner }
}

it('both paths of the clients open a WebSocket, others do not', async () => {
  await using rig = await openRig('ws')
  await new FrameClient(rig.port).open('/BlueBox/websocket')
  await new FrameClient(rig.port).open('/websocket')
  await new FrameClient(rig.port).open('/websocket?x=1')
  const other = new WebSocket(`ws://127.0.0.1:${rig.port}/other`)
  const [error] = await once(other, 'error')
  assert.match(String(error), /404/)
  assert.equal(rig.owners.length, 3)
})

it('permessage-deflate is not agreed on, whatever the client offers', async () => {
  await using rig = await openRig('ws')
  const client = new WebSocket(`ws://127.0.0.1:${rig.port}/websocket`, { perMessageDeflate: true })
  await once(client, 'open')
  assert.equal(client.extensions, '')
})

it('what the server sends is final, binary and not masked', async () => {
  await using rig = await openRig('ws')
  const { client, owner } = await openFrames(rig)
  owner.connection.send([packet(1, 2), packet(3)])
  await once(client.socket, 'data')
  assert.equal(client.received.toString('hex'), '82020102820103')
})

it('a packet is framed once for all its receivers', async () => {
  await using rig = await openRig('ws')
  const { owner } = await openFrames(rig)
  const shared = packet(1, 2)
  owner.connection.send([shared])
  const { framed } = shared
  assert.deepEqual([...(framed ?? [])], [0x82, 2, 1, 2])
  owner.connection.send([shared])
  assert.equal(shared.framed, framed)
})

it('a message in fragments, with a ping between them, is one message', async () => {
  await using rig = await openRig('ws')
  const { client, owner } = await openFrames(rig)
  client.frame(0x02, Uint8Array.of(1, 2))
  client.frame(0x00, Uint8Array.of(3))
  client.frame(0x89, Uint8Array.of(9))
  client.frame(0x80, Uint8Array.of(4))
  await owner.until(() => owner.chunks.length > 0)
  assert.deepEqual([...owner.bytes], [1, 2, 3, 4])
  while (client.received.length < 3) await once(client.socket, 'data')
  assert.equal(client.received.toString('hex'), '8a0109')
})

it('frames may arrive byte by byte', async () => {
  await using rig = await openRig('ws')
  const { client, owner } = await openFrames(rig)
  client.socket.setNoDelay(true)
  for (const byte of Buffer.from('8284000000000a0b0c0d', 'hex')) {
    client.socket.write(Uint8Array.of(byte))
    await new Promise(resolve => setImmediate(resolve))
  }
  await owner.until(() => owner.chunks.length > 0)
  assert.equal(owner.bytes.toString('hex'), '0a0b0c0d')
})

it('a text message is ignored and counted', async () => {
  await using rig = await openRig('ws')
  const { client, owner } = await openFrames(rig)
  client.frame(0x81, Buffer.from('hello'))
  client.frame(0x81, Uint8Array.of(0xff, 0xfe))
  client.frame(0x82, Uint8Array.of(1))
  await owner.until(() => owner.chunks.length > 0)
  assert.deepEqual([...owner.bytes], [1])
  assert.equal(rig.lines.stats.textMessages, 2)
  assert.deepEqual(rig.reasons, ['text-message', 'text-message'])
})

it('an empty message closes the line with 1000', async () => {
  await using rig = await openRig('ws')
  const { client, owner } = await openFrames(rig)
  client.frame(0x82, new Uint8Array(0))
  assert.equal(await owner.closed(), 'malformed-frame')
  await client.closed
  assert.equal(client.received.toString('hex'), '880203e8')
  assert.deepEqual(rig.reasons, ['malformed-frame'])
})

it('a message over the limit closes the line with 1000 before it is there', async () => {
  await using rig = await openRig('ws', { limits: { maxRequestBytes: 1000 } })
  const { client, owner } = await openFrames(rig)
  client.frame(0x82, new Uint8Array(1005))
  await owner.until(() => owner.chunks.length > 0)
  client.socket.write(Uint8Array.of(0x82, 0xfe, 1006 >> 8, 1006 & 255))
  await client.closed
  assert.equal(await owner.closed(), 'message-too-large')
  assert.equal(client.received.toString('hex'), '880203e8')
  assert.deepEqual(rig.reasons, ['message-too-large'])
})

it('fragments over the limit together close the line', async () => {
  await using rig = await openRig('ws', { limits: { maxRequestBytes: 1000 } })
  const { client, owner } = await openFrames(rig)
  client.frame(0x02, new Uint8Array(600))
  client.frame(0x00, new Uint8Array(600))
  assert.equal(await owner.closed(), 'message-too-large')
})

for (const [what, send] of [
  ['not masked', (client: FrameClient) => client.frame(0x82, Uint8Array.of(1), false)],
  ['with a reserved bit', (client: FrameClient) => client.frame(0xc2, Uint8Array.of(1))],
  ['with an unknown opcode', (client: FrameClient) => client.frame(0x83, Uint8Array.of(1))],
  ['a continuation of nothing', (client: FrameClient) => client.frame(0x80, Uint8Array.of(1))],
  ['a fragmented ping', (client: FrameClient) => client.frame(0x09, Uint8Array.of(1))],
] as const) {
  it(`a frame that is wrong (${what}) closes the line`, async () => {
    await using rig = await openRig('ws')
    const { client, owner } = await openFrames(rig)
    send(client)
    assert.equal(await owner.closed(), 'malformed-frame')
    await client.closed
    assert.equal(client.received.toString('hex'), '880203ea')
    assert.deepEqual(rig.reasons, ['malformed-frame'])
    assert.equal(owner.chunks.length, 0)
  })
}

it('the close frame of a client is answered', async () => {
  await using rig = await openRig('ws')
  const { client, owner } = await openFrames(rig)
  client.frame(0x88, Uint8Array.of(0x03, 0xe9))
  await client.closed
  assert.equal(await owner.closed(), 'client')
  assert.equal(client.received.toString('hex'), '880203e9')
})

it('a line that ends without a close frame is lost', async () => {
  await using rig = await openRig('ws')
  const { client, owner } = await openFrames(rig)
  client.socket.end()
  assert.equal(await owner.closed(), 'lost')
})

it('a client that floods with pings is refused by its message rate', async () => {
  await using rig = await openRig('ws', { limits: { requestsPerSecond: 10 } })
  const { client, owner } = await openFrames(rig)
  for (let i = 0; i < 30; i++) client.frame(0x89, Uint8Array.of(i))
  assert.equal(await owner.closed(), 'message-rate')
})

it('a silent line is pinged and lost within the configured time', async () => {
  await using rig = await openRig('ws', { limits: { deadLineSeconds: 60 } })
  const { client, owner } = await openFrames(rig)
  rig.pass(59)
  assert.equal(await owner.closed(), 'lost')
  await client.closed
  assert.equal(client.received.toString('hex'), '8900')
  assert.deepEqual(rig.reasons, [])
})

it('a silent line whose client answers pings lives on', async () => {
  await using rig = await openRig('ws', { limits: { deadLineSeconds: 60 } })
  const { client, owner } = await rig.open()
  let pings = 0
  const { webSocket } = client as unknown as { webSocket: WebSocket }
  webSocket.on('ping', () => pings++)
  for (let minute = 1; minute <= 5; minute++) {
    const { bytesReceived } = rig.lines.stats
    rig.pass(31)
    await once(webSocket, 'ping')
    // Its pong comes after what it was sent before, so a message after the pong says that it is here.
    client.send(Uint8Array.of(1))
    await owner.until(() => owner.chunks.length === minute)
    assert.ok(rig.lines.stats.bytesReceived - bytesReceived >= 6 + 7)
  }
  assert.equal(pings, 5)
  assert.deepEqual(owner.closes, [])
})

it('a ping goes between packets, never into one', async () => {
  await using rig = await openRig('ws', { limits: { deadLineSeconds: 60 } })
  const { client, owner } = await openFrames(rig)
  rig.pass(28)
  owner.connection.send([packet(1), packet(2)])
  rig.pass(3)
  owner.connection.send([packet(3)])
  while (client.received.length < 11) await once(client.socket, 'data')
  assert.equal(client.received.toString('hex'), '820101820102' + '8900' + '820103')
})

it('a request to upgrade that is wrong is answered with 400 and reported', async () => {
  await using rig = await openRig('ws')
  const socket = connect(rig.port, '127.0.0.1')
  socket.write('GET /websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n')
  const [head] = await once(socket, 'data')
  assert.match(String(head), /^HTTP\/1\.1 400 /)
  assert.deepEqual(rig.reasons, ['malformed-request'])
})
