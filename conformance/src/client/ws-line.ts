import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { ClientLine, Closed, Endpoint, PacketListener } from './line.ts'

/** The path that the official client uses. */
export const WEBSOCKET_PATH = '/BlueBox/websocket'

/** A WebSocket line; what no client of the protocol sends can be sent too. */
export interface WebSocketLine extends ClientLine {
  /** Sends a text message, which the protocol has not. */
  sendText(text: string): void
  /** Sends one message in fragments. */
  sendFragments(...fragments: readonly Uint8Array[]): void
}

/** Connects over WebSocket. @param isSecure  with TLS; the certificate is not looked at. @throws when the server refuses the upgrade */
export async function connectWebSocket(
  { host, port }: Endpoint,
  onPacket: PacketListener,
  path: string = WEBSOCKET_PATH,
  isSecure = false,
): Promise<WebSocketLine> {
  const socket = new WebSocket(`${isSecure ? 'wss' : 'ws'}://${host}:${port}${path}`, {
    perMessageDeflate: false,
    rejectUnauthorized: false,
  })
  await once(socket, 'open')
  const closed = new Promise<Closed>(resolve => socket.once('close', code => resolve({ code })))
  socket.on('error', () => undefined)
  socket.on('message', data => onPacket(bytesOf(data)))
  return {
    transport: 'ws',
    closed,
    get isOpen() {
      return socket.readyState === WebSocket.OPEN
    },
    send: bytes => socket.send(bytes),
    sendText: text => socket.send(text),
    sendFragments: (...fragments) => {
      for (const [index, fragment] of fragments.entries()) {
        socket.send(fragment, { fin: index === fragments.length - 1, binary: true })
      }
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: () => socket.close(),
    abort: () => socket.terminate(),
  }
}

function bytesOf(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return new Uint8Array(data)
}
