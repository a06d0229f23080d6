import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { NOTHING, UNKNOWN_TUNNEL } from '../../src/transport/bluebox-tunnel.ts'
import { bigPacket, type Owner, openRig, packet, type Rig, type RigOptions } from './rig.ts'
import { openSocket, post, readAll, turns } from './tunnel-bytes.ts'
import { type TunnelAnswer, TunnelDoor } from './tunnel-client.ts'

const OK = (text: string): TunnelAnswer => ({ status: 200, text })
const NULL_POLL = OK(String(NOTHING))
const UNKNOWN = OK(String(UNKNOWN_TUNNEL))

interface Opened {
  readonly rig: Rig
  readonly door: TunnelDoor
  readonly id: string
  readonly owner: Owner
}

/** A tunnel whose handshake is done. */
async function openTunnel(rig: Rig): Promise<Opened> {
  const door = new TunnelDoor(rig.port, rig.transport === 'bluebox-tls')
  const id = (await door.ask('null', 'connect')).text.slice('connect|'.length)
  const { length } = rig.owners
  await door.ask(id, 'data', 'gA==')
  const owner = rig.owners[length]
  if (owner === undefined) throw new Error('Nobody was accepted')
  owner.chunks.length = 0
  owner.connection.established()
  return { rig, door, id, owner }
}

async function opened(options: RigOptions = {}): Promise<Opened & AsyncDisposable> {
  const rig = await openRig('bluebox', options)
  const tunnel = await openTunnel(rig)
  return {
    ...tunnel,
    async [Symbol.asyncDispose]() {
      tunnel.door.leave()
      await rig[Symbol.asyncDispose]()
    },
  }
}

/** Sends a poll and waits until it is held. */
async function heldPoll({ rig, door, id }: Opened): Promise<{ answer: Promise<TunnelAnswer> }> {
  const { heldPolls } = rig.tunnels.stats
  const answer = door.ask(id, 'poll')
  answer.catch(() => undefined)
  while (rig.tunnels.stats.heldPolls === heldPolls) await turns()
  return { answer }
}

describe('the HTTP tunnel', () => {
  it('gives every tunnel an id that cannot be guessed [P-10.5]', async () => {
    await using tunnel = await opened()
    const ids = new Set<string>()
    for (let i = 0; i < 100; i++) {
      const { status, text } = await tunnel.door.ask(i % 2 === 0 ? 'null' : '', 'connect')
      assert.equal(status, 200)
      assert.match(text, /^connect\|[0-9a-f]{32}$/)
      ids.add(text)
    }
    assert.equal(ids.size, 100)
    assert.equal(tunnel.rig.tunnels.size, 101)
  })

  it('costs the owner nothing before bytes come', async () => {
    await using rig = await openRig('bluebox')
    const door = new TunnelDoor(rig.port, false)
    await door.ask('null', 'connect')
    assert.equal(rig.owners.length, 0)
    door.leave()
  })

  it('answers data with nothing, and a poll with all that waits, in one text [P-10.2]', async () => {
    await using tunnel = await opened()
    const { door, id, owner } = tunnel
    assert.deepEqual(await door.ask(id, 'data', 'AQID'), OK(''))
    assert.deepEqual([...owner.bytes], [1, 2, 3])
    for (let i = 0; i < 60; i++) owner.connection.send([packet(i)])
    const { text } = await door.ask(id, 'poll')
    assert.equal(text, `poll|${Buffer.from(Array.from({ length: 60 }, (_, i) => i)).toString('base64')}`)
  })

  it('holds a poll until something is sent [P-10.6]', async () => {
    await using tunnel = await opened()
    const { answer } = await heldPoll(tunnel)
    tunnel.owner.connection.send([packet(1, 2), packet(3)])
    assert.deepEqual(await answer, OK('poll|AQID'))
    assert.equal(tunnel.rig.tunnels.stats.heldPolls, 0)
  })

  it('holds a poll for its time and not longer [P-10.6]', async () => {
    await using tunnel = await opened({ tunnel: { pollSeconds: 20 } })
    const { answer } = await heldPoll(tunnel)
    tunnel.rig.pass(19)
    await turns()
    assert.equal(tunnel.rig.tunnels.stats.heldPolls, 1)
    tunnel.rig.pass(2)
    assert.deepEqual(await answer, NULL_POLL)
  })

  it('holds a poll for longer than another request may take', async () => {
    await using tunnel = await opened({ tunnel: { pollSeconds: 300 } })
    const { answer } = await heldPoll(tunnel)
    tunnel.rig.pass(299)
    tunnel.owner.connection.send([packet(7)])
    assert.deepEqual(await answer, OK('poll|Bw=='))
    assert.deepEqual(tunnel.rig.reasons, [])
  })

  it('holds two polls, answers the newest first and lets the oldest go for a third [P-10.6]', async () => {
    await using tunnel = await opened()
    const first = await heldPoll(tunnel)
    const second = await heldPoll(tunnel)
    const third = tunnel.door.ask(tunnel.id, 'poll')
    assert.deepEqual(await first.answer, NULL_POLL)
    tunnel.owner.connection.send([packet(1)])
    assert.deepEqual(await third, OK('poll|AQ=='))
    tunnel.owner.connection.send([packet(2)])
    assert.deepEqual(await second.answer, OK('poll|Ag=='))
  })

  it('keeps what a poll would have got whose client went away [P-10.13]', async () => {
    await using tunnel = await opened()
    const socket = await openSocket(tunnel.rig.port)
    socket.write(post(tunnel.id, 'poll'))
    while (tunnel.rig.tunnels.stats.heldPolls === 0) await turns()
    socket.destroy()
    while (tunnel.rig.tunnels.stats.heldPolls === 1) await turns()
    tunnel.owner.connection.send([packet(5)])
    assert.deepEqual(await tunnel.door.ask(tunnel.id, 'poll'), OK('poll|BQ=='))
  })

  it('keeps an answer that could not be written as a whole, before what was sent later [P-10.13]', async () => {
    await using tunnel = await opened()
    const { rig, door, id, owner } = tunnel
    const socket = await openSocket(rig.port)
    socket.pause()
    const big = bigPacket(20_000_000)
    assert.equal(owner.connection.send([big]), false)
    socket.write(post(id, 'poll'))
    while (rig.tunnels.stats.bytesSent < big.bytes.length) await turns()
    owner.connection.send([packet(9)])
    assert.equal(owner.connection.bufferedBytes, big.bytes.length + 1)
    socket.destroy()
    const { text } = await door.ask(id, 'poll')
    const bytes = Buffer.from(text.slice('poll|'.length), 'base64')
    assert.equal(bytes.length, big.bytes.length + 1)
    assert.equal(bytes.at(-1), 9)
    await owner.until(() => owner.drains === 1)
    assert.equal(owner.connection.bufferedBytes, 0)
  })

  it('is lost without polls, whatever else comes [P-10.13]', async () => {
    await using tunnel = await opened({ tunnel: { silenceSeconds: 28 } })
    const { rig, door, id, owner } = tunnel
    assert.deepEqual(await door.ask(id, 'data', 'AQID'), OK(''))
    door.leave()
    rig.pass(27)
    assert.deepEqual(await door.ask(id, 'data', 'AQID'), OK(''))
    rig.pass(1)
    assert.equal(await owner.closed(), 'lost')
    assert.deepEqual(await door.ask(id, 'poll'), UNKNOWN)
    assert.equal(rig.lines.connections.pending, 0)
  })

  it('is not lost while a poll is held, and is after it [P-10.13]', async () => {
    await using tunnel = await opened({ tunnel: { pollSeconds: 60, silenceSeconds: 28 } })
    const { answer } = await heldPoll(tunnel)
    tunnel.rig.pass(61)
    assert.deepEqual(await answer, NULL_POLL)
    tunnel.rig.pass(27)
    assert.deepEqual(tunnel.owner.closes, [])
    tunnel.rig.pass(1)
    assert.equal(await tunnel.owner.closed(), 'lost')
  })

  it('ends when its client says so [P-10.12]', async () => {
    await using tunnel = await opened()
    const { answer } = await heldPoll(tunnel)
    assert.deepEqual(await tunnel.door.ask(tunnel.id, 'disconnect'), OK(''))
    assert.deepEqual(await answer, UNKNOWN)
    assert.equal(await tunnel.owner.closed(), 'client')
    assert.deepEqual(await tunnel.door.ask(tunnel.id, 'data', 'AQID'), UNKNOWN)
    assert.deepEqual(tunnel.rig.reasons, ['tunnel-unknown'])
  })

  it('keeps what was sent before its end for one more poll, for a while [P-10.12]', async () => {
    await using rig = await openRig('bluebox')
    const [polled, silent] = [await openTunnel(rig), await openTunnel(rig)]
    for (const { owner } of [polled, silent]) {
      owner.connection.send([packet(4)])
      owner.connection.close('idle')
      assert.equal(owner.connection.send([packet(5)]), true)
    }
    rig.pass(5)
    assert.deepEqual(polled.owner.closes, [])
    assert.deepEqual(await polled.door.ask(polled.id, 'poll'), OK('poll|BA=='))
    assert.equal(await polled.owner.closed(), 'idle')
    rig.pass(1)
    assert.equal(await silent.owner.closed(), 'idle')
    for (const { door, id } of [polled, silent]) {
      assert.deepEqual(await door.ask(id, 'poll'), UNKNOWN)
      door.leave()
    }
  })

  it('tells held polls when the server stops, and waits for nobody', async () => {
    await using rig = await openRig('bluebox')
    const [held, silent] = [await openTunnel(rig), await openTunnel(rig)]
    const { answer } = await heldPoll(held)
    silent.owner.connection.send([packet(1)])
    await rig.lines.shutdown(60_000)
    assert.deepEqual(await answer, UNKNOWN)
    for (const { owner, door } of [held, silent]) {
      assert.equal(await owner.closed(), 'shutdown')
      door.leave()
    }
    assert.equal(rig.tunnels.size, 0)
    assert.equal(rig.lines.connections.addresses, 0)
  })

  it('keeps tunnels of HTTPS from those who come without it [P-10.5]', async () => {
    await using plain = await openRig('bluebox')
    await using secure = await openRig('bluebox-tls')
    const tunnel = await openTunnel(secure)
    assert.notEqual(secure.tunnels.find(tunnel.id, true), undefined)
    assert.equal(secure.tunnels.find(tunnel.id, false), undefined)
    tunnel.door.leave()
    const { id, door } = await openTunnel(plain)
    assert.equal(plain.tunnels.find(id, true), undefined)
    door.leave()
  })

  it('keeps the fault of one tunnel to itself', async () => {
    await using rig = await openRig('bluebox')
    const [bad, good] = [await openTunnel(rig), await openTunnel(rig)]
    bad.owner.react = () => {
      throw new Error('boom')
    }
    assert.deepEqual(await bad.door.ask(bad.id, 'data', 'AQID'), OK(''))
    assert.equal(await bad.owner.closed(), 'server')
    assert.match(String(rig.faults[0]?.error), /boom/)
    assert.deepEqual(await good.door.ask(good.id, 'data', 'AQID'), OK(''))
    assert.equal(good.owner.bytes.length, 3)
    for (const { door } of [bad, good]) door.leave()
  })

  it('shares the text of a batch among its receivers', async () => {
    await using rig = await openRig('bluebox')
    const [one, other] = [await openTunnel(rig), await openTunnel(rig)]
    const batch = [packet(1), packet(2)]
    const answers = [await heldPoll(one), await heldPoll(other)]
    for (const { owner } of [one, other]) owner.connection.send([...batch])
    for (const { answer } of answers) assert.deepEqual(await answer, OK('poll|AQI='))
    assert.equal(rig.lines.tunnels.bytesOf(batch), rig.lines.tunnels.bytesOf([...batch]))
    for (const { door } of [one, other]) door.leave()
  })
})

describe('requests that the tunnel does not carry out', () => {
  const BAD: readonly (readonly [string, (id: string) => string])[] = [
    ['an unknown command', id => `sfsHttp=${id}%7Cdance%7Cnull`],
    ['a connect with a session', id => `sfsHttp=${id}%7Cconnect%7Cnull`],
    ['another field', () => 'foo=bar'],
    ['an empty body', () => ''],
    ['data that is no base64', id => `sfsHttp=${id}%7Cdata%7C!!!!`],
    ['data without padding', id => `sfsHttp=${id}%7Cdata%7CAQI`],
    ['no data', id => `sfsHttp=${id}%7Cdata%7Cnull`],
    ['data in two parts', id => `sfsHttp=${id}%7Cdata%7CAQID%7CAQID`],
    ['broken percent-encoding', id => `sfsHttp=${id}%7`],
    ['a long body of another field', () => `foo=${'x'.repeat(1000)}`],
    ['a long poll', id => `sfsHttp=${id}%7Cpoll%7C${'A'.repeat(1000)}`],
  ]
  for (const [what, body] of BAD) {
    it(`answers ${what} with 500 [P-10.9]`, async () => {
      await using tunnel = await opened()
      const { rig, door, id, owner } = tunnel
      assert.deepEqual(await door.post(body(id)), { status: 500, text: '' })
      assert.deepEqual(rig.reasons, ['tunnel-request'])
      assert.deepEqual(await door.ask(id, 'data', 'AQID'), OK(''))
      assert.deepEqual([...owner.bytes], [1, 2, 3])
    })
  }

  it('answers a field without a separator, and GET, with nothing [P-10.9]', async () => {
    await using tunnel = await opened()
    assert.deepEqual(await tunnel.door.post('sfsHttp=hello'), OK(''))
    const url = `http://127.0.0.1:${tunnel.rig.port}/BlueBox/BlueBox.do?sfsHttp=null%7Cconnect%7Cnull`
    const response = await fetch(url)
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('content-length'), '0')
    assert.equal(await response.text(), '')
    assert.equal(tunnel.rig.tunnels.size, 1)
    assert.deepEqual(tunnel.rig.reasons, [])
  })

  it('answers for tunnels that there are not, however long the request is [P-10.8]', async () => {
    await using tunnel = await opened()
    const { door, rig } = tunnel
    for (const id of ['0123456789abcdef0123456789abcdef', 'nope', '', '__proto__']) {
      assert.deepEqual(await door.ask(id, 'poll'), UNKNOWN)
      assert.deepEqual(await door.ask(id, 'data', 'AQID'), UNKNOWN)
    }
    assert.deepEqual(await door.ask('nope', 'data', 'AAAA'.repeat(1000)), UNKNOWN)
    assert.deepEqual(new Set(rig.reasons), new Set(['tunnel-unknown']))
  })

  it('reads what sloppy clients make of base64 [P-10.7]', async () => {
    await using tunnel = await opened()
    const { door, id, owner } = tunnel
    await door.post(`sfsHttp=${id}|data|+/+%0d%0a/`)
    await door.post(`x=y&sfsHttp=${id}|data|%2B%2f+%2F&z`)
    assert.deepEqual([...owner.bytes], [0xfb, 0xff, 0xbf, 0xfb, 0xff, 0xbf])
  })
})

it('scripts of every origin may use the tunnel [P-10.14]', async () => {
  await using tunnel = await opened()
  const url = `http://127.0.0.1:${tunnel.rig.port}/BlueBox/BlueBox.do`
  const asked = await fetch(url, { method: 'OPTIONS', headers: { Origin: 'https://game.example' } })
  assert.equal(asked.status, 204)
  assert.equal(asked.headers.get('access-control-allow-methods'), 'POST')
  const body = new URLSearchParams({ sfsHttp: 'null|connect|null' })
  const answer = await fetch(url, { method: 'POST', body, headers: { Origin: 'https://game.example' } })
  assert.match(await answer.text(), /^connect\|/)
  for (const response of [asked, answer]) {
    assert.equal(response.headers.get('access-control-allow-origin'), '*')
    assert.equal(response.headers.get('content-security-policy'), null)
  }
})

it('a tunnel goes on when its client comes from another connection each time [P-10.5]', async () => {
  await using tunnel = await opened()
  for (let i = 0; i < 20; i++) {
    const socket = await openSocket(tunnel.rig.port)
    socket.write(post(tunnel.id, 'data', 'AQID'))
    assert.match(await readAll(socket), /^HTTP\/1\.1 200 OK\r\n/)
  }
  assert.equal(tunnel.owner.bytes.length, 60)
})
