import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { PacketSplitter, readPacket } from '@warren/codec'
import { WebSocketServer } from 'ws'
import { StockConversation, StockMemory } from './stock-conversation.ts'

const HOST = '127.0.0.1'
const MAX_BYTES = 1_000_000

interface Tunnel {
  readonly conversation: StockConversation
  readonly splitter: PacketSplitter
  readonly waiting: Uint8Array[]
}

/** A double of a stock server on real sockets: TCP, WebSocket and BlueBox, without anything that only Warren has. */
export class StockServer {
  readonly memory = new StockMemory()
  readonly #tcp: Server
  readonly #http: HttpServer
  readonly #sockets = new Set<Socket>()
  readonly #tunnels = new Map<string, Tunnel>()

  private constructor() {
    this.#tcp = createTcpServer(socket => this.#tcpLine(socket))
    this.#http = createHttpServer((request, response) => {
      let form = ''
      request.setEncoding('latin1').on('data', chunk => {
        form += chunk
      })
      request.on('end', () => response.end(this.#tunnelled(new URLSearchParams(form).get('sfsHttp') ?? '')))
    })
    const webSockets = new WebSocketServer({ server: this.#http, path: '/BlueBox/websocket' })
    webSockets.on('connection', socket => {
      const conversation = new StockConversation(this.memory, false, packet => socket.send(packet))
      socket.on('message', (data: Uint8Array) =>
        conversation.take(readPacket(data, { maxBodyBytes: MAX_BYTES }).body),
      )
    })
    for (const server of [this.#tcp, this.#http]) {
      server.on('connection', (socket: Socket) => {
        this.#sockets.add(socket)
        socket.on('close', () => this.#sockets.delete(socket))
        socket.on('error', () => {})
      })
    }
  }

  static async start(): Promise<StockServer> {
    const server = new StockServer()
    await Promise.all([server.#tcp, server.#http].map(each => listen(each)))
    return server
  }

  get tcpPort(): number {
    return (this.#tcp.address() as AddressInfo).port
  }

  get httpPort(): number {
    return (this.#http.address() as AddressInfo).port
  }

  close(): void {
    for (const server of [this.#tcp, this.#http]) server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  #tcpLine(socket: Socket): void {
    const conversation = new StockConversation(this.memory, true, packet => socket.write(packet))
    const splitter = new PacketSplitter({ maxBodyBytes: MAX_BYTES })
    socket.on('data', chunk => splitter.push(chunk, (_flags, body) => conversation.take(body)))
  }

  /** What the tunnel answers to a request; polls are answered at once. */
  #tunnelled(form: string): string {
    const [id = '', command, data = ''] = form.split('|')
    if (command === 'connect') return `connect|${this.#newTunnel()}`
    const tunnel = this.#tunnels.get(id)
    if (tunnel === undefined) return 'err01|Invalid http session !'
    if (command === 'data') {
      tunnel.splitter.push(Buffer.from(data, 'base64'), (_flags, body) => tunnel.conversation.take(body))
      return 'data|null'
    }
    if (command === 'disconnect') this.#tunnels.delete(id)
    const packets = Buffer.concat(tunnel.waiting.splice(0))
    return `${command}|${command === 'poll' && packets.length > 0 ? packets.toString('base64') : 'null'}`
  }

  #newTunnel(): string {
    const id = `SESS_${String(this.#tunnels.size).padStart(32, '0')}`
    const waiting: Uint8Array[] = []
    this.#tunnels.set(id, {
      conversation: new StockConversation(this.memory, false, packet => waiting.push(packet)),
      splitter: new PacketSplitter({ maxBodyBytes: MAX_BYTES }),
      waiting,
    })
    return id
  }
}

function listen(server: Server): Promise<void> {
  return new Promise(resolve => server.listen(0, HOST, resolve))
}
