import { decodeObject, readPacket } from '@warren/codec'
import { type Typed, type TypedObject, toTyped } from './typed.ts'

/** What the recorder wrote of a datagram. */
export interface RawDatagram {
  readonly hex?: string
  readonly c?: number | null
  readonly a?: number | null
  readonly i?: unknown
  readonly u?: unknown
  readonly p?: unknown
  readonly envKeys?: string
}

/** More than a datagram can hold. */
const MAX_BODY = 65_536
/** Keys of the envelope that stand beside the parameters, and what they are called among them. */
const BESIDE: Readonly<Record<string, string>> = { h: '(h)', i: '(i)' }

/** The envelope of a datagram, keys in their order: as it was recorded, or read from its bytes. */
export function envelopeOfDatagram(raw: RawDatagram): TypedObject {
  if (raw.hex !== undefined) return readDatagram(Buffer.from(raw.hex, 'hex'))
  const values: Readonly<Record<string, Typed | undefined>> = {
    c: { t: 'BYTE', v: raw.c },
    a: { t: 'SHORT', v: raw.a },
    h: { t: 'BYTE', v: 1 },
    i: raw.i as Typed | undefined,
    u: raw.u as Typed | undefined,
    p: { t: 'SFS_OBJECT', v: raw.p },
  }
  const envelope: Record<string, Typed> = {}
  for (const key of raw.envKeys?.split(',') ?? []) {
    const value = values[key]
    if (value !== undefined) envelope[key] = value
  }
  return envelope
}

/** The envelope in a datagram that is not encrypted. */
export function readDatagram(message: Uint8Array): TypedObject {
  return toTyped(decodeObject(readPacket(message, { maxBodyBytes: MAX_BODY }).body))
}

/** What a datagram of the server says, with what its envelope has beside the parameters. */
export function eventOfDatagram(envelope: TypedObject): {
  readonly controller: number
  readonly action: number
  readonly params: TypedObject
} {
  const beside: Record<string, Typed> = {}
  for (const [key, name] of Object.entries(BESIDE)) {
    const value = envelope[key]
    if (value !== undefined) beside[name] = value
  }
  return {
    controller: Number(envelope.c?.v),
    action: Number(envelope.a?.v),
    params: { ...((envelope.p?.v ?? {}) as TypedObject), ...beside },
  }
}
