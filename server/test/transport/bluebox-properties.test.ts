import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import {
  idOfLongRequest,
  readTunnelRequest,
  type TunnelRequest,
} from '../../src/transport/bluebox-request.ts'
import { MAX_HELD_POLLS } from '../../src/transport/bluebox-tunnel.ts'
import type { TunnelReply } from '../../src/transport/bluebox-tunnels.ts'
import { packet, Rig } from './rig.ts'

/** Milliseconds that one property may take on a slow machine; what was tried by then counts. */
const TIME = { interruptAfterTimeLimit: 8000, markInterruptAsFailure: false }

const id = fc.stringMatching(/^[0-9a-f]{32}$/)
/** How clients write a value: as little or as much encoded as they like. */
const encodings: readonly ((text: string) => string)[] = [
  encodeURIComponent,
  text => encodeURIComponent(text).replaceAll(/%../g, code => code.toLowerCase()),
  text => text.replaceAll(/\W/g, char => `%${char.charCodeAt(0).toString(16)}`),
  text => text.replaceAll(/./g, char => `%${char.charCodeAt(0).toString(16)}`),
  text => text,
]

it('a request is read however it is encoded [P-10.1]', () => {
  const request = fc.record({ id, bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }) })
  fc.assert(
    fc.property(request, fc.constantFrom(...encodings), ({ id, bytes }, encode) => {
      const data = Buffer.from(bytes).toString('base64')
      // Three bytes of this base64 read "null", which is the text for nothing.
      fc.pre(data !== 'null')
      const body = (value: string) => `sfsHttp=${encode(value)}`
      assert.deepEqual(readTunnelRequest(body(`${id}|data|${data}`)), {
        type: 'data',
        id,
        bytes: Buffer.from(bytes),
      })
      assert.deepEqual(readTunnelRequest(body(`${id}|poll|null`)), { type: 'poll', id })
      assert.deepEqual(readTunnelRequest(body('null|connect|null')), { type: 'connect' })
    }),
    TIME,
  )
})

it('any body is read as something, and never throws', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'sfsHttp=',
      '|',
      '%7C',
      '%',
      '%7',
      '%00',
      'null',
      'connect',
      'poll',
      'data',
      'disconnect',
    ),
    fc.constantFrom('&', '=', '+', 'AAAA', '____', '\0', '\r\n', '%ff%fe', '%ed%a0%80'),
  )
  const types: ReadonlySet<TunnelRequest['type']> = new Set([
    'connect',
    'poll',
    'disconnect',
    'data',
    'nothing',
    'senseless',
  ])
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
      const body = pieces.join('')
      assert.ok(types.has(readTunnelRequest(body).type))
      idOfLongRequest(body)
    }),
    { ...TIME, numRuns: 2000 },
  )
})

type Step =
  | { readonly do: 'send'; readonly count: number }
  | { readonly do: 'poll' }
  /** The newest answer that is on its way leaves, or fails. */
  | { readonly do: 'finish'; readonly whole: boolean }
  /** A client goes away while its poll is held. */
  | { readonly do: 'withdraw'; readonly which: number }
  | { readonly do: 'wait'; readonly seconds: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('send' as const), count: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant('poll' as const) }),
  fc.record({ do: fc.constant('finish' as const), whole: fc.boolean() }),
  fc.record({ do: fc.constant('withdraw' as const), which: fc.nat(1) }),
  fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 12 }) }),
)

/** One request and what became of it. */
class Asked implements TunnelReply {
  readonly address = '127.0.0.1'
  readonly isSecure = false
  answers: string[] = []
  left: ((whole: boolean) => void) | undefined
  withdrawn: (() => void) | undefined

  answer(body: Buffer, left?: (whole: boolean) => void): void {
    this.answers.push(body.toString())
    this.withdrawn = undefined
    this.left = left
  }
  status(code: number): void {
    this.answers.push(String(code))
  }
  hold(_millis: number, withdrawn: () => void): void {
    this.withdrawn = withdrawn
  }
}

/** The numbers of the packets in an answer. */
function numbersIn(text: string): readonly number[] {
  const [, data = 'null'] = text.split('|')
  if (data === 'null') return []
  const bytes = Buffer.from(data, 'base64')
  return Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readUInt16BE(2 * i))
}

it('whatever polls and connections do, packets arrive once and in order, and each poll is answered once', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), steps => {
      const rig = new Rig('bluebox', {}, { pollSeconds: 20, silenceSeconds: 1000 })
      const { tunnels } = rig
      const connect = new Asked()
      tunnels.serve({ type: 'connect' }, connect)
      const tunnel = tunnels.find((connect.answers[0] ?? '').slice('connect|'.length), false)
      assert.ok(tunnel)
      tunnel.data(Uint8Array.of(0x80))
      const [owner] = rig.owners
      assert.ok(owner)
      owner.connection.established()

      const polls: Asked[] = []
      const arrived: number[] = []
      let sent = 0
      const finish = (whole: boolean) => {
        const leaving = polls.find(poll => poll.left !== undefined)
        if (leaving === undefined) return
        if (whole) arrived.push(...numbersIn(leaving.answers[0] ?? ''))
        const { left } = leaving
        leaving.left = undefined
        left?.(whole)
      }
      const poll = () => {
        const asked = new Asked()
        polls.push(asked)
        tunnels.serve({ type: 'poll', id: tunnel.id }, asked)
      }
      const held = () =>
        polls.filter(({ answers, withdrawn }) => answers.length === 0 && withdrawn !== undefined)
      for (const one of steps) {
        if (one.do === 'send') {
          const numbers = Array.from({ length: one.count }, () => sent++)
          owner.connection.send(numbers.map(n => packet(n >> 8, n & 0xff)))
        } else if (one.do === 'poll') poll()
        else if (one.do === 'finish') finish(one.whole)
        else if (one.do === 'wait') rig.pass(one.seconds)
        else {
          const gone = held()[one.which]
          const { withdrawn } = gone ?? {}
          if (gone !== undefined) gone.withdrawn = undefined
          withdrawn?.()
        }
        assert.equal(tunnels.stats.heldPolls, held().length)
        assert.ok(held().length <= MAX_HELD_POLLS)
        assert.ok(polls.filter(({ left }) => left !== undefined).length <= 1, 'two answers are on their way')
        for (const { answers } of polls) assert.ok(answers.length <= 1)
        assert.ok(owner.connection.bufferedBytes <= 2 * (sent - arrived.length))
      }
      for (let i = 0; i < 3; i++) {
        finish(true)
        poll()
      }
      finish(true)
      assert.deepEqual(
        arrived,
        Array.from({ length: sent }, (_, n) => n),
      )
      assert.equal(owner.connection.bufferedBytes, 0)
      tunnel.destroy('server')
      assert.deepEqual([tunnels.size, tunnels.stats.heldPolls, rig.lines.size], [0, 0, 0])
      assert.equal(rig.lines.connections.addresses, 0)
    }),
    { ...TIME, numRuns: 1000 },
  )
})
