import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { WebSocket } from 'ws'
import { listenHttp } from '../../src/transport/http.ts'
import { SocketProxy } from '../../src/transport/socket-proxy.ts'
import { WebSocketPaths } from '../../src/transport/websocket-paths.ts'
import { packet, Rig } from './rig.ts'

const PORT = 9875

/** A server whose proxy leads to one port, and lets pages of two other hosts in. */
async function openProxy(domains: readonly string[] = ['games.example.com', '*.example.org']): Promise<Rig> {
  const rig = new Rig('ws', {})
  const webSockets = new WebSocketPaths()
  const proxy = new SocketProxy(webSockets, rig.lines, domains)
  proxy.lead(PORT, rig.accept)
  rig.listener = await listenHttp({
    host: '127.0.0.1',
    port: 0,
    lines: rig.lines,
    routes: [proxy.route],
    webSockets,
  })
  return rig
}

function connect(rig: Rig, options: { path?: string; origin?: string } = {}): WebSocket {
  const { path = `/socket-proxy/${PORT}`, origin } = options
  const socket = new WebSocket(`ws://127.0.0.1:${rig.port}${path}`, origin === undefined ? {} : { origin })
  socket.on('error', () => {})
  return socket
}

/** The status that refuses an upgrade, or 101. */
async function statusOf(socket: WebSocket): Promise<number | undefined> {
  const upgraded = once(socket, 'open').then(() => 101)
  const refused = once(socket, 'unexpected-response').then(([, response]) => response.statusCode)
  upgraded.catch(() => {})
  refused.catch(() => {})
  const status = await Promise.race([upgraded, refused])
  socket.terminate()
  return status
}

describe('the socket proxy', () => {
  let rig: Rig
  before(async () => {
    rig = await openProxy()
  })
  after(async () => {
    await rig[Symbol.asyncDispose]()
  })

  it('hands over the bytes of messages as those of a stream, wherever they are cut [P-14.2.1]', async () => {
    await using own = await openProxy()
    const socket = connect(own)
    await once(socket, 'open')
    await own.until(() => own.owners.length > 0)
    const [owner] = own.owners
    assert.equal(owner?.connection.framing, 'stream')
    assert.equal(owner?.connection.remoteAddress, '127.0.0.1')
    for (const piece of ['<Xml', '', 'Doc/>\0<X', 'mlDoc/>\0']) socket.send(Buffer.from(piece))
    await owner?.until(() => owner.bytes.length === 20)
    assert.equal(String(owner?.bytes), '<XmlDoc/>\0<XmlDoc/>\0')
    socket.terminate()
    await owner?.closed()
  })

  it('sends what leaves together as one binary message', async () => {
    await using own = await openProxy()
    const socket = connect(own)
    const message = once(socket, 'message')
    await own.until(() => own.owners.length > 0)
    const shared = packet(0x41, 0x42, 0)
    shared.framed = Buffer.from('a text frame that another kind of line has kept')
    own.owners[0]?.connection.send([shared, packet(0x43, 0)])
    const [data, isBinary] = await message
    assert.equal(isBinary, true)
    assert.deepEqual([...data], [0x41, 0x42, 0, 0x43, 0])
    socket.terminate()
  })

  it('passes a text message over, counted', async () => {
    await using own = await openProxy()
    const socket = connect(own)
    await once(socket, 'open')
    socket.send('text')
    socket.send(Buffer.from('bytes'))
    await own.until(() => own.owners.length > 0)
    const [owner] = own.owners
    await owner?.until(() => owner.bytes.length === 5)
    assert.deepEqual(own.reasons, ['text-message'])
    socket.terminate()
  })

  it('leads to no other port and to nothing else [P-14.2.2]', async () => {
    for (const target of ['1', '9874', '98750', '', '9875/', '127.0.0.1:9875', '9875%00', '../metrics']) {
      const path = `/socket-proxy/${target}`
      const { status } = await fetch(`http://127.0.0.1:${rig.port}${path}`)
      assert.equal(status, 404, path)
      if (target !== '../metrics') assert.equal(await statusOf(connect(rig, { path })), 404, path)
    }
    assert.ok(rig.reasons.includes('proxy-refused'))
    assert.deepEqual(rig.owners, [])
  })

  it('says that it is a WebSocket to those who ask for none', async () => {
    const response = await fetch(`http://127.0.0.1:${rig.port}/socket-proxy/${PORT}`)
    assert.equal(response.status, 426)
  })

  it('lets in pages of the server itself and of named hosts, and no others [P-14.2.3]', async () => {
    await using own = await openProxy()
    const statuses = new Map<string, number | undefined>()
    for (const origin of [
      `http://127.0.0.1:${own.port}`,
      'https://games.example.com',
      'http://a.b.example.org:8000',
      'http://example.org',
      'http://games.example.com.evil.test',
      'http://evilexample.org',
      'http://127.0.0.1:1',
      'null',
      'nonsense',
    ]) {
      statuses.set(origin, await statusOf(connect(own, { origin })))
    }
    assert.deepEqual([...statuses.values()], [101, 101, 101, 403, 403, 403, 403, 403, 403])
    assert.equal(own.reasons.filter(reason => reason === 'proxy-refused').length, 6)
  })

  it('lets in those that come from no page, and pages of everywhere if the operator says so', async () => {
    assert.equal(await statusOf(connect(rig)), 101)
    await using own = await openProxy(['*'])
    assert.equal(await statusOf(connect(own, { origin: 'null' })), 101)
    assert.equal(await statusOf(connect(own, { origin: 'http://example.net' })), 101)
  })
})
