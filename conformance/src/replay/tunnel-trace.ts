import { decodeObject, decodePacket, PacketSplitter } from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import type { Scenario } from './scenarios.ts'
import { type Packet, readTrace, type Step, type Trace } from './trace.ts'
import { toTyped } from './typed.ts'

/** More than a packet may hold. */
const MAX_BODY = 16 * 1024 * 1024

/** A request in the tunnel. */
export type TunnelRequestStep = Extract<Step, { kind: 'tunnel-request' }>
/** What the server answered to one. */
export type TunnelAnswerStep = Extract<Step, { kind: 'tunnel-answer' }>
type EventStep = Extract<Step, { kind: 'event' }>

/** How the recorder marks text that it cut. */
const CUT = /…\(\d+ chars\)$/

/** The three parts of a request; fewer when it has not that form. */
export function partsOf(body: string): readonly string[] {
  return body.startsWith('sfsHttp=') ? decodeURIComponent(body.slice('sfsHttp='.length)).split('|') : []
}

/** Whether the recorder cut the text of an answer. */
export function isCut(text: string): boolean {
  return CUT.test(text)
}

/** The whole packets in bytes; what follows them is lost. */
export function packetsIn(
  bytes: Uint8Array,
): readonly { readonly flags: number; readonly body: Uint8Array }[] {
  const packets: { flags: number; body: Uint8Array }[] = []
  new PacketSplitter({ maxBodyBytes: MAX_BODY }).push(bytes, (flags, body) =>
    packets.push({ flags, body: body.slice() }),
  )
  return packets
}

/** The bytes of base64, if it is that and holds any. */
export function bytesOf(base64: string | undefined): Uint8Array | undefined {
  if (base64 === undefined || base64 === 'null' || base64 === '') return undefined
  const bytes = Buffer.from(base64, 'base64')
  return bytes.toString('base64') === base64 ? bytes : undefined
}

/** A packet as the recordings have it. @throws when it cannot be read */
export function packetOfBytes(flags: number, body: Uint8Array): Packet {
  const plain = decodePacket(flags, body, { compression: zlibCompression, maxInflatedBytes: MAX_BODY })
  const envelope = decodeObject(plain)
  const typed = toTyped(envelope)
  return {
    flags,
    envelope: Object.keys(typed),
    controller: envelope.getByte('c'),
    action: envelope.getShort('a'),
    params: toTyped(envelope.getSFSObject('p')),
    oddParams: undefined,
    length: plain.length,
  }
}

/**
 * The trace with the events that came in answers of the tunnel, as steps at its end, where the recorder wrote down
 * the answers only.
 */
export function withTunnelEvents(trace: Trace): Trace {
  const opener = openerOf(trace)
  if (opener === undefined || trace.steps.some(step => step.kind === 'event' && step.client === opener)) {
    return trace
  }
  const events = trace.steps
    .filter(step => step.kind === 'tunnel-answer')
    .flatMap(step =>
      packetsOf(step).map(packet => ({ at: step.at, kind: 'event' as const, client: opener, packet })),
    )
    .map((event, n): EventStep => ({ ...event, index: trace.steps.length + n }))
  return { ...trace, steps: [...trace.steps, ...events] }
}

/** Who opened the tunnel of a trace. */
function openerOf(trace: Trace): string | undefined {
  const opened = trace.steps.find(
    step => step.kind === 'tunnel-request' && partsOf(step.body)[1] === 'connect',
  )
  return opened?.kind === 'tunnel-request' ? opened.client : undefined
}

function packetsOf({ text }: TunnelAnswerStep): readonly Packet[] {
  if (!text.startsWith('poll|')) return []
  if (isCut(text)) return [CUT_PACKET]
  const bytes = bytesOf(text.slice('poll|'.length))
  return bytes === undefined ? [] : packetsIn(bytes).map(({ flags, body }) => packetOfBytes(flags, body))
}

/** Some packet. */
const CUT_PACKET: Packet = {
  flags: 0,
  envelope: [],
  controller: undefined,
  action: undefined,
  params: {},
  oddParams: undefined,
  length: undefined,
  isCut: true,
}

/** Two recordings of one conversation as one. @param offset  milliseconds that the second one began after the first */
export function together(
  first: Trace,
  second: Trace,
  { offset, clients }: Pick<NonNullable<Scenario['with']>, 'offset' | 'clients'>,
): Trace {
  const others = second.steps
    .filter(step => clients === undefined || ('client' in step && clients.includes(step.client)))
    .map(step => ({ ...step, at: step.at + offset }))
  const steps = [...first.steps, ...others]
    .sort((one, other) => one.at - other.at)
    .map((step, index) => ({ ...step, index }))
  return { ...first, steps }
}

/** Reads what a scenario replays. @param folder  where the traces lie */
export function readScenario(scenario: Pick<Scenario, 'trace' | 'with'>, folder: URL): Trace {
  const read = (name: string) => readTrace(new URL(`${name}.json`, folder))
  const trace = read(scenario.trace)
  const { with: other } = scenario
  return withTunnelEvents(other === undefined ? trace : together(trace, read(other.trace), other))
}
