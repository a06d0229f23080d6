import { readFileSync } from 'node:fs'
import type { Typed, TypedObject } from './typed.ts'

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
  /** Bytes of the body as it travelled. */
  readonly length: number
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
export type Line = 'tcp' | 'ws'

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
  readonly p?: TypedObject | Typed | { readonly note: string }
  readonly envKeys?: string
  readonly http?: string
  readonly raw?: string
}

/** Header flags of a packet that is neither compressed nor encrypted. */
const PLAIN = 0x80

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
  if (raw.ev === 'tcp-closed' || raw.ev === 'ws-closed') {
    return { ...base, kind: 'closed', client, code: raw.code }
  }
  const toServer = raw.dir === 'c2s'
  const flags = raw.flags === undefined ? PLAIN : Number(raw.flags)
  if (raw.hex !== undefined && toServer && raw.hex.length === 2 * (raw.len ?? -1)) {
    return { ...base, kind: 'bytes', client, flags, body: Buffer.from(raw.hex, 'hex') }
  }
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
    length: raw.len ?? 0,
  }
  return { ...base, kind: toServer ? 'request' : 'event', client, packet }
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

/**
 * The step with which the recorder began to hang up: the first of the closes that end the trace, each within a
 * quarter of a second of the next and with no request between. What arrives from here on is a race between lines.
 */
export function hangUpFrom(trace: Trace): number {
  let from = trace.steps.length
  let last = Number.POSITIVE_INFINITY
  for (const step of trace.steps.toReversed()) {
    if (step.kind === 'request' || step.kind === 'bytes') break
    if (step.kind === 'unsupported' && step.toServer) break
    if (step.kind !== 'closed') continue
    if (last - step.at > 250 && last !== Number.POSITIVE_INFINITY) break
    last = step.at
    from = step.index
  }
  return from
}
