import { createHash, randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import {
  clientFrame,
  type FrameScanner,
  type FrameSink,
  maskFrame,
  scanPackets,
  scanWebSocket,
  WS_CLOSE,
  WS_PING,
  WS_PONG,
} from './framing.ts'
import { type Address, CARRY_BYTES, type Line, type ReadBuffer } from './line.ts'

const EMPTY = new Uint8Array(0)

/** A line that is a socket: the WebSocket handshake by hand, frames handed over where they were read. */
export class SocketLine implements Line {
  sink: FrameSink
  onClose: (reason: string) => void = () => {}
  onChunk: (bytes: number) => void = () => {}
  readonly isWebSocket: boolean
  readonly #socket: Socket
  readonly #buffer: ReadBuffer
  readonly #scan: FrameScanner
  #carry: Uint8Array = EMPTY
  #closed = false
  /** Takes the answer to the upgrade; undefined once frames flow. */
  #upgrade: ((head: string) => void) | undefined
  readonly #filter: FrameSink = { frame: (bytes, start, end, kind) => this.#control(bytes, start, end, kind) }

  /** Connects and, with a path, upgrades. Rejects when the server refuses. */
  static open(address: Address, buffer: ReadBuffer, sink: FrameSink): Promise<SocketLine> {
    return new Promise((resolve, reject) => {
      const line = new SocketLine(address, buffer, sink, resolve)
      line.onClose = reason => reject(new Error(`${address.host}:${address.port}: ${reason}`))
    })
  }

  private constructor(
    address: Address,
    buffer: ReadBuffer,
    sink: FrameSink,
    opened: (line: SocketLine) => void,
  ) {
    this.sink = sink
    this.#buffer = buffer
    this.isWebSocket = address.path !== undefined
    this.#scan = this.isWebSocket ? scanWebSocket : (address.scan ?? scanPackets)
    const onread = {
      buffer: buffer.chunk,
      callback: (count: number) => {
        this.#read(count)
        return true
      },
    }
    this.#socket = connect({ host: address.host, port: address.port, noDelay: true, onread })
    this.#socket.once('connect', () => {
      if (address.path === undefined) opened(this)
      else this.#requestUpgrade(address, address.path, () => opened(this))
    })
    this.#socket.on('error', error => this.#gone(error.message))
    this.#socket.on('close', () => this.#gone('closed by the server'))
  }

  get closed(): boolean {
    return this.#closed
  }

  send(message: Uint8Array, opcode: number): void {
    if (!this.isWebSocket) {
      this.write(message)
      return
    }
    const frame = clientFrame(message, opcode)
    maskFrame(frame)
    this.write(frame)
  }

  write(bytes: Uint8Array): void {
    this.#socket.write(bytes)
  }

  close(): void {
    this.#closed = true
    this.#socket.destroy()
  }

  cut(): void {
    this.#closed = true
    this.#socket.resetAndDestroy()
  }

  #read(count: number): void {
    this.onChunk(count)
    const { bytes } = this.#buffer
    const end = CARRY_BYTES + count
    let at = CARRY_BYTES - this.#carry.length
    if (this.#carry.length > 0) {
      bytes.set(this.#carry, at)
      this.#carry = EMPTY
    }
    if (this.#upgrade) at = this.#readUpgrade(this.#upgrade, at, end)
    if (!this.#upgrade) at = this.#scan(bytes, at, end, this.isWebSocket ? this.#filter : this.sink)
    if (at === end) return
    if (end - at > CARRY_BYTES) this.#gone('a frame over 1 MiB')
    else this.#carry = bytes.slice(at, end)
  }

  #control(bytes: Uint8Array, start: number, end: number, opcode: number): void {
    if (opcode < WS_CLOSE) this.sink.frame(bytes, start, end, opcode)
    else if (opcode === WS_PING) this.send(bytes.slice(start, end), WS_PONG)
    else if (opcode === WS_CLOSE) this.#gone(`close code ${closeCode(bytes, start, end)}`)
  }

  #requestUpgrade(address: Address, path: string, done: () => void): void {
    const key = randomBytes(16).toString('base64')
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    this.#upgrade = head => {
      if (!head.startsWith('HTTP/1.1 101')) this.#gone(`upgrade refused: ${head.split('\r\n')[0]}`)
      else if (!head.includes(accept)) this.#gone('wrong Sec-WebSocket-Accept')
      else done()
    }
    this.#socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${address.host}:${address.port}\r\nUpgrade: websocket\r\n` +
        `Connection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    )
  }

  #readUpgrade(answered: (head: string) => void, at: number, end: number): number {
    const text = Buffer.from(this.#buffer.bytes.subarray(at, end)).toString('latin1')
    const stop = text.indexOf('\r\n\r\n')
    if (stop < 0) return at
    this.#upgrade = undefined
    answered(text.slice(0, stop))
    return at + stop + 4
  }

  #gone(reason: string): void {
    if (this.#closed) return
    this.#closed = true
    this.#socket.destroy()
    this.onClose(reason)
  }
}

function closeCode(bytes: Uint8Array, start: number, end: number): number {
  return end - start >= 2 ? ((bytes[start] as number) << 8) | (bytes[start + 1] as number) : 1005
}
