import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { describe, it } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { MAX_HANDSHAKE_BYTES } from '../../src/transport/lines.ts'
import { bigPacket, type Owner, openRig, packet, SOCKET_TRANSPORTS, WEBSOCKET_TRANSPORTS } from './rig.ts'

/** Opens a bare socket that sends nothing. */
async function bareSocket(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.resume()
  await once(socket, 'connect')
  return socket
}

/** Sends until the kernel takes nothing more. */
async function fill(owner: Owner): Promise<void> {
  for (let drains = -1; drains < owner.drains; ) {
    drains = owner.drains
    while (owner.connection.send([bigPacket(100_000)]));
    for (let i = 0; i < 10; i++) await new Promise(resolve => setImmediate(resolve))
  }
}

for (const transport of SOCKET_TRANSPORTS) {
  describe(`a server over ${transport}`, () => {
    it('refuses connections over the number of one address and takes new ones when some are gone', async () => {
      await using rig = await openRig(transport, { limits: { maxConnectionsPerAddress: 2 } })
      const first = await rig.open()
      await rig.open()
      const third = await bareSocket(rig.port)
      if (!third.closed) await once(third, 'close')
      assert.deepEqual(rig.reasons, ['connections-per-address'])
      assert.equal(rig.refusals[0]?.address, '127.0.0.1')
      first.client.close()
      await first.owner.closed()
      await rig.open()
    })

    it('refuses connections over the number of pending handshakes', async () => {
      await using rig = await openRig(transport, { limits: { maxPendingHandshakes: 2 } })
      await rig.connect()
      await rig.connect()
      const third = await bareSocket(rig.port)
      if (!third.closed) await once(third, 'close')
      assert.deepEqual(rig.reasons, ['pending-handshakes'])
    })

    it('counts no line as pending whose handshake is done', async () => {
      await using rig = await openRig(transport, { limits: { maxPendingHandshakes: 1 } })
      await rig.open()
      await rig.open()
      assert.equal(rig.lines.connections.pending, 0)
      assert.deepEqual(rig.reasons, [])
    })

    it('ends a line that does not finish its handshake in time', async () => {
      await using rig = await openRig(transport, { limits: { handshakeTimeoutSeconds: 10 } })
      const done = await rig.open()
      const client = await rig.connect()
      client.send(Uint8Array.of(0x80))
      await rig.until(() => rig.owners.length === 2)
      rig.pass(9)
      assert.deepEqual(rig.reasons, [])
      rig.pass(2)
      assert.deepEqual(rig.reasons, ['handshake-timeout'])
      assert.equal(await rig.owners[1]?.closed(), 'handshake-timeout')
      await client.closed()
      assert.deepEqual(done.owner.closes, [])
    })

    it('ends a line that sends more bytes than allowed, before they are read', async () => {
      await using rig = await openRig(transport, { limits: { bytesPerSecond: 1000 } })
      const { client, owner } = await rig.open()
      for (let i = 0; i < 3; i++) client.send(new Uint8Array(900))
      assert.equal(await owner.closed(), 'byte-rate')
      assert.ok(owner.bytes.length <= 2000)
      assert.deepEqual(rig.reasons, ['byte-rate'])
    })

    it('takes as many bytes in the long run as allowed', async () => {
      await using rig = await openRig(transport, { limits: { bytesPerSecond: 10_000 } })
      const { client, owner } = await rig.open()
      for (let i = 1; i <= 20; i++) {
        client.send(new Uint8Array(9000))
        await owner.until(() => owner.bytes.length === i * 9000)
        rig.clock.millis += 1000
      }
      assert.deepEqual(rig.reasons, [])
    })

    it('ends a line that sends much before its handshake', async () => {
      await using rig = await openRig(transport)
      const client = await rig.connect()
      client.send(new Uint8Array(MAX_HANDSHAKE_BYTES + 10_000))
      await client.closed()
      assert.deepEqual(rig.reasons, ['message-too-large'])
    })

    it('ends a line whose client reads nothing, and keeps a bounded amount for it', async () => {
      await using rig = await openRig(transport, { limits: { deadLineSeconds: 60 } })
      const { client, owner } = await rig.open()
      client.pause()
      await fill(owner)
      const kept = owner.connection.bufferedBytes
      assert.ok(kept < 1_000_000, `${kept} bytes`)
      // It still talks, so the line is not dead.
      for (let i = 0; i < 60; i++) {
        client.send(Uint8Array.of(1))
        await owner.until(() => owner.chunks.length > i)
        rig.pass(1)
        if (rig.reasons.length > 0) break
      }
      assert.deepEqual(rig.reasons, ['slow-client'])
      assert.equal(await owner.closed(), 'slow-client')
    })

    it('ends a line that does not close when told to', async () => {
      await using rig = await openRig(transport)
      const { client, owner } = await rig.open()
      client.pause()
      await fill(owner)
      owner.connection.close('idle')
      rig.pass(1)
      await new Promise(resolve => setImmediate(resolve))
      assert.deepEqual(owner.closes, [])
      rig.pass(2)
      assert.equal(await owner.closed(), 'idle')
    })

    it('survives random bytes at every stage of a line', async () => {
      await using rig = await openRig(transport)
      const good = await rig.open()
      for (let i = 0; i < 100; i++) {
        const bytes = randomBytes(1 + (i % 40) * 10)
        const socket = await bareSocket(rig.port)
        socket.end(bytes)
        if (!socket.closed) await once(socket, 'close')
        const { client, owner } = await rig.open()
        client.socket?.write(bytes)
        client.drop()
        await owner.closed()
      }
      assert.deepEqual(rig.faults, [])
      good.client.send(Uint8Array.of(1))
      await good.owner.until(() => good.owner.bytes.length === 1)
      while (rig.lines.size > 1) await new Promise(resolve => setImmediate(resolve))
    })

    it('holds two thousand half-open sockets and serves the next client', async () => {
      await using rig = await openRig(transport, { limits: { handshakeTimeoutSeconds: 10 } })
      const sockets = await Promise.all(Array.from({ length: 2000 }, () => bareSocket(rig.port)))
      while (rig.lines.size < 2000) await new Promise(resolve => setImmediate(resolve))
      assert.equal(rig.owners.length, 0)
      const { client, owner } = await rig.open()
      owner.connection.send([packet(1)])
      await client.until(() => client.received.length === 1)
      assert.equal(rig.lines.connections.pending, 2000)
      rig.pass(11)
      await Promise.all(sockets.map(socket => socket.closed || once(socket, 'close')))
      assert.equal(rig.refusals.length, 2000)
      assert.equal(rig.lines.size, 1)
      assert.equal(rig.lines.connections.pending, 0)
    })
  })
}

for (const transport of ['tcp', 'tls'] as const) {
  it(`a stream over ${transport} is ended when its owner counts more messages than allowed`, async () => {
    await using rig = await openRig(transport, { limits: { requestsPerSecond: 5 } })
    const { owner } = await rig.open()
    for (let i = 0; i < 10; i++) assert.equal(owner.connection.allowMessage(), true)
    assert.equal(owner.connection.allowMessage(), false)
    assert.equal(owner.connection.allowMessage(), false)
    assert.equal(await owner.closed(), 'message-rate')
    assert.deepEqual(rig.reasons, ['message-rate'])
  })
}

it('a line over tcp that starts TLS without a certificate is refused', async () => {
  await using rig = await openRig('tcp')
  const socket = await bareSocket(rig.port)
  socket.write(Uint8Array.of(0x16, 3, 1, 0, 5))
  await once(socket, 'close')
  assert.deepEqual(rig.reasons, ['protocol'])
  assert.equal(rig.owners.length, 0)
})

it('a port with a certificate serves plain clients as well', async () => {
  await using rig = await openRig('tcp', { withCertificate: true })
  const { client, owner } = await rig.open()
  assert.equal(owner.connection.transport, 'tcp')
  owner.connection.send([packet(5)])
  await client.until(() => client.received.length === 1)
})

it('garbage that looks like TLS ends its own line only', async () => {
  await using rig = await openRig('tls')
  const { client, owner } = await rig.open()
  const socket = await bareSocket(rig.port)
  socket.write(Uint8Array.of(0x16, 1, 2, 3, 4, 5, 6, 7, 8, 9))
  await once(socket, 'close')
  owner.connection.send([packet(5)])
  await client.until(() => client.received.length === 1)
  assert.equal(rig.lines.size, 1)
})

it('a client over tls that does not trust the certificate is counted', async () => {
  await using rig = await openRig('tls')
  const [error] = await once(connectTls(rig.port, '127.0.0.1'), 'error')
  assert.equal(error.code, 'DEPTH_ZERO_SELF_SIGNED_CERT')
  await rig.until(() => rig.lines.size === 0)
  assert.deepEqual(rig.reasons, ['tls-refused'])
})

it('a browser that does not trust the certificate of wss is counted', async () => {
  await using rig = await openRig('wss')
  const socket = await bareSocket(rig.port)
  socket.write(await firstBytesOfTls())
  await once(socket, 'data')
  // Fatal: unknown authority.
  socket.write(Uint8Array.of(0x15, 3, 3, 0, 2, 2, 48))
  await once(socket, 'close')
  assert.deepEqual(rig.reasons, ['tls-refused'])
})

/** How a client begins TLS 1.2, where alerts need no keys. */
function firstBytesOfTls(): Promise<Uint8Array> {
  return new Promise(resolve => {
    const socket = new Duplex({ read() {}, write: chunk => resolve(chunk) })
    connectTls({ socket, maxVersion: 'TLSv1.2' }).on('error', () => {})
  })
}

for (const transport of WEBSOCKET_TRANSPORTS) {
  it(`a message over ${transport} that is too frequent ends the line`, async () => {
    await using rig = await openRig(transport, { limits: { requestsPerSecond: 5 } })
    const { client, owner } = await rig.open()
    owner.react = () => assert.equal(owner.connection.allowMessage(), true)
    for (let i = 0; i < 12; i++) client.send(Uint8Array.of(i))
    assert.equal(await owner.closed(), 'message-rate')
    // One of the ten was the hello of the rig.
    assert.equal(owner.chunks.length, 9)
    assert.equal(await client.closed(), 1008)
    assert.deepEqual(rig.reasons, ['message-rate'])
  })
}
