import { readFileSync } from 'node:fs'
import { envelopeOfDatagram, eventOfDatagram } from './datagrams.ts'
import { tunnelAnswer, tunnelRequestBody } from './tunnel-http.ts'
import type { Typed, TypedObject } from './typed.ts'
import { objectOfWords } from './words.ts'

/** What every step of a trace has. */
interface StepBase {
  /** Position in the trace, from 0; step n stands on line n + 2 of the file. */
  readonly index: number
  /** Milliseconds since the recording began. */
  readonly at: number
}

/** A packet as recorded: the header flags and the decoded envelope. */
export interface Packet {
  readonly flags: number
  /** Envelope keys in their order on the wire. */
  readonly envelope: readonly string[]
  readonly controller: number | undefined
  readonly action: number | undefined
  /** Empty when there are none. */
  readonly params: TypedObject
  /** What stands in place of the parameters when that is no object. */
  readonly oddParams: Typed | undefined
  /** Bytes of the body as it travelled; undefined where the recorder did not write them down. */
  readonly length: number | undefined
  /** The recorder cut it: it is some packet. */
  readonly isCut?: boolean
}

/** A step of a recorded scenario. */
export type Step =
  | (StepBase & { readonly kind: 'request'; readonly client: string; readonly packet: Packet })
  | (StepBase & {
      readonly kind: 'bytes'
      readonly client: string
      /** Header flags of a packet; undefined where the bytes go as they are. */
      readonly flags: number | undefined
      readonly body: Uint8Array
    })
  /** A datagram of a client; what the server sends by UDP is an event. */
  | (StepBase & {
      readonly kind: 'datagram'
      readonly client: string
      /** All of it, its keys in their order. */
      readonly envelope: TypedObject
      readonly length: number | undefined
    })
  /** A client asks for the key of a session, and how long the answer was. */
  | (StepBase & { readonly kind: 'key-request'; readonly client: string; readonly token: string })
  | (StepBase & { readonly kind: 'key-answer'; readonly client: string; readonly length: number })
  /** A request in the HTTP tunnel: its body as sent, and what was answered to it. */
  | (StepBase & { readonly kind: 'tunnel-request'; readonly client: string; readonly body: string })
  | (StepBase & {
      readonly kind: 'tunnel-answer'
      readonly client: string
      readonly status: number
      readonly text: string
    })
  | (StepBase & { readonly kind: 'event'; readonly client: string; readonly packet: Packet })
  | (StepBase & { readonly kind: 'closed'; readonly client: string; readonly code: number | undefined })
  | (StepBase & { readonly kind: 'note'; readonly text: string })
  | (StepBase & {
      readonly kind: 'unsupported'
      readonly client: string
      readonly toServer: boolean
      readonly what: string
    })

/** How a client of a trace reached the server. */
export type Line = 'tcp' | 'ws' | 'wss'

/** A recorded scenario. */
export interface Trace {
  readonly name: string
  /** What the recording said about its zone, as text. */
  readonly setting: Readonly<Record<string, unknown>>
  readonly steps: readonly Step[]
}

/** A step as it stands in the file. */
interface RawStep {
  readonly t_ms: number
  readonly client?: string
  readonly dir?: string
  readonly note?: string
  readonly ev?: string
  readonly code?: number
  readonly flags?: string
  readonly hex?: string
  readonly len?: number
  readonly c?: number | null
  readonly a?: number | null
  readonly i?: unknown
  readonly u?: unknown
  readonly from?: number
  readonly to?: number
  readonly txt?: string
  readonly p?: TypedObject | Typed | { readonly note: string }
  readonly envKeys?: string
  readonly http?: string
  readonly raw?: string
}

/** Header flags of a packet that is neither compressed nor encrypted. */
const PLAIN = 0x80

/** How recorders note that a client closed its line. */
const CLOSED: ReadonlySet<string> = new Set(['tcp-closed', 'ws-closed', 'client FIN'])

/** Reads a trace file. */
export function readTrace(file: URL | string): Trace {
  const raw = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly scenario: string
    readonly zoneConfig?: Readonly<Record<string, unknown>>
    readonly steps: readonly RawStep[]
  }
  return { name: raw.scenario, setting: raw.zoneConfig ?? {}, steps: raw.steps.map(readStep) }
}

function readStep(raw: RawStep, index: number): Step {
  const base = { index, at: raw.t_ms }
  const client = raw.client ?? ''
  if (raw.note !== undefined && raw.dir === 'note') return { ...base, kind: 'note', text: raw.note }
  if (raw.ev !== undefined && CLOSED.has(raw.ev)) {
    return { ...base, kind: 'closed', client, code: raw.code }
  }
  const toServer = raw.dir === 'c2s'
  const flags = raw.flags === undefined ? PLAIN : Number(raw.flags)
  if (raw.hex !== undefined && toServer && raw.hex.length === 2 * (raw.len ?? -1)) {
    return { ...base, kind: 'bytes', client, flags, body: Buffer.from(raw.hex, 'hex') }
  }
  const special =
    datagramStep(raw, base) ?? keyStep(raw, base) ?? tunnelStep(raw, base) ?? wordsStep(raw, base)
  if (special !== undefined) return special
  const what = outOfReach(raw)
  if (what !== undefined) return { ...base, kind: 'unsupported', client, toServer, what }
  const odd = isTyped(raw.p)
  const packet: Packet = {
    flags,
    envelope: keysOf(raw),
    controller: raw.c ?? undefined,
    action: raw.a ?? undefined,
    params: odd ? {} : ((raw.p ?? {}) as TypedObject),
    oddParams: odd ? (raw.p as Typed) : undefined,
    length: raw.len,
  }
  return { ...base, kind: toServer ? 'request' : 'event', client, packet }
}

/** Datagrams have envelopes of their own; the recorder of a client wrote their bytes and ports. */
function datagramStep(raw: RawStep, base: StepBase): Step | undefined {
  const port = raw.from ?? raw.to
  if (raw.client?.endsWith('/udp') !== true && (raw.hex === undefined || port === undefined)) return undefined
  const client = raw.client ?? `port ${port}`
  const envelope = envelopeOfDatagram(raw)
  if (raw.dir === 'c2s') return { ...base, kind: 'datagram', client, envelope, length: raw.len }
  const packet = { flags: PLAIN, envelope: Object.keys(envelope), oddParams: undefined, length: raw.len }
  return { ...base, kind: 'event', client, packet: { ...packet, ...eventOfDatagram(envelope) } }
}

const KEY_REQUEST = /^POST https \/BlueBox\/CryptoManager SessToken=(.*)$/
const KEY_ANSWER = /^HTTP 200 .* body .* len (\d+)$/

function keyStep(raw: RawStep, base: StepBase): Step | undefined {
  const client = raw.client ?? ''
  const token = KEY_REQUEST.exec(raw.http ?? '')?.[1]
  if (token !== undefined) return { ...base, kind: 'key-request', client, token }
  const length = KEY_ANSWER.exec(raw.http ?? '')?.[1]
  return length === undefined ? undefined : { ...base, kind: 'key-answer', client, length: Number(length) }
}

/** Answers of the tunnel are known by their type: no other was recorded with it. */
const TUNNEL_TYPE = /^Content-Type: text\/html;charset=UTF-8\r$/m

function tunnelStep({ http, raw = http ?? '', dir, client = '' }: RawStep, base: StepBase): Step | undefined {
  const body = dir === 'c2s' ? tunnelRequestBody(raw) : undefined
  if (body !== undefined) return { ...base, kind: 'tunnel-request', client, body }
  const answer = dir === 's2c' && TUNNEL_TYPE.test(raw) ? tunnelAnswer(raw) : undefined
  return answer && { ...base, kind: 'tunnel-answer', client, ...answer }
}

/** The recorder wrote encrypted packets as text. */
function wordsStep(raw: RawStep, base: StepBase): Step | undefined {
  const packet = packetOfWords(raw.txt ?? '', Number(raw.flags))
  if (packet === undefined) return undefined
  return { ...base, kind: raw.dir === 'c2s' ? 'request' : 'event', client: raw.client ?? '', packet }
}

/** A packet from the recorder's notation; nothing if the text is something else. */
export function packetOfWords(text: string, flags: number): Packet | undefined {
  const envelope = objectOfWords(text)
  if (envelope === undefined) return undefined
  return {
    flags,
    envelope: Object.keys(envelope),
    controller: Number(envelope.c?.v),
    action: Number(envelope.a?.v),
    params: (envelope.p?.v ?? {}) as TypedObject,
    oddParams: undefined,
    length: undefined,
  }
}

function keysOf(raw: RawStep): readonly string[] {
  return raw.envKeys?.split(',').filter(key => key !== '') ?? []
}

/** Members of an object have types themselves; a value has the name of one. */
function isTyped(p: RawStep['p']): boolean {
  return typeof (p as { readonly t?: unknown } | undefined)?.t === 'string'
}

/** Why a step is not a packet on a stream or message line; nothing if it is one. */
function outOfReach(raw: RawStep): string | undefined {
  if (raw.http !== undefined) return 'an HTTP exchange'
  if (raw.raw !== undefined) return 'a raw HTTP exchange'
  if (raw.ev !== undefined) return `a note of the recorder: ${raw.ev}`
  const keys = keysOf(raw)
  if (raw.i !== undefined || keys.includes('i')) return 'a UDP datagram'
  if (raw.envKeys === undefined) return 'a packet recorded as text'
  if (keys.includes('0')) return 'a packet without an object'
  if (typeof (raw.p as { readonly note?: unknown } | undefined)?.note === 'string') {
    return 'a packet that the recorder left out'
  }
  return undefined
}

/** How a client of the trace was connected: by how it closed, else by what it said it was. */
export function lineOf(trace: Trace, client: string, from = 0): Line {
  for (const step of trace.steps) {
    if (step.index < from || !('client' in step) || step.client !== client) continue
    if (step.kind === 'closed') return step.code === undefined ? 'tcp' : 'ws'
    if (step.kind === 'request' && step.packet.action === 0) {
      const name = step.packet.params.cl?.v
      if (name !== undefined) return name === 'JavaScript' ? 'ws' : 'tcp'
    }
  }
  return 'tcp'
}

/** Steps with which a client asks for something. */
const ASKING: ReadonlySet<Step['kind']> = new Set([
  'request',
  'bytes',
  'datagram',
  'key-request',
  'tunnel-request',
])

/**
 * The step with which the recorder began to hang up: the first of the closes that end the trace, each within a
 * quarter of a second of the next and with no request between. What arrives from here on is a race between lines.
 */
export function hangUpFrom(trace: Trace): number {
  let from = trace.steps.length
  let last = Number.POSITIVE_INFINITY
  for (const step of trace.steps.toReversed()) {
    if (ASKING.has(step.kind)) break
    if (step.kind === 'unsupported' && step.toServer) break
    if (step.kind !== 'closed') continue
    if (last - step.at > 250 && last !== Number.POSITIVE_INFINITY) break
    last = step.at
    from = step.index
  }
  return from
}
