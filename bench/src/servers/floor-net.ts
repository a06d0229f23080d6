/** The floor for TCP: bare `node:net`, packets of a 3-byte header, frames made once and written to every member. */
import { createServer } from 'node:net'
import { scanPackets } from '../generator/framing.ts'
import { portOf, reportReady } from './child.ts'
import { FloorRoom, tickArgument } from './room.ts'

const HEADER = 3
const room = new FloorRoom(tickArgument())
const sink = {
  frame(bytes: Uint8Array, start: number, end: number) {
    room.broadcast(bytes.slice(start - HEADER, end))
  },
}

const server = createServer({ noDelay: true }, socket => {
  let rest: Buffer | undefined
  room.members.add(socket)
  socket.on('data', chunk => {
    const bytes = rest ? Buffer.concat([rest, chunk]) : chunk
    const at = scanPackets(bytes, 0, bytes.length, sink)
    rest = at === bytes.length ? undefined : bytes.subarray(at)
  })
  socket.on('close', () => room.members.delete(socket))
  socket.on('error', () => socket.destroy())
})
server.listen(0, '127.0.0.1', 1024, () => reportReady(portOf(server.address())))
