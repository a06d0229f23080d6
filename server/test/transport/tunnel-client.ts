import { EventEmitter, once } from 'node:events'
import { type Agent, Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import { TUNNEL_PATH } from '../../src/transport/bluebox.ts'

export interface TunnelAnswer {
  readonly status: number
  readonly text: string
}

/** Asks the tunnel of a local port. */
export class TunnelDoor {
  readonly #port: number
  readonly #isSecure: boolean
  readonly #agent: Agent

  constructor(port: number, isSecure: boolean) {
    this.#port = port
    this.#isSecure = isSecure
    this.#agent = isSecure
      ? new HttpsAgent({ keepAlive: true, rejectUnauthorized: false })
      : new HttpAgent({ keepAlive: true })
  }

  ask(id: string, command: string, data = 'null'): Promise<TunnelAnswer> {
    return this.post(`sfsHttp=${encodeURIComponent(`${id}|${command}|${data}`)}`)
  }

  post(body: string): Promise<TunnelAnswer> {
    return new Promise((resolve, reject) => {
      const make = this.#isSecure ? httpsRequest : httpRequest
      const request = make({
        host: '127.0.0.1',
        port: this.#port,
        path: TUNNEL_PATH,
        method: 'POST',
        agent: this.#agent,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': body.length },
      })
      request.on('error', reject)
      request.on('response', response => {
        let text = ''
        response.on('error', reject)
        response.on('data', chunk => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
      })
      request.end(body)
    })
  }

  /** Closes all connections. */
  leave(): void {
    this.#agent.destroy()
  }
}

/** A client in the tunnel that polls on and on, one request of each kind at a time. */
export class TunnelClient {
  readonly socket: Socket | undefined = undefined
  readonly messages: Buffer[] = []
  readonly id: string
  readonly #door: TunnelDoor
  readonly #events = new EventEmitter().setMaxListeners(0)
  #outgoing: Buffer[] = []
  #isSending = false
  #isPaused = false
  #isPolling = false
  #isClosed = false

  private constructor(door: TunnelDoor, id: string) {
    this.#door = door
    this.id = id
    void this.#poll()
  }

  static async connect(port: number, isSecure: boolean): Promise<TunnelClient> {
    const door = new TunnelDoor(port, isSecure)
    const { status, text } = await door.ask('null', 'connect')
    const id = /^connect\|([0-9a-f]{32})$/.exec(text)?.[1]
    if (id === undefined) throw new Error(`No tunnel: ${status} ${text}`)
    return new TunnelClient(door, id)
  }

  get received(): Buffer {
    return Buffer.concat(this.messages)
  }

  send(bytes: Uint8Array): void {
    this.#outgoing.push(Buffer.from(bytes))
    if (!this.#isSending) void this.#send()
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await once(this.#events, 'change')
  }

  async closed(): Promise<undefined> {
    await this.until(() => this.#isClosed)
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    void this.#poll()
  }

  close(): void {
    this.#door.ask(this.id, 'disconnect').catch(() => undefined)
  }

  drop(): void {
    this.#isPaused = true
    this.#door.leave()
  }

  async #send(): Promise<void> {
    this.#isSending = true
    while (this.#outgoing.length > 0 && !this.#isClosed) {
      const bytes = Buffer.concat(this.#outgoing)
      this.#outgoing = []
      await this.#door.ask(this.id, 'data', bytes.toString('base64')).catch(() => undefined)
    }
    this.#isSending = false
  }

  async #poll(): Promise<void> {
    if (this.#isPolling) return
    this.#isPolling = true
    while (!this.#isPaused && !this.#isClosed) {
      const answer = await this.#door.ask(this.id, 'poll').catch(() => undefined)
      if (answer === undefined) break
      const [head, data = ''] = answer.text.split('|')
      if (head === 'err01') {
        this.#isClosed = true
        this.#door.leave()
      } else if (data !== 'null') {
        this.messages.push(Buffer.from(data, 'base64'))
      }
      this.#events.emit('change')
    }
    this.#isPolling = false
  }
}
