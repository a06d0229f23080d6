import assert from 'node:assert/strict'
import { test } from 'node:test'
import { framePacket } from '@warren/codec'
import { openBlueBox } from '../../src/transport/bluebox.ts'
import type { HttpAnswer, HttpPost } from '../../src/transport/http.ts'
import { type Line, LineError, MAX_HANDSHAKE_BYTES } from '../../src/transport/line.ts'
import { passTime, settle } from '../support/time.ts'

const ID = '0123456789abcdef0123456789abcdef'
const ADDRESS = { host: '::1', port: 8080, isSecure: false, pollMillis: 750 }

interface Asked {
  readonly command: string
  readonly data: string
  readonly url: string
  answer(text: string, status?: number): void
  fail(): void
}

/** A tunnel whose server is in the hand of the test. */
class Tunnel {
  readonly asked: Asked[] = []
  readonly packets: number[][] = []
  closed = 0

  readonly post = ({ url, body, signal }: HttpPost): Promise<HttpAnswer> =>
    new Promise((resolve, reject) => {
      const value = new URLSearchParams(body).get('sfsHttp') ?? ''
      const [, command = '', data = ''] = value.split('|')
      const fail = () => reject(new Error('cut'))
      signal.addEventListener('abort', fail)
      this.asked.push({ command, data, url, answer: (text, status = 200) => resolve({ status, text }), fail })
    })

  /** Requests of a command, all that there were. */
  of(command: string): readonly Asked[] {
    return this.asked.filter(each => each.command === command)
  }

  last(command: string): Asked {
    const found = this.of(command).at(-1)
    assert.ok(found, `a request "${command}"`)
    return found
  }

  async open(answer = `connect|${ID}`): Promise<Line> {
    const listener = {
      onPacket: (flags: number, body: Uint8Array) => void this.packets.push([flags, ...body]),
      onClosed: () => {
        this.closed++
      },
    }
    const opened = openBlueBox(this.post, ADDRESS, listener, new AbortController().signal)
    this.last('connect').answer(answer)
    const line = await opened
    await settle()
    return line
  }
}

const base64 = (...packets: readonly Uint8Array[]) => Buffer.concat(packets).toString('base64')
const packet = (...body: number[]) => framePacket(Uint8Array.from(body))

test('the tunnel is asked for once, at its path, and polled from then on [P-10.1]', async () => {
  const tunnel = new Tunnel()
  const line = await tunnel.open()
  assert.equal(tunnel.asked[0]?.url, 'http://[::1]:8080/BlueBox/BlueBox.do')
  assert.equal(tunnel.of('connect').length, 1)
  assert.equal(tunnel.of('poll').length, 1)
  line.kill()
})

test('what is no tunnel is an error that says what there was', async () => {
  await assert.rejects(new Tunnel().open('<html>'), LineError)
  await assert.rejects(new Tunnel().open('connect|'), /the server answers 200/)
})

test('packets of one answer come in order, also those that are cut between two', async t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  const tunnel = new Tunnel()
  const line = await tunnel.open()
  const bytes = Buffer.concat([packet(1), packet(2, 2), packet(3)])
  tunnel.last('poll').answer(`poll|${bytes.subarray(0, 6).toString('base64')}`)
  await settle()
  await passTime(t, 750)
  tunnel.last('poll').answer(`poll|${bytes.subarray(6).toString('base64')}`)
  await settle()
  assert.deepEqual(tunnel.packets, [
    [0x80, 1],
    [0x80, 2, 2],
    [0x80, 3],
  ])
  line.kill()
})

test('a stock server is polled at the rate of the configuration, one poll at a time', async t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  const tunnel = new Tunnel()
  const line = await tunnel.open()
  await passTime(t, 20_000)
  assert.equal(tunnel.of('poll').length, 1)
  tunnel.last('poll').answer('poll|null')
  await settle()
  await passTime(t, 749)
  assert.equal(tunnel.of('poll').length, 1)
  await passTime(t, 1)
  assert.equal(tunnel.of('poll').length, 2)
  line.kill()
})

test('a server that holds polls is polled without a pause; one that does not is left in peace', async t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  const tunnel = new Tunnel()
  const line = await tunnel.open()
  line.hurry?.()
  tunnel.last('poll').answer(`poll|${base64(packet(1))}`)
  await settle()
  assert.equal(tunnel.of('poll').length, 2)
  tunnel.last('poll').answer('poll|null')
  await settle()
  assert.equal(tunnel.of('poll').length, 2)
  await passTime(t, 100)
  assert.equal(tunnel.of('poll').length, 3)
  line.kill()
})

test('what is sent in one turn travels together, and the next only behind the answer [P-10.7]', async () => {
  const tunnel = new Tunnel()
  const line = await tunnel.open()
  line.send(packet(1))
  line.send(packet(2))
  await settle()
  assert.deepEqual(
    tunnel.of('data').map(({ data }) => data),
    [base64(packet(1), packet(2))],
  )
  line.send(packet(3))
  await settle()
  assert.equal(tunnel.of('data').length, 1)
  assert.equal(line.waitingBytes, 12)
  tunnel.last('data').answer('')
  await settle()
  assert.equal(tunnel.last('data').data, base64(packet(3)))
  tunnel.last('data').answer('data|null')
  await settle()
  assert.equal(line.waitingBytes, 0)
  line.kill()
})

for (const command of ['data', 'poll']) {
  test(`a request without an answer is the end of the line: ${command} [P-8.6.10]`, async () => {
    const tunnel = new Tunnel()
    const line = await tunnel.open()
    line.send(packet(1))
    await settle()
    tunnel.last(command).fail()
    await settle()
    assert.equal(tunnel.closed, 1)
    line.kill()
    assert.equal(tunnel.closed, 1)
  })

  for (const [answer, status] of [
    ['err01|null', 200],
    ['', 500],
  ] as const) {
    test(`an answer that says no is the end of the line: ${command}, "${answer}", ${status} [P-10.8]`, async () => {
      const tunnel = new Tunnel()
      const line = await tunnel.open()
      line.send(packet(1))
      await settle()
      tunnel.last(command).answer(answer, status)
      await settle()
      assert.equal(tunnel.closed, 1)
    })
  }
}

test('a request that nobody answers is given up in time', async t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  const tunnel = new Tunnel()
  const line = await tunnel.open()
  line.send(packet(1))
  await settle()
  await passTime(t, 9999)
  assert.equal(tunnel.closed, 0)
  await passTime(t, 1)
  assert.equal(tunnel.closed, 1)
})

for (const [what, answer] of [
  ['no base64', 'poll|***'],
  ['a packet that is too long', `poll|${base64(Uint8Array.of(0x88, 1, 0, 0, 0))}`],
  ['something else', 'hello'],
] as const) {
  test(`an answer with ${what} is the end of the line`, async () => {
    const tunnel = new Tunnel()
    const line = await tunnel.open()
    assert.equal(line.maxBodyBytes, MAX_HANDSHAKE_BYTES)
    tunnel.last('poll').answer(answer)
    await settle()
    assert.equal(tunnel.closed, 1)
    assert.deepEqual(tunnel.packets, [])
  })
}

test('who goes lets what was sent leave, then says goodbye [P-10.12]', async () => {
  const tunnel = new Tunnel()
  const line = await tunnel.open()
  line.send(packet(1))
  line.close()
  line.send(packet(2))
  await settle()
  assert.equal(tunnel.of('disconnect').length, 0)
  tunnel.last('data').answer('')
  await settle()
  tunnel.last('disconnect').answer('')
  await settle()
  assert.equal(tunnel.closed, 1)
  assert.equal(tunnel.of('data').length, 1)
})
