import { type Address, type Line, LineError, type LineListener, type OpenLine } from './line.ts'

/** The path on which servers take WebSockets [P-2]. */
const PATH = '/BlueBox/websocket'

/** Opens a WebSocket, of the browser or of Node. */
export const openWebSocket: OpenLine = (address, listener) =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(urlOf(address))
    socket.binaryType = 'arraybuffer'
    let line: WebSocketLine | undefined
    socket.onopen = () => {
      line = new WebSocketLine(socket, listener)
      resolve(line)
    }
    socket.onmessage = ({ data }) => line?.receive(data)
    socket.onclose = ({ code }) => {
      if (line === undefined) reject(new LineError(`No WebSocket at ${urlOf(address)} (code ${code})`))
      else line.end()
    }
  })

function urlOf({ host, port, isSecure }: Address): string {
  return `${isSecure ? 'wss' : 'ws'}://${host.includes(':') ? `[${host}]` : host}:${port}${PATH}`
}

/** A message is one packet [P-2.3]. */
class WebSocketLine implements Line {
  readonly transport = 'websocket'
  readonly canEncrypt = false
  readonly #socket: WebSocket
  readonly #listener: LineListener
  #isOpen = true

  constructor(socket: WebSocket, listener: LineListener) {
    this.#socket = socket
    this.#listener = listener
  }

  receive(data: unknown): void {
    if (this.#isOpen && data instanceof ArrayBuffer && data.byteLength > 0) {
      this.#listener.onPacket(new Uint8Array(data))
    }
  }

  /** The socket says that it is closed. */
  end(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#listener.onClosed()
  }

  send(packet: Uint8Array): void {
    // A copy: the browser may read the buffer later, and a packet may be a part of a larger one.
    if (this.#isOpen) this.#socket.send(packet.slice())
  }

  close(): void {
    this.#socket.close()
  }

  kill(): void {
    this.#socket.close()
    this.end()
  }
}
