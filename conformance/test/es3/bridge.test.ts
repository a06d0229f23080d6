import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Socket, XMLSocket } from '@warren/client/flash'
import { encodeRequest, framePacket } from '@warren/codec'
import { deadline } from '../../src/client/deadline.ts'
import { isRemote, openTarget } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a listener for ElectroServer clients' }
const PATIENCE = 5000

async function open(t: TestContext) {
  const target = await openTarget(config => ({ listen: { ...config.listen, electro: 0 } }))
  t.after(() => target.close())
  return { ...target, bridge: `ws://${target.http.host}:${target.http.port}` }
}

test('an XMLSocket in a page reaches the ElectroServer port by the bridge', OWN, async t => {
  const { electro, bridge } = await open(t)
  const socket = new XMLSocket({ bridge })
  t.after(() => socket.close())
  const greeting = new Promise<string>(resolve => {
    socket.onXML = xml => resolve(String(xml.firstChild?.firstChild?.firstChild))
  })
  socket.connect('127.0.0.1', electro?.port ?? 0)
  assert.equal(await deadline(greeting, PATIENCE, 'the greeting'), 'ConnectionResponse')
})

test('a Socket in a page speaks SFS2X with the game port by the bridge', OWN, async t => {
  const { tcp, bridge } = await open(t)
  const socket = new Socket({ bridge })
  t.after(() => socket.connected && socket.close())
  const connected = socket.next('connect')
  socket.connect('127.0.0.1', tcp.port)
  await deadline(connected, PATIENCE, 'the connection')
  const answer = socket.next('socketData')
  socket.writeBytes(framePacket(encodeRequest('Handshake', { apiVersion: '1.8.6' })))
  await deadline(answer, PATIENCE, 'the answer')
  assert.equal(socket.readUnsignedByte(), 0x80)
  assert.equal(socket.readUnsignedShort(), socket.bytesAvailable)
})

test('the bridge leads to no other port, and the sockets say so', OWN, async t => {
  const { bridge } = await open(t)
  const xml = new XMLSocket({ bridge })
  const accepted = new Promise<boolean>(resolve => {
    xml.onConnect = resolve
  })
  xml.connect('127.0.0.1', 22)
  assert.equal(await deadline(accepted, PATIENCE, 'the refusal'), false)
  const socket = new Socket({ bridge })
  const failed = socket.next('ioError')
  socket.connect('127.0.0.1', 22)
  assert.match((await deadline(failed, PATIENCE, 'the refusal')).error.message, /#2031/)
})
