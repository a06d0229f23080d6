import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { sharedReading } from '../../src/transport/reading.ts'

describe('reading into one buffer', () => {
  /** What came over each line, by the port of its client. */
  const heard = new Map<number, string[]>()
  const buffers = new Set<ArrayBufferLike>()
  const useShared = sharedReading(function (bytes) {
    buffers.add(bytes.buffer)
    heard.set(this.remotePort ?? 0, [...(heard.get(this.remotePort ?? 0) ?? []), bytes.toString()])
    this.write(`${bytes.length}`)
  })
  const lines: Socket[] = []
  const server = createServer({ pauseOnConnect: true }, accepted => lines.push(useShared(accepted)))
  let port = 0

  before(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
  })
  after(() => server.close())

  test('each line hears its own bytes, in order, from the one buffer', async () => {
    const clients = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const client = connect(port, '127.0.0.1')
        await once(client, 'connect')
        return client
      }),
    )
    for (const round of ['a', 'bb', 'ccc']) {
      for (const client of clients) client.write(`${round}${client.localPort}`)
      await Promise.all(clients.map(client => once(client, 'data')))
    }
    for (const client of clients) {
      const own = client.localPort ?? 0
      assert.equal(heard.get(own)?.join(' '), `a${own} bb${own} ccc${own}`)
      client.end()
    }
    assert.equal(buffers.size, 1)
  })

  test('a line ends, is reset and is destroyed as any other', async () => {
    const opened = lines.length
    const [ending, resetting, staying] = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const client = connect(port, '127.0.0.1')
        await once(client, 'connect')
        client.on('error', () => undefined)
        return client
      }),
    )
    assert.ok(ending && resetting && staying)
    while (lines.length < opened + 3) await new Promise(resolve => setImmediate(resolve))
    const lineOf = (client: Socket) => lines.find(({ remotePort }) => remotePort === client.localPort)
    const [ended, reset, destroyed] = [lineOf(ending), lineOf(resetting), lineOf(staying)]
    assert.ok(ended && reset && destroyed)
    const faults: string[] = []
    reset.on('error', (error: NodeJS.ErrnoException) => faults.push(error.code ?? ''))
    const closed = [ended, reset, destroyed].map(line => new Promise(resolve => line.on('close', resolve)))
    const sawEnd = once(ended, 'end')
    ending.end()
    resetting.resetAndDestroy()
    destroyed.destroy()
    await Promise.all([sawEnd, ...closed, once(staying, 'close')])
    assert.deepEqual(faults, ['ECONNRESET'])
  })

  test('nothing is read while a line is paused', async () => {
    const client = connect(port, '127.0.0.1')
    await once(client, 'connect')
    client.write('1')
    await once(client, 'data')
    const own = client.localPort ?? 0
    const line = lines.find(({ remotePort }) => remotePort === own)
    assert.ok(line)
    line.pause()
    client.write('2')
    await new Promise(resolve => setTimeout(resolve, 20))
    assert.deepEqual(heard.get(own), ['1'])
    line.resume()
    await once(client, 'data')
    assert.deepEqual(heard.get(own), ['1', '2'])
    client.end()
  })

  test('a socket whose handle cannot be had is read by its events', () => {
    const events: string[] = []
    const bare = {
      on(event: string, hear: (bytes: Buffer) => void) {
        events.push(event)
        hear(Buffer.from('x'))
        return bare
      },
      resume() {
        events.push('resume')
        return bare
      },
    }
    const seen: string[] = []
    const use = sharedReading(bytes => seen.push(bytes.toString()))
    assert.equal(use(bare as unknown as Socket), bare)
    assert.deepEqual([events, seen], [['data', 'resume'], ['x']])
  })
})
