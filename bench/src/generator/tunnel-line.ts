import { Agent, request } from 'node:http'
import { type FrameSink, scanPackets } from './framing.ts'
import type { Address, Line } from './line.ts'

const PATH = '/BlueBox/BlueBox.do'
const EMPTY = new Uint8Array(0)

/**
 * A line through the HTTP tunnel of SFS2X [P-10]: one poll that the server holds, and one request with data at a time.
 * What is written meanwhile goes with the next request.
 */
export class TunnelLine implements Line {
  sink: FrameSink
  onClose: (reason: string) => void = () => {}
  onChunk: (bytes: number) => void = () => {}
  readonly isWebSocket = false
  readonly #address: Address
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 2 })
  #session = 'null'
  #waiting: Uint8Array[] = []
  #isSending = false
  #carry: Uint8Array = EMPTY
  #closed = false

  /** Opens a tunnel. Rejects when the server refuses. */
  static async open(address: Address, sink: FrameSink): Promise<TunnelLine> {
    const line = new TunnelLine(address, sink)
    const [command, session = ''] = (await line.#post('connect', 'null')).split('|')
    if (command !== 'connect') throw new Error(`${address.host}:${address.port}: no tunnel, but ${command}`)
    line.#session = session
    line.#poll()
    return line
  }

  private constructor(address: Address, sink: FrameSink) {
    this.#address = address
    this.sink = sink
  }

  get closed(): boolean {
    return this.#closed
  }

  send(message: Uint8Array): void {
    this.write(message)
  }

  write(bytes: Uint8Array): void {
    this.#waiting.push(bytes)
    if (!this.#isSending) this.#sendWaiting()
  }

  close(): void {
    this.cut()
  }

  cut(): void {
    this.#closed = true
    this.#agent.destroy()
  }

  #sendWaiting(): void {
    const data = Buffer.concat(this.#waiting).toString('base64')
    this.#waiting = []
    this.#isSending = true
    this.#post('data', data).then(
      () => {
        this.#isSending = false
        if (this.#waiting.length > 0) this.#sendWaiting()
      },
      (error: unknown) => this.#gone(String(error)),
    )
  }

  #poll(): void {
    if (this.#closed) return
    this.#post('poll', 'null').then(
      answer => {
        const [command, data = 'null'] = answer.split('|')
        if (command !== 'poll') return this.#gone(`the tunnel answered ${command}`)
        // The next poll is under way before what came is read: reading may take long.
        this.#poll()
        if (data !== 'null') this.#read(Buffer.from(data, 'base64'))
      },
      (error: unknown) => this.#gone(String(error)),
    )
  }

  #read(chunk: Uint8Array): void {
    if (this.#closed) return
    this.onChunk(chunk.length)
    const bytes = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk])
    const at = scanPackets(bytes, 0, bytes.length, this.sink)
    this.#carry = at === bytes.length ? EMPTY : bytes.subarray(at)
  }

  #post(command: string, data: string): Promise<string> {
    const body = `sfsHttp=${encodeURIComponent(`${this.#session}|${command}|${data}`)}`
    const { host, port } = this.#address
    const headers = {
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': body.length,
    }
    return new Promise((resolve, reject) => {
      const asked = request({ host, port, path: PATH, method: 'POST', agent: this.#agent, headers })
      asked.on('error', reject)
      asked.on('response', response => {
        let text = ''
        response.setEncoding('latin1')
        response.on('data', chunk => {
          text += chunk
        })
        response.on('error', reject)
        response.on('end', () => {
          if (response.statusCode === 200) resolve(text)
          else reject(new Error(`the tunnel answered ${response.statusCode}`))
        })
      })
      asked.end(body)
    })
  }

  #gone(reason: string): void {
    if (this.#closed) return
    this.#closed = true
    this.#agent.destroy()
    this.onClose(reason)
  }
}
