import { PacketError, PacketSplitter } from '@warren/codec'
import { base64Of, bytesOfBase64 } from './base64.ts'
import type { HttpAnswer, Post } from './http.ts'
import {
  addressText,
  type Line,
  LineError,
  type LineListener,
  MAX_BODY_BYTES,
  MAX_HANDSHAKE_BYTES,
} from './line.ts'
import type { TunnelAddress } from './platform.ts'

/** The path of the tunnel [P-10.1]. */
const PATH = '/BlueBox/BlueBox.do'
/** Packets of so many bytes travel in one request at most. */
const MAX_REQUEST_BYTES = 64 * 1024
/** The longest answer: what waits for a client is bounded, and comes in base64. */
const MAX_ANSWER_BYTES = 2 * MAX_BODY_BYTES
/** A request with data is answered at once, a poll when the server has held it as long as it does. */
const DATA_MILLIS = 10_000
const POLL_MILLIS = 60_000
/** A poll that brings nothing sooner than this was not held. */
const HELD_MILLIS = 100

/** Opens the HTTP tunnel [P-10]. @throws LineError when the server gives none */
export async function openBlueBox(
  post: Post,
  address: TunnelAddress,
  listener: LineListener,
  signal: AbortSignal,
): Promise<Line> {
  const url = `${address.isSecure ? 'https' : 'http'}://${addressText(address)}${PATH}`
  const body = form('null', 'connect', 'null')
  const answer = await post({ url, body, maxBytes: MAX_HANDSHAKE_BYTES, signal }).catch((error: unknown) => {
    throw new LineError(`No tunnel at ${url}: ${signal.aborted ? 'no answer' : reasonOf(error)}`)
  })
  const [, id] = /^connect\|(\w{1,64})$/.exec(answer.text.trim()) ?? []
  if (id === undefined) throw new LineError(`No tunnel at ${url}: the server answers ${answer.status}`)
  const line = new BlueBoxLine(request => post({ url, ...request }), id, address.pollMillis, listener)
  // The packets of the server find their owner only when he has the line.
  queueMicrotask(() => line.start())
  return line
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}

/** The field is three parts with a bar between them. */
function form(id: string, command: string, data: string): string {
  return `sfsHttp=${encodeURIComponent(`${id}|${command}|${data}`)}`
}

type Ask = (request: Omit<Parameters<Post>[0], 'url'>) => Promise<HttpAnswer>

/**
 * A line in the tunnel: one poll and one request with data at a time, so that both directions keep their order [P-10.6,
 * P-10.7]. A request without an answer ends it, as nobody knows what arrived [P-8.6.10].
 */
class BlueBoxLine implements Line {
  readonly transport = 'bluebox'
  readonly canEncrypt = true
  readonly #ask: Ask
  readonly #id: string
  readonly #listener: LineListener
  readonly #splitter = new PacketSplitter({ maxBodyBytes: MAX_HANDSHAKE_BYTES })
  readonly #onPacket: LineListener['onPacket']
  readonly #requests = new AbortController()
  #pollPause: number
  #waiting: Uint8Array[] = []
  #waitingBytes = 0
  #isSending = false
  #isOpen = true
  #isClosing = false

  constructor(ask: Ask, id: string, pollMillis: number, listener: LineListener) {
    this.#ask = ask
    this.#id = id
    this.#pollPause = pollMillis
    this.#listener = listener
    this.#onPacket = (flags, body) => {
      if (this.#isOpen) listener.onPacket(flags, body)
    }
  }

  get waitingBytes(): number {
    return this.#waitingBytes
  }

  get maxBodyBytes(): number {
    return this.#splitter.maxBodyBytes
  }

  set maxBodyBytes(bytes: number) {
    this.#splitter.maxBodyBytes = bytes
  }

  hurry(): void {
    this.#pollPause = 0
  }

  start(): void {
    void this.#poll()
  }

  send(packet: Uint8Array): void {
    if (!this.#isOpen || this.#isClosing) return
    this.#waiting.push(packet)
    this.#waitingBytes += packet.length
    if (!this.#isSending) void this.#send()
  }

  close(): void {
    this.#isClosing = true
    if (this.#isOpen && !this.#isSending) void this.#leave()
  }

  kill(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#requests.abort()
    this.#listener.onClosed()
  }

  async #send(): Promise<void> {
    this.#isSending = true
    // What is sent in the same turn travels in the same request.
    await null
    while (this.#isOpen && this.#waiting.length > 0) {
      const packets = this.#nextPackets()
      const answer = await this.#request('data', base64Of(packets), DATA_MILLIS)
      if (answer?.status !== 200 || answer.text.startsWith('err01')) this.kill()
      for (const { length } of packets) this.#waitingBytes -= length
    }
    this.#isSending = false
    if (this.#isClosing) await this.#leave()
  }

  #nextPackets(): readonly Uint8Array[] {
    let count = 0
    let bytes = 0
    for (const { length } of this.#waiting) {
      if (count > 0 && bytes + length > MAX_REQUEST_BYTES) break
      bytes += length
      count++
    }
    return this.#waiting.splice(0, count)
  }

  async #leave(): Promise<void> {
    if (!this.#isOpen) return
    await this.#request('disconnect', 'null', DATA_MILLIS)
    this.kill()
  }

  async #poll(): Promise<void> {
    while (this.#isOpen) {
      const asked = Date.now()
      const answer = await this.#request('poll', 'null', POLL_MILLIS)
      if (!this.#isOpen) return
      const [head, data = ''] = (answer?.text ?? '').trim().split('|')
      if (answer?.status !== 200 || head !== 'poll') {
        this.kill()
        return
      }
      if (data !== 'null') this.#receive(data)
      const wasHeld = data !== 'null' || Date.now() - asked >= HELD_MILLIS
      if (this.#isOpen) await this.#pause(wasHeld ? this.#pollPause : Math.max(this.#pollPause, HELD_MILLIS))
    }
  }

  #receive(data: string): void {
    const bytes = bytesOfBase64(data)
    try {
      if (bytes === undefined) this.kill()
      else this.#splitter.push(bytes, this.#onPacket)
    } catch (error) {
      if (!(error instanceof PacketError)) throw error
      this.kill()
    }
  }

  #pause(millis: number): Promise<void> {
    if (millis === 0) return Promise.resolve()
    const { signal } = this.#requests
    return new Promise(resolve => {
      const done = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, millis)
      signal.addEventListener('abort', done)
    })
  }

  /** @returns nothing when there is no answer in time */
  async #request(command: string, data: string, millis: number): Promise<HttpAnswer | undefined> {
    const request = new AbortController()
    const abort = (): void => request.abort()
    const { signal } = this.#requests
    signal.addEventListener('abort', abort)
    const timer = setTimeout(abort, millis)
    try {
      const body = form(this.#id, command, data)
      return await this.#ask({ body, maxBytes: MAX_ANSWER_BYTES, signal: request.signal })
    } catch {
      return undefined
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
  }
}
