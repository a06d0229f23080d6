import type { Socket } from 'node:net'
import { matchPolicyRequest } from './flash-policy.ts'

const LF = 0x0a
const CR = 0x0d
/** The only requests that are read with bare line feeds: they have no body, whose end could be argued about. */
const BODILESS_REQUEST = /^(?:GET|HEAD) \S+ HTTP\/1\.[01]$/
/** Headers by which a request would be more than its lines. */
const HAS_MORE = /^(?:content-length|transfer-encoding|upgrade)\s*:/i
const IS_CONNECTION = /^connection\s*:/i

/** What an HTTP connection begins with. `undecided`: more bytes must tell. */
export type HttpOpening =
  | { readonly type: 'undecided' }
  | { readonly type: 'policy-request' }
  /** Bytes for the parser. */
  | { readonly type: 'request'; readonly bytes: Buffer }

const UNDECIDED: HttpOpening = { type: 'undecided' }

/**
 * Tells what an HTTP connection begins with. A request without body whose lines end in a bare line feed is made one
 * that the strict parser reads [P-14.3]; everything else it gets as it came.
 *
 * Lenience about line ends lets one server see two requests where another in front of it saw one. So what is made
 * anew closes its connection, and what came behind it is thrown away: there is never a second request.
 * @param bytes  all that came so far
 * @param maxBytes  the longest that the lines of a request may be together
 */
export function httpOpening(bytes: Buffer, maxBytes: number): HttpOpening {
  const match = matchPolicyRequest(bytes)
  if (match === 'request') return { type: 'policy-request' }
  if (match === 'undecided') return UNDECIDED
  const firstLineEnd = bytes.indexOf(LF)
  if (firstLineEnd < 0) return bytes.length < maxBytes ? UNDECIDED : asItCame(bytes)
  if (firstLineEnd > 0 && bytes[firstLineEnd - 1] === CR) return asItCame(bytes)
  if (!BODILESS_REQUEST.test(bytes.toString('latin1', 0, firstLineEnd))) return asItCame(bytes)
  const end = bytes.indexOf('\n\n', firstLineEnd)
  if (end < 0) return bytes.length < maxBytes ? UNDECIDED : asItCame(bytes)
  const lines = bytes.toString('latin1', 0, end).split('\n')
  if (lines.some(line => line.includes('\r') || HAS_MORE.test(line))) return asItCame(bytes)
  const kept = lines.filter(line => !IS_CONNECTION.test(line))
  return asItCame(Buffer.from(`${kept.join('\r\n')}\r\nConnection: close\r\n\r\n`, 'latin1'))
}

function asItCame(bytes: Buffer): HttpOpening {
  return { type: 'request', bytes }
}

/** Who hears what a connection begins with. One of them is called, unless the connection ends before. */
export interface OpeningOwner {
  /** The parser may have the stream now: what was read of it is back in it. */
  onRequest(stream: Socket): void
  onPolicyRequest(stream: Socket): void
  /** The stream broke before it began. */
  onError(error: Error, stream: Socket): void
}

/** Reads a connection until it is clear what it begins with. */
export function readOpening(stream: Socket, maxBytes: number, owner: OpeningOwner): void {
  let held: Buffer | undefined
  const onData = (chunk: Buffer) => {
    held = held === undefined ? chunk : Buffer.concat([held, chunk])
    const opening = httpOpening(held, maxBytes)
    if (opening.type === 'undecided') return
    detach()
    if (opening.type === 'policy-request') {
      owner.onPolicyRequest(stream)
      return
    }
    stream.pause()
    stream.unshift(opening.bytes)
    owner.onRequest(stream)
    stream.resume()
  }
  const onError = (error: Error) => {
    detach()
    owner.onError(error, stream)
  }
  const onEnd = () => {
    stream.destroy()
  }
  const detach = () => {
    stream.off('data', onData)
    stream.off('error', onError)
    stream.off('end', onEnd)
  }
  stream.on('data', onData)
  stream.on('error', onError)
  stream.on('end', onEnd)
}
