import { Agent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { framePacket, PacketSplitter } from '@warren/codec'
import type { ClientLine, Closed, Endpoint, PacketListener } from './line.ts'

/** The path of the tunnel [P-10.1]. */
export const TUNNEL_PATH = '/BlueBox/BlueBox.do'

/** More than any packet a test expects, in bytes. */
const MAX_BODY = 16 * 1024 * 1024

/** The answer to one request of the tunnel. */
export interface TunnelAnswer {
  readonly status: number
  readonly text: string
}

/** How a line goes through the tunnel. */
export interface BlueBoxOptions {
  /** Over HTTPS; the certificate is not looked at. */
  readonly isSecure?: boolean
  /** A request without an answer ends the line: what was on its way may be lost [P-8.6.10]. */
  readonly endsOnFailure?: boolean
  /** Milliseconds from the answer of a poll to the next one; native clients wait 750. */
  readonly pollPause?: number
}

/** A line through the HTTP tunnel. Its end is noticed by the server when no poll comes for a while. */
export interface BlueBoxLine extends ClientLine {
  /** The id that the server gave to the tunnel. */
  readonly tunnelId: string
  /** Cuts all connections; the line goes on with new ones, as after a change of networks. */
  changeNetwork(): void
}

/** Asks the tunnel over connections that are kept alive. */
export class TunnelRequests {
  readonly #endpoint: Endpoint
  readonly #isSecure: boolean
  #agent: Agent

  constructor(endpoint: Endpoint, isSecure = false) {
    this.#endpoint = endpoint
    this.#isSecure = isSecure
    this.#agent = this.#newAgent()
  }

  /** Sends one request. @throws when there is no answer */
  ask(id: string, command: string, data = 'null'): Promise<TunnelAnswer> {
    return this.post(`sfsHttp=${encodeURIComponent(`${id}|${command}|${data}`)}`)
  }

  /** Sends any body. @throws when there is no answer */
  post(body: string): Promise<TunnelAnswer> {
    return new Promise((resolve, reject) => {
      const options = {
        ...this.#endpoint,
        path: TUNNEL_PATH,
        method: 'POST',
        agent: this.#agent,
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
          'Content-Length': Buffer.byteLength(body),
        },
      }
      const request = this.#isSecure ? httpsRequest(options) : httpRequest(options)
      request.on('error', reject)
      request.on('response', response => {
        const chunks: Buffer[] = []
        response.on('data', chunk => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('latin1') }),
        )
      })
      request.end(body)
    })
  }

  /** Cuts all connections; what was asked over them fails. */
  cut(): void {
    this.#agent.destroy()
    this.#agent = this.#newAgent()
  }

  #newAgent(): Agent {
    return this.#isSecure
      ? new HttpsAgent({ keepAlive: true, rejectUnauthorized: false })
      : new Agent({ keepAlive: true })
  }
}

/** Opens a tunnel and polls. @throws when the server gives none */
export async function connectBlueBox(
  endpoint: Endpoint,
  onPacket: PacketListener,
  { isSecure = false, pollPause = 0, endsOnFailure = false }: BlueBoxOptions = {},
): Promise<BlueBoxLine> {
  const requests = new TunnelRequests(endpoint, isSecure)
  const { status, text } = await requests.ask('null', 'connect')
  const [, id] = /^connect\|([0-9a-f]{32})$/.exec(text) ?? []
  if (id === undefined) throw new Error(`The server gave no tunnel: ${status} ${text}`)
  return new PollingLine(id, requests, onPacket, pollPause, endsOnFailure)
}

/** One poll and one request with data at a time, so that both directions keep their order. */
class PollingLine implements BlueBoxLine {
  readonly transport = 'bluebox'
  readonly tunnelId: string
  readonly closed: Promise<Closed>
  isOpen = true
  readonly #requests: TunnelRequests
  readonly #onPacket: PacketListener
  readonly #pollPause: number
  readonly #endsOnFailure: boolean
  readonly #splitter = new PacketSplitter({ maxBodyBytes: MAX_BODY })
  #closed: (closed: Closed) => void = () => undefined
  #outgoing: Uint8Array[] = []
  #isSending = false
  #isPolling = false
  #isPaused = false

  constructor(
    id: string,
    requests: TunnelRequests,
    onPacket: PacketListener,
    pollPause: number,
    endsOnFailure: boolean,
  ) {
    this.tunnelId = id
    this.#requests = requests
    this.#onPacket = onPacket
    this.#pollPause = pollPause
    this.#endsOnFailure = endsOnFailure
    this.closed = new Promise(resolve => {
      this.#closed = resolve
    })
    void this.#poll()
  }

  send(bytes: Uint8Array): void {
    this.#outgoing.push(bytes)
    void this.#send()
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    void this.#poll()
  }

  close(): void {
    if (!this.isOpen) return
    void this.#leave()
  }

  abort(): void {
    this.#end()
  }

  changeNetwork(): void {
    this.#requests.cut()
  }

  async #leave(): Promise<void> {
    while (this.#isSending) await new Promise(resolve => setImmediate(resolve))
    await this.#requests.ask(this.tunnelId, 'disconnect').catch(() => undefined)
    this.#end()
  }

  async #send(): Promise<void> {
    if (this.#isSending) return
    this.#isSending = true
    while (this.#outgoing.length > 0 && this.isOpen) {
      const data = Buffer.concat(this.#outgoing).toString('base64')
      this.#outgoing = []
      const answer = await this.#ask('data', data)
      if (answer?.text.startsWith('err01') === true) this.#end()
    }
    this.#isSending = false
  }

  async #poll(): Promise<void> {
    if (this.#isPolling) return
    this.#isPolling = true
    while (this.isOpen && !this.#isPaused) {
      const answer = await this.#ask('poll', 'null')
      if (answer === undefined) continue
      const [head, data = ''] = answer.text.split('|')
      if (head !== 'poll') this.#end()
      else if (data !== 'null') this.#arrived(Buffer.from(data, 'base64'))
      if (this.#pollPause > 0) await new Promise(resolve => setTimeout(resolve, this.#pollPause))
    }
    this.#isPolling = false
  }

  #arrived(bytes: Buffer): void {
    this.#splitter.push(bytes, (flags, body) => this.#onPacket(framePacket(body, flags)))
  }

  /** A request that gets no answer is left at that: what it brought may have arrived. */
  async #ask(command: string, data: string): Promise<TunnelAnswer | undefined> {
    try {
      return await this.#requests.ask(this.tunnelId, command, data)
    } catch {
      if (this.#endsOnFailure) this.#end()
      return undefined
    }
  }

  #end(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.#requests.cut()
    this.#closed({ code: undefined })
  }
}
