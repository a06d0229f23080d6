import { once } from 'node:events'
import { connect } from 'node:net'
import {
  decodePacket,
  decodeServerMessage,
  encodePacket,
  encodeRequest,
  PacketSplitter,
  type RequestFields,
  type RequestName,
  type ServerFields,
} from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import { WebSocket } from 'ws'
import type { LinePorts } from '../servers/child.ts'

/** The lines that a user may come back on. */
export const RESUME_WAYS = ['TCP', 'TCP, counting', 'WebSocket, counting'] as const
export type ResumeWay = (typeof RESUME_WAYS)[number]

const HOST = '127.0.0.1'
const MAX_BODY = 1_000_000
const KEPT_BYTES = 1_000_000

interface Line {
  send(packet: Uint8Array): void
  cut(): void
}

/** Somebody in the room of the benchmark whose line is cut again and again. */
export class ResumingUser {
  readonly #way: ResumeWay
  readonly #ports: LinePorts
  readonly #counts: boolean
  #line: Line | undefined
  #token = ''
  #received = 0
  #messages = 0
  #greeted = false
  #isUser = false
  #room = -1
  #wake: () => void = () => undefined

  constructor(way: ResumeWay, ports: LinePorts) {
    this.#way = way
    this.#ports = ports
    this.#counts = way !== 'TCP'
  }

  /** Logs in. */
  async logIn(zoneName: string, userName: string): Promise<void> {
    await this.#open()
    this.#ask('Handshake', { apiVersion: '1.7.5', ...(this.#counts ? { keptBytes: KEPT_BYTES } : {}) })
    this.#ask('Login', { zoneName, userName, password: '' })
    await this.#until(() => this.#isUser)
  }

  /** Logs in and joins the room. */
  async join(zoneName: string, userName: string): Promise<void> {
    await this.logIn(zoneName, userName)
    this.#ask('JoinRoom', { roomName: 'Bench' })
    await this.#until(() => this.#room >= 0)
  }

  /** Says something a number of times and waits until it has heard itself so often. */
  async say(message: string, times: number): Promise<void> {
    const awaited = this.#messages + times
    for (let i = 0; i < times; i++) this.#ask('PublicMessage', { roomId: this.#room, message })
    await this.#until(() => this.#messages >= awaited)
  }

  /** Loses the line. */
  cut(): void {
    this.#line?.cut()
    this.#line = undefined
  }

  /**
   * Comes back on a new line.
   * @param missed  messages that were told meanwhile
   * @returns milliseconds from the new line to the answer, and to all that was missed where that comes later
   */
  async comeBack(missed: number): Promise<number> {
    // Those who do not count are answered after what they missed.
    const awaited = this.#counts ? this.#messages + missed : 0
    this.#greeted = false
    await this.#open()
    const started = performance.now()
    this.#ask('Handshake', {
      apiVersion: '1.7.5',
      reconnectionToken: this.#token,
      ...(this.#counts ? { keptBytes: KEPT_BYTES, receivedPackets: this.#received } : {}),
    })
    await this.#until(() => this.#greeted && this.#messages >= awaited)
    return performance.now() - started
  }

  #ask<N extends RequestName>(name: N, fields: RequestFields<N>): void {
    this.#line?.send(encodePacket(encodeRequest(name, fields)))
  }

  async #until(done: () => boolean): Promise<void> {
    while (!done()) {
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }

  async #open(): Promise<void> {
    const splitter = new PacketSplitter({ maxBodyBytes: MAX_BODY })
    const read = (bytes: Uint8Array) => {
      splitter.push(bytes, (flags, body) => this.#hear(flags, body))
      this.#wake()
    }
    this.#line =
      this.#way === 'WebSocket, counting'
        ? await openWebSocket(this.#ports, read)
        : await openTcp(this.#ports, read)
  }

  #hear(flags: number, body: Uint8Array): void {
    const plain = decodePacket(flags, body, { compression: zlibCompression, maxInflatedBytes: MAX_BODY })
    const message = decodeServerMessage(plain)
    if (!('fields' in message)) throw new Error(`The server answered ${JSON.stringify(message)}`)
    switch (message.name) {
      case 'Handshake':
        this.#token = (message.fields as ServerFields<'Handshake'>).token
        this.#greeted = true
        return
      case 'ReconnectionFailure':
        throw new Error('The session was not resumed')
      case 'Acknowledge':
        return
      case 'Login':
        this.#isUser = true
        break
      case 'JoinRoom':
        this.#room = (message.fields as ServerFields<'JoinRoom'>).room.id
        break
      case 'PublicMessage':
        this.#messages++
        break
      default:
    }
    this.#received++
  }
}

async function openTcp({ tcp }: LinePorts, read: (bytes: Uint8Array) => void): Promise<Line> {
  const socket = connect({ host: HOST, port: tcp, noDelay: true })
  await once(socket, 'connect')
  socket.on('data', read)
  socket.on('error', () => undefined)
  return { send: packet => socket.write(packet), cut: () => socket.resetAndDestroy() }
}

async function openWebSocket({ http }: LinePorts, read: (bytes: Uint8Array) => void): Promise<Line> {
  const socket = new WebSocket(`ws://${HOST}:${http}/BlueBox/websocket`, { perMessageDeflate: false })
  await once(socket, 'open')
  socket.on('message', data => read(data as Buffer))
  socket.on('error', () => undefined)
  return { send: packet => socket.send(packet), cut: () => socket.terminate() }
}
