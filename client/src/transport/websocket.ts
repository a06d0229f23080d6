import { PacketError, readPacket } from '@warren/codec'
import {
  type Address,
  addressText,
  type Line,
  LineError,
  type LineListener,
  MAX_HANDSHAKE_BYTES,
  type OpenLine,
} from './line.ts'

/** The path on which servers take WebSockets [P-2.1]. */
const PATH = '/BlueBox/websocket'

/** Opens a WebSocket, of the browser or of Node. */
export const openWebSocket: OpenLine = (address, listener, signal) =>
  new Promise((resolve, reject) => {
    const url = urlOf(address)
    const socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    let line: WebSocketLine | undefined
    const fail = (why: string): void => {
      socket.close()
      reject(new LineError(`No WebSocket at ${url}: ${why}`))
    }
    signal.addEventListener('abort', () => fail('no answer'))
    socket.onopen = () => {
      if (signal.aborted) return
      line = new WebSocketLine(socket, listener)
      resolve(line)
    }
    socket.onmessage = ({ data }) => line?.receive(data)
    socket.onclose = ({ code }) => {
      if (line === undefined) fail(`closed with code ${code}`)
      else line.end()
    }
  })

function urlOf(address: Address): string {
  return `${address.isSecure ? 'wss' : 'ws'}://${addressText(address)}${PATH}`
}

/** A message is one packet [P-2.2]. */
class WebSocketLine implements Line {
  readonly transport = 'websocket'
  readonly canEncrypt = false
  maxBodyBytes: number = MAX_HANDSHAKE_BYTES
  readonly #socket: WebSocket
  readonly #listener: LineListener
  #isOpen = true

  constructor(socket: WebSocket, listener: LineListener) {
    this.#socket = socket
    this.#listener = listener
  }

  get waitingBytes(): number {
    return this.#socket.bufferedAmount
  }

  receive(data: unknown): void {
    if (!this.#isOpen || !(data instanceof ArrayBuffer)) return
    try {
      const { flags, body } = readPacket(new Uint8Array(data), this)
      this.#listener.onPacket(flags, body)
    } catch (error) {
      if (!(error instanceof PacketError)) throw error
      this.kill()
    }
  }

  /** The socket says that it is closed. */
  end(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#listener.onClosed()
  }

  send(packet: Uint8Array): void {
    if (this.#isOpen) this.#socket.send(packet as Uint8Array<ArrayBuffer>)
  }

  close(): void {
    this.#socket.close()
  }

  kill(): void {
    // A WebSocket that is dead would take a minute to say that it is closed.
    this.#socket.close()
    this.end()
  }
}
