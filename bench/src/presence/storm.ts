/** Users who log in one after the other, each on a line of his own, and count whom they are told of. */
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeServerMessage, encodeRequest, framePacket } from '@warren/codec'
import { Histogram } from '../generator/histogram.ts'
import { type Line, ReadBuffer } from '../generator/line.ts'
import { SocketLine } from '../generator/socket-line.ts'
import { nameOf, numberOf } from './crowd.ts'

/** What the benchmark asks of this process. */
export type StormRequest =
  | { readonly type: 'open'; readonly port: number; readonly users: number; readonly zone: string }
  /** All come, so many a second; `expected` are those who are to be told of, all in all. */
  | { readonly type: 'storm'; readonly perSecond: number; readonly expected: number }

/** What it answers. */
export type StormReply =
  | { readonly type: 'ready' }
  | { readonly type: 'opened' }
  | ({ readonly type: 'over' } & StormFigures)
  | { readonly type: 'failed'; readonly reason: string }

/** How a storm went. */
export interface StormFigures {
  /** Times that somebody was told that a buddy came. */
  readonly told: number
  /** Lists that came. */
  readonly lists: number
  /** Milliseconds from when a login was due to when a buddy heard of it. */
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** Milliseconds without any news after which the storm counts as over. */
const SILENCE = 10_000
/** Lines that are opened at once. */
const AT_ONCE = 100
const COMPRESSED = 0x20
const MICROS = 1000

const buffer = new ReadBuffer()
const delays = new Histogram()
const due: number[] = []
let lines: Line[] = []
let zone = ''
let lists = 0
let lastNews = 0

function heard(bytes: Uint8Array, start: number, end: number, flags: number): void {
  lastNews = performance.now()
  // Only lists are so long that they are compressed.
  if (flags & COMPRESSED) {
    lists++
    return
  }
  const message = decodeServerMessage(bytes.subarray(start, end))
  if (!('name' in message)) throw new Error(`not understood: ${JSON.stringify(message)}`)
  if (message.name === 'InitBuddyList') lists++
  if (message.name === 'Failure') throw new Error(`refused: ${message.action} ${message.code}`)
  if (message.name !== 'GoOnline') return
  delays.record((lastNews - (due[numberOf(message.fields.buddyName)] ?? lastNews)) * MICROS)
}

async function open({ port, users, zone: name }: Extract<StormRequest, { type: 'open' }>): Promise<void> {
  zone = name
  const handshake = framePacket(encodeRequest('Handshake', { apiVersion: '1.8.6', clientType: 'Bench' }))
  lines = []
  while (lines.length < users) {
    const some = Math.min(AT_ONCE, users - lines.length)
    const opened = await Promise.all(
      Array.from({ length: some }, () =>
        SocketLine.open({ host: '127.0.0.1', port }, buffer, { frame: heard }),
      ),
    )
    for (const line of opened) {
      line.onClose = reason => {
        throw new Error(`a line was closed: ${reason}`)
      }
      line.write(handshake)
    }
    lines.push(...opened)
  }
  while (performance.now() - lastNews < 300) await sleep(50)
}

async function storm({
  perSecond,
  expected,
}: Extract<StormRequest, { type: 'storm' }>): Promise<StormFigures> {
  const init = framePacket(encodeRequest('InitBuddyList', {}))
  const began = performance.now() + 50
  for (let user = 0; user < lines.length; ) {
    const now = performance.now()
    for (; user < lines.length && began + (user * 1000) / perSecond <= now; user++) {
      due[user] = began + (user * 1000) / perSecond
      const login = framePacket(
        encodeRequest('Login', { zoneName: zone, userName: nameOf(user), password: '' }),
      )
      lines[user]?.write(Buffer.concat([login, init]))
    }
    await sleep(1)
  }
  while (delays.total < expected && performance.now() - lastNews < SILENCE) await sleep(5)
  const at = (share: number) => delays.percentile(share) / MICROS
  return { told: delays.total, lists, p50: at(0.5), p99: at(0.99), max: delays.max / MICROS }
}

async function answer(request: StormRequest): Promise<StormReply> {
  if (request.type === 'storm') return { type: 'over', ...(await storm(request)) }
  await open(request)
  return { type: 'opened' }
}

process.on('disconnect', () => process.exit(0))
process.on('message', (request: StormRequest) => {
  answer(request)
    .catch((error: unknown): StormReply => ({ type: 'failed', reason: String(error) }))
    .then(done => process.send?.(done))
})
process.send?.({ type: 'ready' })
