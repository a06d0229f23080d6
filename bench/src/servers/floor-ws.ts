/** The floor for WebSocket: bare `ws`, which does the handshake and reads; frames are made once and written raw. */
import { createServer } from 'node:http'
import { Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import { portOf, reportReady } from './child.ts'
import { FloorRoom, tickArgument } from './room.ts'

const room = new FloorRoom(tickArgument())
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false })
const http = createServer()

http.on('upgrade', (request, socket, head) => {
  if (!(socket instanceof Socket)) return
  socket.setNoDelay(true)
  sockets.handleUpgrade(request, socket, head, client => {
    room.members.add(socket)
    client.on('message', (data: Buffer) => room.broadcast(frameOf(data)))
    client.on('close', () => room.members.delete(socket))
    client.on('error', () => socket.destroy())
  })
})
http.listen(0, '127.0.0.1', 1024, () => reportReady(portOf(http.address())))

function frameOf(payload: Buffer): Uint8Array {
  const frame = Buffer.allocUnsafe(2 + payload.length)
  frame[0] = 0x82
  frame[1] = payload.length
  payload.copy(frame, 2)
  return frame
}
