/** The floor of an MMO room: bare `node:net` that reads and, four times a second, writes to everybody what Warren would. */
import { createServer, type Socket } from 'node:net'
import { UPDATE_BYTES, UPDATE_MILLIS } from '../mmo/world.ts'
import { portOf, reportReady } from './child.ts'

const HEADER = [0x80, 0, UPDATE_BYTES - 3]

const sockets = new Set<Socket>()
const server = createServer({ noDelay: true }, socket => {
  sockets.add(socket)
  socket.on('data', () => {})
  socket.on('close', () => sockets.delete(socket))
  socket.on('error', () => socket.destroy())
})
setInterval(() => {
  for (const socket of sockets) {
    const packet = Buffer.alloc(UPDATE_BYTES)
    packet.set(HEADER)
    socket.write(packet)
  }
}, UPDATE_MILLIS)
server.listen(0, '127.0.0.1', 1024, () => reportReady(portOf(server.address())))
