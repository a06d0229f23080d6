import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openRig, packet } from './rig.ts'
import { openSocket, post, postBody, readAll, turns } from './tunnel-bytes.ts'
import { TunnelDoor } from './tunnel-client.ts'

/** A tunnel, and a connection that is kept open. */
async function openTunnel() {
  const rig = await openRig('bluebox')
  const door = new TunnelDoor(rig.port, false)
  const id = (await door.ask('null', 'connect')).text.slice('connect|'.length)
  await door.ask(id, 'data', 'gA==')
  const [owner] = rig.owners
  assert.ok(owner)
  owner.connection.established()
  owner.chunks.length = 0
  const socket = await openSocket(rig.port)
  let text = ''
  socket.setEncoding('latin1').on('data', chunk => {
    text += chunk
  })
  return {
    rig,
    door,
    id,
    owner,
    socket,
    ask: (command: string, data?: string) => post(id, command, data).replace('Connection: close\r\n', ''),
    bodies: () => [...text.matchAll(/\r\n\r\n((?:(?!HTTP)[\s\S])*)/g)].map(match => match[1]),
    async [Symbol.asyncDispose]() {
      socket.destroy()
      door.leave()
      await rig[Symbol.asyncDispose]()
    },
  }
}

describe('requests that come behind a held poll on its connection [P-10.6]', () => {
  it('let it go when they are another poll, which is held in its place', async () => {
    await using tunnel = await openTunnel()
    tunnel.socket.write(tunnel.ask('poll') + tunnel.ask('poll'))
    while (tunnel.bodies().length < 1) await turns()
    assert.equal(tunnel.rig.tunnels.stats.heldPolls, 1)
    tunnel.owner.connection.send([packet(1, 2, 3)])
    while (tunnel.bodies().length < 2) await turns()
    assert.deepEqual(tunnel.bodies(), ['poll|null', 'poll|AQID'])
  })

  it('let it go when they come later', async () => {
    await using tunnel = await openTunnel()
    tunnel.socket.write(tunnel.ask('poll'))
    while (tunnel.rig.tunnels.stats.heldPolls === 0) await turns()
    tunnel.socket.write(tunnel.ask('data', 'AQID'))
    while (tunnel.bodies().length < 2) await turns()
    assert.deepEqual(tunnel.bodies(), ['poll|null', ''])
    assert.deepEqual([...tunnel.owner.bytes], [1, 2, 3])
  })

  it('leave the polls of other connections alone', async () => {
    await using tunnel = await openTunnel()
    const held = tunnel.door.ask(tunnel.id, 'poll')
    while (tunnel.rig.tunnels.stats.heldPolls === 0) await turns()
    tunnel.socket.write(tunnel.ask('data', 'AQID'))
    while (tunnel.bodies().length < 1) await turns()
    assert.equal(tunnel.rig.tunnels.stats.heldPolls, 1)
    tunnel.owner.connection.send([packet(4)])
    assert.equal((await held).text, 'poll|BA==')
  })

  it('are lost with their connection, and the packets in their answers are not', async () => {
    await using tunnel = await openTunnel()
    tunnel.socket.write(tunnel.ask('poll') + tunnel.ask('poll'))
    while (tunnel.bodies().length < 1) await turns()
    tunnel.socket.resetAndDestroy()
    tunnel.owner.connection.send([packet(5)])
    for (let text = ''; text !== 'poll|BQ=='; ) text = (await tunnel.door.ask(tunnel.id, 'poll')).text
  })
})

it('a connection with a held poll does not become a WebSocket, which would count nowhere', async () => {
  await using tunnel = await openTunnel()
  const closed = readAll(tunnel.socket)
  tunnel.socket.write(tunnel.ask('poll'))
  while (tunnel.rig.tunnels.stats.heldPolls === 0) await turns()
  tunnel.socket.write(
    [
      'GET /websocket HTTP/1.1',
      'Host: 127.0.0.1',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '\r\n',
    ].join('\r\n'),
  )
  assert.doesNotMatch(await closed, /101/)
  assert.deepEqual(tunnel.rig.reasons, ['malformed-request'])
  while (tunnel.rig.tunnels.stats.heldPolls > 0) await turns()
  assert.equal(tunnel.rig.owners.length, 1)
})

it('an expectation that nobody knows does not keep a request from being served', async () => {
  await using rig = await openRig('bluebox')
  const socket = await openSocket(rig.port)
  const answer = readAll(socket)
  socket.write(postBody('sfsHttp=null%7Cconnect%7Cnull').replace('\r\n', '\r\nExpect: more\r\n'))
  assert.match(await answer, /^HTTP\/1\.1 200 OK[\s\S]*connect\|[0-9a-f]{32}$/)
})
