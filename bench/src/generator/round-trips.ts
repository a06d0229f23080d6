/** Sends a call and waits for its answer, again and again, on one line of each kind. */
import { decodeObject, encodeObject, encodePacket, encodeRequest, SFSObject } from '@warren/codec'
import type { LinePorts } from '../servers/child.ts'
import { type EchoLine, openEchoLine, WAYS, type Way } from './echo-lines.ts'

/** What the benchmark asks of this process. */
export type TripRequest =
  | { readonly type: 'open'; readonly ports: LinePorts; readonly zone: string | undefined }
  | { readonly type: 'run'; readonly way: Way; readonly trips: number }

/** What it answers. */
export type TripReply =
  | { readonly type: 'opened' }
  /** Microseconds of each round trip. */
  | { readonly type: 'times'; readonly times: readonly number[] }
  | { readonly type: 'failed'; readonly reason: string }

const PARAMS = new SFSObject().putUtfString('text', 'x'.repeat(64))
const CALL = encodePacket(encodeRequest('CallExtension', { command: 'echo', roomId: -1, params: PARAMS }))

const lines = new Map<Way, EchoLine>()
/** Who the datagrams are from. */
let userId = -1
let datagrams = 0

async function open({ ports, zone }: Extract<TripRequest, { type: 'open' }>): Promise<TripReply> {
  for (const way of WAYS) {
    const line = await openEchoLine(way, ports)
    if (zone !== undefined) {
      if (way === 'UDP') await line.ask(encodePacket(encodeObject(datagram().putByte('h', 1))))
      else userId = await logIn(line, zone)
    }
    lines.set(way, line)
  }
  return { type: 'opened' }
}

async function logIn(line: EchoLine, zoneName: string): Promise<number> {
  await line.ask(encodePacket(encodeRequest('Handshake', { apiVersion: '1.7.5', isBinary: true })))
  const body = await line.ask(encodePacket(encodeRequest('Login', { zoneName, userName: '', password: '' })))
  const params = decodeObject(body).getSFSObject('p')
  if (!params.has('id')) throw new Error('The login was refused')
  return params.getInt('id')
}

function datagram(): SFSObject {
  return new SFSObject().putByte('c', 1).putInt('u', userId).putLong('i', datagrams++)
}

/** A call as a datagram: each has a number of its own. */
function datagramCall(): Uint8Array {
  const call = new SFSObject().putUtfString('c', 'echo').putInt('r', -1).putSFSObject('p', PARAMS)
  return encodePacket(encodeObject(datagram().putSFSObject('p', call)))
}

async function run({ way, trips }: Extract<TripRequest, { type: 'run' }>): Promise<TripReply> {
  const line = lines.get(way)
  if (line === undefined) throw new Error(`No line over ${way}`)
  const times: number[] = []
  for (let trip = 0; trip < trips; trip++) {
    const started = performance.now()
    await line.ask(way === 'UDP' ? datagramCall() : CALL)
    times.push((performance.now() - started) * 1000)
  }
  return { type: 'times', times }
}

process.on('disconnect', () => process.exit(0))
process.on('message', (request: TripRequest) => {
  const reply = request.type === 'open' ? open(request) : run(request)
  reply
    .catch((error: unknown): TripReply => ({ type: 'failed', reason: String(error) }))
    .then(done => process.send?.(done))
})
process.send?.({ type: 'ready' })
