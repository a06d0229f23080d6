/** The floor of calls: bare `net` or `ws`, which says back what it hears. */
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import { WebSocketServer } from 'ws'
import { portOf, reportReady } from './child.ts'

if (process.argv[2] === 'tcp') {
  const server = createServer({ noDelay: true }, socket => {
    socket.on('data', chunk => socket.write(chunk))
    socket.on('error', () => socket.destroy())
  })
  server.listen(0, '127.0.0.1', 1024, () => reportReady(portOf(server.address())))
} else {
  const http = createHttpServer()
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false, clientTracking: false })
  sockets.on('connection', client => {
    client.on('message', (data: Buffer) => client.send(data))
    client.on('error', () => client.terminate())
  })
  http.listen(0, '127.0.0.1', 1024, () => reportReady(portOf(http.address())))
}
