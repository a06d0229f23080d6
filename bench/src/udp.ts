/**
 * `node bench/src/udp.ts [--rounds <n>]`: how long a call and its answer take by UDP and by TCP, in clear and
 * encrypted, beside a bare socket; the same while strangers flood the UDP port, with twenty and a hundred times as
 * much as they may send; and what encryption costs a packet.
 * One call is under way at a time.
 */
import { parseArgs } from 'node:util'
import { encodePacket, encryptPacket } from '@warren/codec'
import { aesCipher } from '@warren/codec/node'
import { Child } from './child-process.ts'
import { EchoClient, echoDatagrams, type Ports } from './generator/echo-client.ts'
import { GENERATOR_CORE, SERVER_CORE } from './rig.ts'
import { fixed, type Table, textTable, whole } from './table.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20000' } } })
const rounds = Number(values.rounds)
/** Strange datagrams a second. Warren takes 1,000 and drops the rest. */
const FLOODS = [20_000, 100_000]

interface Row {
  readonly name: string
  /** Microseconds, ascending. */
  readonly times: readonly number[]
}

type Ready = { readonly type: 'ready' } & Ports
type FloorReady = { readonly type: 'ready'; readonly port: number }
type Sent = { readonly type: 'ready' } | { readonly type: 'sent'; readonly sent: number }

/** Runs a round trip again and again. */
async function measure(name: string, trip: (round: number) => Promise<void>): Promise<Row> {
  for (let round = 0; round < rounds / 10; round++) await trip(round)
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const started = performance.now()
    await trip(round)
    times.push((performance.now() - started) * 1000)
  }
  return { name, times: times.sort((a, b) => a - b) }
}

function at({ times }: Row, share: number): number {
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
}

function tripTable(title: string, rows: readonly Row[], floor: Row | undefined): Table {
  return {
    title,
    columns: ['way', 'round trips', 'p50 us', 'p99 us', 'p50 over the floor'],
    left: 1,
    rows: rows.map(row => [
      row.name,
      whole(row.times.length),
      fixed(at(row, 0.5), 1),
      fixed(at(row, 0.99), 1),
      floor === undefined || floor === row ? '' : fixed(at(row, 0.5) - at(floor, 0.5), 1),
    ]),
  }
}

async function tripRows(ports: Ports): Promise<Row[]> {
  const floorServer = new Child<string, FloorReady>({ script: 'servers/floor-udp.ts', core: SERVER_CORE })
  const floor = await floorServer.awaitReply('ready')
  const bare = await echoDatagrams(floor.port)
  const plain = await EchoClient.open(ports, false)
  const encrypted = await EchoClient.open(ports, true)
  const rows = [
    await measure('floor (bare dgram)', () => bare.trip()),
    await measure('UDP', () => plain.byDatagram()),
    await measure('UDP, encrypted', () => encrypted.byDatagram()),
    await measure('TCP', () => plain.byLine()),
    await measure('TCP, encrypted', () => encrypted.byLine()),
  ]
  for (const client of [bare, plain, encrypted]) client.close()
  await floorServer.stop()
  return rows
}

/** A healthy client's round trips while strangers send what they can. */
async function attackRows(ports: Ports): Promise<Row[]> {
  const client = await EchoClient.open(ports, false)
  const rows = [
    await measure('TCP, quiet', () => client.byLine()),
    await measure('UDP, quiet', () => client.byDatagram()),
  ]
  for (const perSecond of FLOODS) {
    const flood = new Child<string, Sent>({
      script: 'generator/datagram-flood.ts',
      args: [String(ports.udp), String(perSecond)],
      core: GENERATOR_CORE,
    })
    await flood.awaitReply('ready')
    const started = performance.now()
    const tcp = await measure('TCP', () => client.byLine())
    const udp = await measure('UDP', () => client.byDatagram())
    const reply = await flood.ask('count', 'sent')
    const sent = reply.type === 'sent' ? reply.sent / ((performance.now() - started) / 1000) : Number.NaN
    for (const row of [tcp, udp])
      rows.push({ ...row, name: `${row.name}, ${whole(sent)} strange datagrams/s` })
    await flood.stop()
  }
  client.close()
  return rows
}

/** Nanoseconds that encryption adds to a packet, and that reading it takes. */
function cipherTable(): Table {
  const cipher = aesCipher(Uint8Array.from({ length: 32 }, (_, index) => index))
  const nanos = (work: () => unknown): number => {
    const samples = Array.from({ length: 21 }, () => {
      const started = performance.now()
      for (let count = 0; count < 2000; count++) work()
      return ((performance.now() - started) * 1e6) / 2000
    })
    return samples.sort((a, b) => a - b)[10] ?? Number.NaN
  }
  return {
    title: 'Encryption of one packet, AES-128-CBC',
    columns: ['body bytes', 'encrypt us', 'decrypt us'],
    left: 0,
    rows: [50, 200, 1000, 10_000].map(length => {
      const packet = encodePacket(new Uint8Array(length))
      const secret = cipher.encrypt(new Uint8Array(length))
      return [
        whole(length),
        fixed(nanos(() => encryptPacket(packet, cipher)) / 1000, 2),
        fixed(nanos(() => cipher.decrypt(secret)) / 1000, 2),
      ]
    }),
  }
}

const server = new Child<string, Ready>({ script: 'servers/warren-datagrams.ts', core: SERVER_CORE })
const ports = await server.awaitReply('ready')
const trips = await tripRows(ports)
const attacked = await attackRows(ports)
await server.stop()
console.log(textTable(tripTable('A call and its answer, one at a time', trips, trips[0])))
console.log(textTable(tripTable('A healthy client while strangers send', attacked, undefined)))
console.log(textTable(cipherTable()))
process.exit(0)
