/** Colyseus 0.18 with its `ws` transport: a room without state that broadcasts each message. */
import { createServer } from 'node:http'
import { importPeer } from '../../peers/import-peer.ts'
import { portOf, reportReady } from './child.ts'

interface ColyseusRoom {
  maxClients: number
  patchRate: number | null
  onMessage(type: string, take: (client: unknown, text: string) => void): void
  broadcast(type: string, text: string): void
}

interface ColyseusServer {
  define(name: string, room: unknown): void
  listen(port: number, host: string, backlog: number): Promise<void>
}

interface ColyseusCore {
  readonly Room: new () => ColyseusRoom
  readonly Server: new (options: object) => ColyseusServer
}

interface ColyseusTransport {
  readonly WebSocketTransport: new (options: object) => unknown
}

const { Room, Server } = await importPeer<ColyseusCore>('@colyseus/core')
const { WebSocketTransport } = await importPeer<ColyseusTransport>('@colyseus/ws-transport')

class ChatRoom extends Room {
  onCreate() {
    this.patchRate = null
    this.onMessage('m', (_client, text) => this.broadcast('m', text))
  }
}

const http = createServer()
const server = new Server({ transport: new WebSocketTransport({ server: http }), greet: false })
server.define('chat', ChatRoom)
await server.listen(0, '127.0.0.1', 1024)
reportReady(portOf(http.address()))
