import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MAX_HANDSHAKE_BODY_BYTES } from '../../src/transport/bluebox-tunnel.ts'
import { openRig, packet, type Rig, type RigOptions } from './rig.ts'
import { openSocket, post, postBody, readAll, turns } from './tunnel-bytes.ts'
import { TunnelDoor } from './tunnel-client.ts'

/** Everything but letters, digits and the underscore, as the C++ client does. */
function encodeAll(text: string): string {
  return text.replaceAll(/\W/g, char => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

/** A request as the C++ client sends it: no host, an old version, a stray byte at the end. */
function nativeRequest(text: string): string {
  const body = `sfsHttp=${encodeAll(text)}`
  return [
    'POST /BlueBox/BlueBox.do HTTP/1.0',
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${body.length}`,
    '',
    `${body}\0`,
  ].join('\r\n')
}

/** What a client sees that looks for the length, reads it, and waits for the end. */
function bodyOf(answer: string): string {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  assert.match(head, /^HTTP\/1\.1 200 OK\r\n/)
  assert.match(head, /^Content-Type: text\/html;charset=UTF-8$/im)
  assert.doesNotMatch(head, /transfer-encoding/i)
  assert.equal(body.length, Number(/^Content-Length: (\d+)$/im.exec(head)?.[1]))
  return body
}

async function talk(rig: Rig, ...parts: readonly string[]): Promise<string> {
  const socket = await openSocket(rig.port)
  const answer = readAll(socket)
  for (const part of parts) {
    socket.write(part, 'latin1')
    await turns()
  }
  return await answer
}

/** A tunnel after its handshake. */
async function tunnelIn(rig: Rig) {
  const id = bodyOf(await talk(rig, post('null', 'connect'))).slice('connect|'.length)
  await talk(rig, post(id, 'data', 'gA=='))
  const owner = rig.owners.at(-1)
  if (owner === undefined) throw new Error('Nobody was accepted')
  owner.chunks.length = 0
  owner.connection.established()
  return { id, owner }
}

async function openTunnel(options: RigOptions = {}) {
  const rig = await openRig('bluebox', options)
  return {
    rig,
    ...(await tunnelIn(rig)),
    [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose](),
  }
}

describe('the requests of native clients [P-10.3]', () => {
  it('come as HTTP/1.0 without a host, all percent-encoded, with a NUL at the end', async () => {
    await using rig = await openRig('bluebox')
    const connected = bodyOf(await talk(rig, nativeRequest('null|connect|null')))
    assert.match(connected, /^connect\|[0-9a-f]{32}$/)
    const id = connected.slice('connect|'.length)
    assert.equal(bodyOf(await talk(rig, nativeRequest(`${id}|data|+/+/8A==`))), '')
    const [owner] = rig.owners
    assert.deepEqual([...(owner?.bytes ?? [])], [0xfb, 0xff, 0xbf, 0xf0])
    owner?.connection.send([packet(1, 2, 3)])
    assert.equal(bodyOf(await talk(rig, nativeRequest(`${id}|poll|null`))), 'poll|AQID')
    const held = talk(rig, nativeRequest(`${id}|poll|null`))
    while (rig.tunnels.stats.heldPolls === 0) await turns()
    for (let i = 0; i < 10; i++) await turns()
    owner?.connection.send([packet(4)])
    assert.equal(bodyOf(await held), 'poll|BA==')
    assert.deepEqual(rig.reasons, [])
  })

  it('come with an absolute target and want the connection closed', async () => {
    await using rig = await openRig('bluebox')
    const request = post('null', 'connect').replace('/BlueBox', 'http://127.0.0.1:18080/BlueBox')
    assert.match(bodyOf(await talk(rig, request)), /^connect\|/)
  })

  it('come in pieces of any size', async () => {
    await using tunnel = await openTunnel()
    await talk(tunnel.rig, ...post(tunnel.id, 'data', 'AQID'))
    assert.deepEqual([...tunnel.owner.bytes], [1, 2, 3])
  })

  it('come one after the other over one connection, and in one piece', async () => {
    await using tunnel = await openTunnel()
    const kept = (command: string, data?: string) =>
      post(tunnel.id, command, data).replace('Connection: close\r\n', '')
    const together = kept('data', 'BAUG') + kept('data', 'BwgJ') + post(tunnel.id, 'disconnect')
    const answers = await talk(tunnel.rig, kept('data', 'AQID'), together)
    assert.equal(answers.match(/HTTP\/1\.1 200 OK/g)?.length, 4)
    assert.deepEqual([...tunnel.owner.bytes], [1, 2, 3, 4, 5, 6, 7, 8, 9])
  })
})

describe('the limits of the tunnel [P-10.11]', () => {
  it('refuse tunnels beyond those of an address, and take new ones when some are gone', async () => {
    await using rig = await openRig('bluebox', { tunnel: { maxTunnelsPerAddress: 2 } })
    const first = await tunnelIn(rig)
    await tunnelIn(rig)
    assert.match(await talk(rig, post('null', 'connect')), /^HTTP\/1\.1 503 /)
    assert.deepEqual(rig.reasons, ['tunnels-per-address'])
    await talk(rig, post(first.id, 'disconnect'))
    await tunnelIn(rig)
  })

  it('count a tunnel among the lines of its address, its held polls not', async () => {
    // A tunnel, and one connection more.
    await using rig = await openRig('bluebox', { limits: { maxConnectionsPerAddress: 2 } })
    const { id } = await tunnelIn(rig)
    const held = [await openSocket(rig.port)]
    held[0]?.write(post(id, 'poll'))
    while (rig.tunnels.stats.heldPolls < 1) await turns()
    held.push(await openSocket(rig.port))
    held[1]?.write(post(id, 'poll'))
    while (rig.tunnels.stats.heldPolls < 2) await turns()
    await talk(rig, post(id, 'data', 'AQID'))
    assert.deepEqual(rig.reasons, [])
    assert.match(await talk(rig, post('null', 'connect')), /^HTTP\/1\.1 503 /)
    assert.deepEqual(rig.reasons, ['connections-per-address'])
    for (const socket of held) socket.destroy()
    await talk(rig, post(id, 'disconnect'))
    while (rig.lines.size > 0) await turns()
    assert.equal(rig.lines.connections.addresses, 0)
  })

  it('end a tunnel that does not finish its handshake', async () => {
    await using rig = await openRig('bluebox', { limits: { handshakeTimeoutSeconds: 10 } })
    await talk(rig, post('null', 'connect'))
    assert.equal(rig.lines.connections.pending, 1)
    rig.pass(11)
    assert.deepEqual(rig.reasons, ['handshake-timeout'])
    assert.equal(rig.lines.connections.pending, 0)
    assert.equal(rig.tunnels.size, 0)
  })

  it('end a tunnel that sends much before its handshake', async () => {
    await using rig = await openRig('bluebox')
    const id = bodyOf(await talk(rig, post('null', 'connect'))).slice('connect|'.length)
    const answer = await talk(rig, post(id, 'data', 'AAAA'.repeat(MAX_HANDSHAKE_BODY_BYTES / 4)))
    assert.match(answer, /^HTTP\/1\.1 413 /)
    assert.deepEqual(rig.reasons, ['message-too-large'])
    assert.equal(rig.tunnels.size, 0)
  })

  it('end a tunnel that sends too many bytes', async () => {
    await using tunnel = await openTunnel({ limits: { bytesPerSecond: 5000 } })
    for (let i = 0; i < 4; i++) await talk(tunnel.rig, post(tunnel.id, 'data', 'AAAA'.repeat(1000)))
    assert.equal(await tunnel.owner.closed(), 'byte-rate')
    assert.ok(tunnel.owner.bytes.length <= 10_000)
    assert.equal(tunnel.rig.reasons[0], 'byte-rate')
  })

  it('end a tunnel that polls without end', async () => {
    await using tunnel = await openTunnel({ limits: { requestsPerSecond: 20 } })
    for (let i = 0; i < 50 && tunnel.rig.reasons.length === 0; i++) {
      tunnel.owner.connection.send([packet(i)])
      await talk(tunnel.rig, post(tunnel.id, 'poll'))
    }
    assert.equal(await tunnel.owner.closed(), 'message-rate')
  })

  it('end a connection that sends requests without end', async () => {
    await using rig = await openRig('bluebox', { limits: { requestsPerSecond: 20 } })
    const request = post('nobody', 'poll').replace('Connection: close\r\n', '')
    const socket = await openSocket(rig.port)
    const answer = readAll(socket)
    for (let i = 0; i < 60 && !socket.destroyed; i++) {
      socket.write(request)
      await turns()
    }
    assert.match(await answer, /^HTTP\/1\.1 200 OK/)
    assert.equal(rig.reasons.at(-1), 'message-rate')
  })

  it('end a connection that pipelines requests behind a slow one', async () => {
    const slow = { method: 'GET', path: '/slow', handle: () => undefined } as const
    await using tunnel = await openTunnel({ routes: [slow] })
    const poll = post(tunnel.id, 'poll').replace('Connection: close\r\n', '')
    const socket = await openSocket(tunnel.rig.port)
    const answer = readAll(socket)
    socket.write(`GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n${poll.repeat(100)}`)
    assert.equal(await answer, '')
    assert.deepEqual(tunnel.rig.reasons, ['message-rate'])
    while (tunnel.rig.tunnels.stats.heldPolls > 0) await turns()
    assert.equal(tunnel.rig.tunnels.size, 1)
  })

  it('refuse a body that is too long by its header', async () => {
    await using tunnel = await openTunnel({ limits: { maxRequestBytes: 1024 } })
    const { maxBodyBytes } = tunnel.rig.tunnels
    const request = post(tunnel.id, 'data', '').replace(/Length: \d+/, `Length: ${maxBodyBytes + 1}`)
    assert.match(await talk(tunnel.rig, request), /^HTTP\/1\.1 413 /)
    assert.deepEqual(tunnel.rig.reasons, ['message-too-large'])
    assert.deepEqual(tunnel.owner.closes, [])
  })

  it('refuse a body that is too long without saying so', async () => {
    await using tunnel = await openTunnel({ limits: { maxRequestBytes: 1024 } })
    const head = postBody('', 'Transfer-Encoding: chunked').replace('Content-Length: 0\r\n', '')
    const part = `sfsHttp=${tunnel.id}|data|${'AAAA'.repeat(250)}`
    const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`
    const socket = await openSocket(tunnel.rig.port)
    const answer = readAll(socket)
    socket.write(head + chunk(part))
    while (!socket.destroyed) {
      socket.write(chunk('AAAA'.repeat(250)))
      await turns()
    }
    assert.match(await answer, /^(HTTP\/1\.1 413 |$)/)
    assert.equal(await tunnel.owner.closed(), 'message-too-large')
    assert.equal(tunnel.owner.bytes.length, 0)
  })

  it('take the longest packet, however it is percent-encoded', async () => {
    await using tunnel = await openTunnel({ limits: { maxRequestBytes: 30_000 } })
    const bytes = Buffer.alloc(30_005, 0xff)
    await talk(tunnel.rig, post(tunnel.id, 'data', bytes.toString('base64')))
    assert.ok(tunnel.owner.bytes.equals(bytes))
    assert.deepEqual(tunnel.rig.reasons, [])
  })

  it('keep unfinished bodies of one tunnel within a bound, and none for strangers', async () => {
    await using tunnel = await openTunnel({ limits: { maxRequestBytes: 10_000 } })
    const { rig, id, owner } = tunnel
    const half = (who: string) =>
      postBody(`sfsHttp=${who}|data|${'AAAA'.repeat(2000)}`).replace(/Length: \d+/, 'Length: 30000')
    const stranger = await openSocket(rig.port)
    const answer = readAll(stranger)
    stranger.write(half('0123456789abcdef0123456789abcdef'))
    assert.match(await answer, /err01\|null$/)
    const sockets = await Promise.all(Array.from({ length: 6 }, () => openSocket(rig.port)))
    for (const socket of sockets.slice(0, 3)) socket.write(half(id))
    while (rig.tunnels.stats.bytesReceived < 24_000) await turns()
    for (const socket of sockets.slice(0, 3)) socket.destroy()
    while (rig.lines.size > 4) await turns()
    assert.deepEqual(owner.closes, [])
    for (const socket of sockets.slice(3)) socket.write(half(id))
    while (rig.tunnels.stats.bytesReceived < 48_000) await turns()
    assert.deepEqual(owner.closes, [])
    const more = await Promise.all(Array.from({ length: 3 }, () => openSocket(rig.port)))
    for (const socket of more) socket.write(half(id))
    assert.equal(await owner.closed(), 'message-too-large')
    for (const socket of [...sockets, ...more]) socket.destroy()
  })

  it('end a request whose body comes too slowly, and not its tunnel', async () => {
    await using tunnel = await openTunnel({ limits: { handshakeTimeoutSeconds: 10 } })
    const { rig, id, owner } = tunnel
    const socket = await openSocket(rig.port)
    const closed = readAll(socket)
    const [head = '', body = ''] = post(id, 'data', 'AAAA'.repeat(100)).split('\r\n\r\n')
    socket.write(`${head}\r\n\r\n`)
    for (const char of body.slice(0, 11)) {
      socket.write(char)
      for (let i = 0; i < 5; i++) await turns()
      rig.pass(1)
    }
    assert.equal(await closed, '')
    assert.deepEqual(rig.reasons, ['request-timeout'])
    assert.deepEqual(owner.closes, [])
  })

  it('do not count the time of a held poll as that of a slow request', async () => {
    await using tunnel = await openTunnel({ tunnel: { pollSeconds: 120 } })
    const held = talk(tunnel.rig, post(tunnel.id, 'poll'))
    while (tunnel.rig.tunnels.stats.heldPolls === 0) await turns()
    tunnel.rig.pass(119)
    assert.deepEqual(tunnel.rig.reasons, [])
    tunnel.rig.pass(2)
    assert.equal(bodyOf(await held), 'poll|null')
  })

  it('leave nothing behind when all is over', async () => {
    await using rig = await openRig('bluebox')
    const doors = Array.from({ length: 20 }, () => new TunnelDoor(rig.port, false))
    const ids = await Promise.all(
      doors.map(async door => (await door.ask('null', 'connect')).text.slice('connect|'.length)),
    )
    await Promise.all(doors.map((door, i) => door.ask(ids[i] ?? '', 'data', 'AQID')))
    for (const owner of rig.owners) owner.connection.established()
    for (const door of doors) door.leave()
    rig.pass(29)
    for (const owner of rig.owners) assert.equal(await owner.closed(), 'lost')
    while (rig.lines.size > 0) await turns()
    const { tunnels, lines } = rig
    assert.deepEqual([tunnels.size, tunnels.stats.heldPolls, lines.connections.addresses], [0, 0, 0])
  })
})
