/** Socket.IO 4.8, WebSocket only, all members in one room, one emit to the room for each message. */
import { createServer } from 'node:http'
import { importPeer } from '../../peers/import-peer.ts'
import { portOf, reportReady } from './child.ts'

interface Client {
  join(room: string): void
  on(event: 'm', take: (text: string) => void): void
  on(event: 'join', take: (joined: () => void) => void): void
}

interface SocketServer {
  on(event: 'connection', take: (client: Client) => void): void
  to(room: string): { emit(event: string, text: string): void }
}

interface SocketIo {
  readonly Server: new (http: unknown, options: object) => SocketServer
}

const { Server } = await importPeer<SocketIo>('socket.io')
const http = createServer()
const io = new Server(http, { transports: ['websocket'], perMessageDeflate: false, serveClient: false })

io.on('connection', client => {
  client.on('join', joined => {
    client.join('chat')
    joined()
  })
  client.on('m', text => {
    io.to('chat').emit('m', text)
  })
})
http.listen(0, '127.0.0.1', 1024, () => reportReady(portOf(http.address())))
