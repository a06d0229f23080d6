import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket as Peer, type Server } from 'node:net'
import { type TestContext, test } from 'node:test'
import { EOFError, IOError } from '@warren/client/flash'
import { Socket, type XMLNode, XMLSocket } from '@warren/client/flash/node'

interface Stage {
  readonly port: number
  readonly server: Server
  /** The other end of the next connection. */
  peer(): Promise<Peer>
}

async function listen(t: TestContext): Promise<Stage> {
  const server = createServer()
  const peers: Peer[] = []
  server.on('connection', peer => peers.push(peer))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    for (const peer of peers) peer.destroy()
    server.close()
  })
  return {
    port: (server.address() as AddressInfo).port,
    server,
    peer: async () => peers.at(-1) ?? ((await once(server, 'connection')) as [Peer])[0],
  }
}

/** A port that nobody listens on. */
async function deadPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function bytesOf(peer: Peer, count: number): Promise<Buffer> {
  let bytes = Buffer.alloc(0)
  while (bytes.length < count) bytes = Buffer.concat([bytes, ((await once(peer, 'data')) as [Buffer])[0]])
  return bytes
}

/** A connected Socket, and the other end. */
async function connected(t: TestContext): Promise<{ socket: Socket; peer: Peer }> {
  const stage = await listen(t)
  const socket = new Socket()
  const open = socket.next('connect')
  socket.connect('127.0.0.1', stage.port)
  await open
  t.after(() => socket.connected && socket.close())
  return { socket, peer: await stage.peer() }
}

async function xmlConnected(t: TestContext): Promise<{ socket: XMLSocket; peer: Peer }> {
  const stage = await listen(t)
  const socket = new XMLSocket()
  const accepted = new Promise<boolean>(resolve => {
    socket.onConnect = resolve
  })
  assert.equal(socket.connect('127.0.0.1', stage.port), true)
  assert.equal(await accepted, true)
  t.after(() => socket.close())
  return { socket, peer: await stage.peer() }
}

test('XMLSocket sends what it is given, XML or not, with a zero byte behind it', async t => {
  const { socket, peer } = await xmlConnected(t)
  socket.send('<a b="c"/>')
  socket.send('plain text')
  socket.send({ toString: () => 'größer' })
  const expected = '<a b="c"/>\0plain text\0größer\0'
  assert.equal((await bytesOf(peer, Buffer.byteLength(expected))).toString(), expected)
})

test('XMLSocket puts messages together that came in pieces, within characters too', async t => {
  const { socket, peer } = await xmlConnected(t)
  const messages: string[] = []
  const third = new Promise<void>(resolve => {
    socket.onData = text => messages.push(text) === 3 && resolve()
  })
  const bytes = Buffer.from('<a>größer</a>\0\0two\0rest without an end')
  peer.write(bytes.subarray(0, 6))
  await new Promise(resolve => setImmediate(resolve))
  peer.write(bytes.subarray(6))
  await third
  assert.deepEqual(messages, ['<a>größer</a>', '', 'two'])
})

test('XMLSocket gives XML as ActionScript has it', async t => {
  const { socket, peer } = await xmlConnected(t)
  const next = (): Promise<XMLNode> =>
    new Promise(resolve => {
      socket.onXML = resolve
    })
  let xml = next()
  peer.write('<?xml version="1.0"?><list n="2"><item>a &amp; b</item><!-- no --> <item/></list>\0')
  const document = await xml
  const list = document.firstChild
  assert.equal(document.nodeName, null)
  assert.deepEqual([list?.nodeName, list?.attributes.n, list?.childNodes.length], ['list', '2', 3])
  assert.equal(list?.firstChild?.firstChild?.nodeValue, 'a & b')
  assert.equal(list?.firstChild?.nextSibling?.nodeValue, ' ')
  assert.equal(list?.lastChild?.previousSibling?.nodeType, 3)
  assert.equal(list?.lastChild?.parentNode, list)
  assert.equal(String(document), '<list n="2"><item>a &amp; b</item> <item /></list>')

  xml = next()
  peer.write('no XML at all\0')
  const { firstChild } = await xml
  assert.deepEqual(
    [firstChild?.nodeName, firstChild?.nodeType, firstChild?.nodeValue],
    [null, 3, 'no XML at all'],
  )
  assert.equal(firstChild?.hasChildNodes(), false)

  for (const nothing of ['\0', '<!DOCTYPE a><a/>\0', `${'<a>'.repeat(2000)}\0`]) {
    xml = next()
    peer.write(nothing)
    assert.equal((await xml).firstChild, null)
  }
})

test('XMLSocket tells of the other end closing, not of its own close', async t => {
  const { socket, peer } = await xmlConnected(t)
  const closed = new Promise<void>(resolve => {
    socket.onClose = resolve
  })
  peer.end()
  await closed
  assert.equal(socket.connected, false)

  const second = await xmlConnected(t)
  second.socket.onClose = () => assert.fail('its own close')
  second.socket.close()
  await once(second.peer.resume(), 'close')
  second.socket.send('lost')
})

test('XMLSocket says that nobody is there', async () => {
  const socket = new XMLSocket()
  const accepted = new Promise<boolean>(resolve => {
    socket.onConnect = resolve
  })
  socket.connect('127.0.0.1', await deadPort())
  assert.equal(await accepted, false)
})

test('XMLSocket hears nothing more once a handler has closed it', async t => {
  const { socket, peer } = await xmlConnected(t)
  const messages: string[] = []
  socket.onData = text => {
    messages.push(text)
    socket.close()
  }
  peer.write('one\0two\0')
  await once(peer.resume(), 'close')
  assert.deepEqual(messages, ['one'])
})

test('Socket writes as Flash does', async t => {
  const { socket, peer } = await connected(t)
  socket.writeUTF('hello from Socket')
  socket.writeInt(0x01020304)
  socket.writeDouble(3.5)
  socket.flush()
  const hex = `0011${Buffer.from('hello from Socket').toString('hex')}01020304400c000000000000`
  assert.equal((await bytesOf(peer, hex.length / 2)).toString('hex'), hex)

  socket.endian = 'littleEndian'
  socket.writeShort(-2)
  socket.writeUnsignedInt(0xfffefdfc)
  socket.writeFloat(1.5)
  socket.writeBoolean(true)
  socket.writeByte(300)
  socket.writeBytes(Uint8Array.of(9, 8))
  // Without flush too, at the end of the turn.
  assert.equal((await bytesOf(peer, 14)).toString('hex'), 'fefffcfdfeff0000c03f012c0908')
})

test('Socket reads as Flash does, in both orders of bytes', async t => {
  const { socket, peer } = await connected(t)
  const data = socket.next('socketData')
  peer.write(Buffer.from('01ff80fffeff01020304fffffffe3fc00000400c00000000000000036162c3a4', 'hex'))
  await data
  assert.equal(socket.readBoolean(), true)
  assert.equal(socket.readByte(), -1)
  assert.equal(socket.readUnsignedByte(), 0x80)
  assert.equal(socket.readShort(), -2)
  socket.endian = 'littleEndian'
  assert.equal(socket.readUnsignedShort(), 0x01ff)
  socket.endian = 'bigEndian'
  assert.equal(socket.readBytes(2).length, 2)
  assert.equal(socket.readUnsignedByte(), 4)
  assert.equal(socket.readInt(), -2)
  assert.equal(socket.readFloat(), 1.5)
  assert.equal(socket.readDouble(), 3.5)
  assert.equal(socket.readMultiByte(3, 'iso-8859-1').length, 3)
  assert.equal(socket.readUTFBytes(socket.bytesAvailable), 'bä'.slice(0))
})

test('Socket throws EOFError for what has not come yet, and takes nothing of it', async t => {
  const { socket, peer } = await connected(t)
  assert.throws(() => socket.readInt(), EOFError)
  const data = socket.next('socketData')
  peer.write(Buffer.from('000568', 'hex'))
  await data
  assert.throws(() => socket.readUTF(), /#2030/)
  assert.throws(() => socket.readInt(), EOFError)
  assert.throws(() => socket.readUTFBytes(-1), EOFError)
  assert.equal(socket.bytesAvailable, 3)
  const more = socket.next('socketData')
  peer.write('ello')
  await more
  assert.equal(socket.readUTF(), 'hello')
})

test('Socket keeps what was not read, over many pieces', async t => {
  const { socket, peer } = await connected(t)
  let read = 0
  const done = new Promise<void>(resolve => {
    socket.on('socketData', () => {
      while (socket.bytesAvailable >= 4) assert.equal(socket.readInt(), read++)
      if (read === 5000) resolve()
    })
  })
  const numbers = Buffer.alloc(20_000)
  for (let i = 0; i < 5000; i++) numbers.writeInt32BE(i, i * 4)
  for (let at = 0; at < numbers.length; at += 997) peer.write(numbers.subarray(at, at + 997))
  await done
})

test('Socket tells of the other end closing, and what came can still be read', async t => {
  const { socket, peer } = await connected(t)
  const closed = socket.next('close')
  peer.end('bye')
  await closed
  assert.equal(socket.connected, false)
  assert.equal(socket.readUTFBytes(3), 'bye')
  // As the reader of old tutorials does in his handler.
  socket.close()
  assert.throws(
    () => socket.close(),
    (error: unknown) => error instanceof IOError && error.errorID === 2002,
  )
  assert.throws(() => socket.writeByte(1), /#2002/)
  assert.throws(() => socket.flush(), /#2002/)
})

test('Socket sends what was written before it is closed', async t => {
  const { socket, peer } = await connected(t)
  socket.writeUTFBytes('last words')
  socket.close()
  assert.equal((await bytesOf(peer, 10)).toString(), 'last words')
})

test('Socket says that nobody is there', async () => {
  const socket = new Socket()
  const failed = socket.next('ioError')
  socket.connect('127.0.0.1', await deadPort())
  const { error } = await failed
  assert.equal(error.message, 'Error #2031: Socket Error. URL: 127.0.0.1')
})

test('Socket refuses what it cannot write', async t => {
  const { socket } = await connected(t)
  assert.throws(() => socket.writeUTF('x'.repeat(65_536)), RangeError)
  assert.throws(() => socket.writeObject({}), /AMF/)
  assert.throws(() => socket.readObject(), /AMF/)
})
