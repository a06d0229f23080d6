import type { ByteStream, OpenStream, StreamListener } from './stream.ts'

/** Opens streams over WebSocket, of the browser or of Node. @param urlOf  the address of what leads to a port */
export function webSocketStreams(urlOf: (host: string, port: number) => string): OpenStream {
  return (host, port, listener) => new WebSocketStream(new WebSocket(urlOf(host, port)), listener)
}

/**
 * The address of the bridge that leads to a port of a Warren server.
 * @param bridge  where its HTTP port is, `ws://` or `wss://`; that of the page unless given
 */
export function bridgeUrl(host: string, port: number, bridge?: string): string {
  const at = bridge ?? pageUrl() ?? `ws://${host}:8080`
  return `${at.replace(/\/$/, '')}/socket-proxy/${port}`
}

/** Where the server of the page takes WebSockets; `undefined` outside of pages. */
export function pageUrl(): string | undefined {
  const { location } = globalThis as {
    readonly location?: { readonly protocol: string; readonly host: string }
  }
  if (location === undefined || !location.protocol.startsWith('http')) return undefined
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`
}

/** A stream in pieces of any size. */
class WebSocketStream implements ByteStream {
  readonly #socket: WebSocket

  constructor(socket: WebSocket, listener: StreamListener) {
    this.#socket = socket
    const encoder = new TextEncoder()
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => listener.onOpen()
    socket.onmessage = ({ data }) =>
      listener.onBytes(
        typeof data === 'string' ? encoder.encode(frameOf(data)) : new Uint8Array(data as ArrayBuffer),
      )
    socket.onclose = ({ code, reason }) => listener.onEnd(reason === '' ? `closed with code ${code}` : reason)
  }

  write(bytes: Uint8Array): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(bytes as Uint8Array<ArrayBuffer>)
  }

  close(): void {
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null
    this.#socket.close()
  }
}

/** A message that is a text is one frame, and needs no end of its own. */
function frameOf(text: string): string {
  return text.endsWith('\0') ? text : `${text}\0`
}
