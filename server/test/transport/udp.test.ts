import assert from 'node:assert/strict'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { Lines } from '../../src/transport/lines.ts'
import { ListenError } from '../../src/transport/listen.ts'
import { listenUdp, type UdpListener } from '../../src/transport/udp.ts'
import { GENEROUS, HandClock } from './rig.ts'

interface Arrival {
  readonly bytes: Buffer
  readonly address: string
  readonly port: number
}

interface Rig {
  readonly listener: UdpListener
  readonly lines: Lines
  readonly faults: unknown[]
  readonly arrived: Arrival[]
  readonly client: Socket
  /** Sends and waits until the server has it. */
  send(bytes: Uint8Array): Promise<Arrival>
}

async function openRig(t: TestContext, react: (arrival: Arrival) => void = () => undefined): Promise<Rig> {
  const faults: unknown[] = []
  const arrived: Arrival[] = []
  let heard = () => {}
  const lines = new Lines({
    limits: GENEROUS,
    clock: new HandClock(),
    onRefusal: () => undefined,
    onFault: error => faults.push(error),
  })
  const listener = await listenUdp({
    host: '127.0.0.1',
    port: 0,
    lines,
    receive: (message, address, port) => {
      const arrival = { bytes: Buffer.from(message), address, port }
      arrived.push(arrival)
      heard()
      react(arrival)
    },
  })
  const client = createSocket('udp4')
  client.bind(0, '127.0.0.1')
  await once(client, 'listening')
  t.after(async () => {
    client.close()
    await listener.close()
  })
  const send = async (bytes: Uint8Array): Promise<Arrival> => {
    const next = new Promise<void>(resolve => {
      heard = resolve
    })
    client.send(bytes, listener.port, '127.0.0.1')
    await next
    return arrived.at(-1) ?? assert.fail('nothing arrived')
  }
  return { listener, lines, faults, arrived, client, send }
}

test('a datagram comes with where it is from, and one can go back there', async t => {
  const { listener, lines, client, send } = await openRig(t)
  const { bytes, address, port } = await send(Buffer.from('hello'))
  assert.deepEqual([bytes.toString(), address, port], ['hello', '127.0.0.1', client.address().port])
  assert.equal((await send(new Uint8Array(0))).bytes.length, 0)
  const answer = once(client, 'message')
  assert.equal(listener.send(Buffer.from('back'), address, port), true)
  assert.equal(String((await answer)[0]), 'back')
  assert.deepEqual([lines.stats.bytesReceived, lines.stats.bytesSent, lines.stats.writes], [5, 4, 1])
})

test('an error of the owner is a fault of the server, and the next datagram is read', async t => {
  const { send, faults } = await openRig(t, ({ bytes }) => {
    if (bytes.toString() === 'bad') throw new Error('broken')
  })
  await send(Buffer.from('bad'))
  await send(Buffer.from('good'))
  assert.equal(faults.length, 1)
})

test('a taken port is an error of one line that names it', async t => {
  const { listener, lines } = await openRig(t)
  await assert.rejects(
    listenUdp({ host: '127.0.0.1', port: listener.port, lines, receive: () => undefined }),
    (error: unknown) => {
      assert.ok(error instanceof ListenError)
      assert.equal(error.code, 'EADDRINUSE')
      assert.ok(error.message.startsWith(`127.0.0.1:${listener.port} is already in use: `))
      return true
    },
  )
})

test('a host name is listened on where TCP would be, and one that is none is an error', async t => {
  const { lines } = await openRig(t)
  const options = { port: 0, lines, receive: () => undefined }
  const named = await listenUdp({ ...options, host: 'localhost' })
  assert.ok(named.port > 0)
  await named.close()
  await assert.rejects(listenUdp({ ...options, host: 'no-such-host.invalid' }), {
    name: 'ListenError',
    message: /^no-such-host\.invalid:0 is a host name that cannot be resolved|cannot be listened on/,
  })
})

test('a port is free again when its listener was closed, and what is sent then is lost', async t => {
  const { lines } = await openRig(t)
  const options = { host: '127.0.0.1', lines, receive: () => undefined }
  const first = await listenUdp({ ...options, port: 0 })
  await first.close()
  assert.equal(first.send(Buffer.from('x'), '127.0.0.1', 9), false)
  const second = await listenUdp({ ...options, port: first.port })
  assert.equal(second.port, first.port)
  await second.close()
})

test('an address that cannot be reached harms nothing', async t => {
  const { listener, send, faults } = await openRig(t)
  listener.send(Buffer.from('x'), '255.255.255.255', 9)
  listener.send(new Uint8Array(70_000), '127.0.0.1', 9)
  await send(Buffer.from('still here'))
  assert.deepEqual(faults, [])
})
