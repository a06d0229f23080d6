import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bigPacket, openRig, packet, SOCKET_TRANSPORTS, TRANSPORTS, WEBSOCKET_TRANSPORTS } from './rig.ts'

for (const transport of TRANSPORTS) {
  describe(`a line over ${transport}`, () => {
    it('says what it is', async () => {
      await using rig = await openRig(transport)
      const { owner } = await rig.open()
      const { connection } = owner
      assert.equal(connection.transport, transport)
      assert.equal(connection.framing, transport.startsWith('ws') ? 'message' : 'stream')
      assert.equal(connection.remoteAddress, '127.0.0.1')
      assert.equal(connection.bufferedBytes, 0)
    })

    it('delivers what the client sends, in order', async () => {
      await using rig = await openRig(transport)
      const { client, owner } = await rig.open()
      for (let i = 0; i < 100; i++) client.send(Uint8Array.of(i, i, i))
      await owner.until(() => owner.bytes.length === 300)
      assert.deepEqual(
        [...owner.bytes],
        Array.from({ length: 300 }, (_, i) => Math.floor(i / 3)),
      )
    })

    it('delivers what the server sends, in order', async () => {
      await using rig = await openRig(transport)
      const { client, owner } = await rig.open()
      for (let i = 0; i < 100; i++) owner.connection.send([packet(i), packet(i, 255)])
      await client.until(() => client.received.length === 300)
      assert.deepEqual([...client.received], Array.from({ length: 100 }, (_, i) => [i, i, 255]).flat())
    })

    it('sends nothing for no packets', async () => {
      await using rig = await openRig(transport)
      const { client, owner } = await rig.open()
      assert.equal(owner.connection.send([]), true)
      owner.connection.send([packet(1)])
      await client.until(() => client.received.length > 0)
      assert.deepEqual([...client.received], [1])
    })

    it('says when to wait and when to go on', async () => {
      await using rig = await openRig(transport)
      const { client, owner } = await rig.open()
      client.pause()
      let sent = 0
      const big = bigPacket(100_000)
      while (owner.connection.send([big])) assert.ok(++sent < 1000, 'the line takes everything')
      sent++
      assert.ok(owner.connection.bufferedBytes > 0)
      assert.equal(owner.drains, 0)
      client.resume()
      await owner.until(() => owner.drains > 0)
      assert.equal(owner.connection.bufferedBytes, 0)
      await client.until(() => client.received.length === sent * 100_000)
      assert.equal(owner.connection.send([packet(1)]), true)
    })

    it('tells that the client closed, once', async () => {
      await using rig = await openRig(transport)
      const { client, owner } = await rig.open()
      client.close()
      assert.equal(await owner.closed(), 'client')
      owner.connection.destroy('server')
      owner.connection.close('server')
      await client.closed()
      assert.deepEqual(owner.closes, ['client'])
    })

    it('closes after what was sent has left', async () => {
      await using rig = await openRig(transport)
      const { client, owner } = await rig.open()
      owner.connection.send([bigPacket(300_000)])
      owner.connection.close('server')
      owner.connection.close('idle')
      assert.equal(await owner.closed(), 'server')
      await client.closed()
      assert.equal(client.received.length, 300_000)
      assert.deepEqual(owner.closes, ['server'])
    })

    it('destroys without waiting for a client that does not read', async () => {
      await using rig = await openRig(transport)
      const { client, owner } = await rig.open()
      client.pause()
      const big = bigPacket(100_000)
      while (owner.connection.send([big]));
      owner.connection.destroy('slow-client')
      assert.equal(await owner.closed(), 'slow-client')
    })

    it('delivers nothing after it was told to close', async () => {
      await using rig = await openRig(transport)
      const { client, owner } = await rig.open()
      owner.react = () => owner.connection.close('server')
      client.send(Uint8Array.of(1))
      await owner.until(() => owner.chunks.length > 0)
      client.send(Uint8Array.of(2))
      await owner.closed()
      assert.deepEqual([...owner.bytes], [1])
      assert.equal(owner.connection.send([packet(1)]), true)
    })

    it('never calls its owner from within send, close or destroy', async () => {
      await using rig = await openRig(transport)
      const { client, owner } = await rig.open()
      client.pause()
      const big = bigPacket(100_000)
      while (owner.connection.send([big]));
      assert.equal(owner.drains, 0)
      owner.connection.close('server')
      owner.connection.destroy('server')
      assert.deepEqual(owner.closes, [])
      assert.equal(await owner.closed(), 'server')
    })
  })
}

for (const transport of SOCKET_TRANSPORTS) {
  describe(`a socket of ${transport}`, () => {
    it('tells a client that vanished from one that closed', async () => {
      await using rig = await openRig(transport)
      const { client, owner } = await rig.open()
      client.drop()
      // TLS cannot be reset from a client in Node: it ends without a word, as a closed TCP line does.
      assert.equal(await owner.closed(), transport === 'tls' ? 'client' : 'lost')
    })

    it('sends the packets of one call with one write, which arrives as one piece', async () => {
      await using rig = await openRig(transport)
      const { client, owner } = await rig.open()
      const chunks: number[] = []
      client.socket?.on('data', chunk => chunks.push(chunk.length))
      const before = rig.lines.stats.writes
      owner.connection.send(Array.from({ length: 20 }, (_, i) => packet(i, i)))
      await client.until(() => client.received.length === 40)
      assert.equal(rig.lines.stats.writes - before, 1)
      assert.equal(chunks.length, 1)
      assert.equal(rig.lines.stats.packetsSent, 20)
    })

    it('shares the bytes of a batch among its receivers', async () => {
      await using rig = await openRig(transport)
      const pairs = [await rig.open(), await rig.open(), await rig.open()]
      const batch = [packet(1), packet(2, 2), bigPacket(200, 3), bigPacket(70_000, 4)]
      for (const { owner } of pairs) owner.connection.send([...batch])
      const batches = transport.startsWith('ws') ? rig.lines.frames : rig.lines.streams
      const bytes = batches.bytesOf(batch)
      assert.equal(batches.bytesOf([...batch]), bytes)
      for (const { client } of pairs) {
        await client.until(() => client.received.length === 70_203)
        assert.deepEqual([...client.received.subarray(0, 4)], [1, 2, 2, 3])
        assert.equal(client.received[203], 4)
      }
    })

    it('counts bytes of both directions', async () => {
      await using rig = await openRig(transport)
      const { client, owner } = await rig.open()
      const { bytesReceived, bytesSent } = rig.lines.stats
      client.send(new Uint8Array(100))
      await owner.until(() => owner.bytes.length === 100)
      owner.connection.send([bigPacket(50)])
      const isMessage = transport.startsWith('ws')
      assert.equal(rig.lines.stats.bytesReceived - bytesReceived, isMessage ? 106 : 100)
      assert.equal(rig.lines.stats.bytesSent - bytesSent, isMessage ? 52 : 50)
    })

    it('keeps its fault to itself when the owner throws', async () => {
      await using rig = await openRig(transport)
      const bad = await rig.open()
      const good = await rig.open()
      bad.owner.react = () => {
        throw new Error('boom')
      }
      bad.client.send(Uint8Array.of(1))
      assert.equal(await bad.owner.closed(), 'server')
      assert.match(String(rig.faults[0]?.error), /boom/)
      good.client.send(Uint8Array.of(1))
      await good.owner.until(() => good.owner.bytes.length === 1)
    })

    it('closes all lines when the server shuts down', async () => {
      await using rig = await openRig(transport)
      const { client, owner } = await rig.open()
      owner.connection.send([packet(9)])
      await Promise.all([rig.lines.shutdown(), rig.lines.shutdown(), client.closed()])
      assert.deepEqual(owner.closes, ['shutdown'])
      assert.deepEqual([...client.received], [9])
      assert.equal(rig.lines.size, 0)
      if (transport.startsWith('ws')) assert.equal(await client.closed(), 1001)
    })

    it('stops taking new lines and keeps the open ones when its listener closes', async () => {
      await using rig = await openRig(transport)
      const { client, owner } = await rig.open()
      assert.equal(rig.listener?.connections, 1)
      await rig.listener?.close()
      await assert.rejects(rig.connect())
      client.send(Uint8Array.of(1))
      await owner.until(() => owner.bytes.length === 1)
    })
  })
}

for (const transport of WEBSOCKET_TRANSPORTS) {
  it(`a message over ${transport} holds exactly one packet, of any length`, async () => {
    await using rig = await openRig(transport)
    const { client, owner } = await rig.open()
    const lengths = [1, 125, 126, 127, 65_535, 65_536, 400_000]
    for (const length of lengths) owner.connection.send([bigPacket(length)])
    owner.connection.send(lengths.map(length => bigPacket(length, 8)))
    await client.until(() => client.messages.length === 2 * lengths.length)
    assert.deepEqual(
      client.messages.map(message => message.length),
      [...lengths, ...lengths],
    )
    for (const length of lengths) client.send(new Uint8Array(length))
    await owner.until(() => owner.chunks.length === lengths.length)
    assert.deepEqual(
      owner.chunks.map(chunk => chunk.length),
      lengths,
    )
  })
}
