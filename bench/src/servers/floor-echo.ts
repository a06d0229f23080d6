/** The floors for round trips: bare `node:net`, `ws`, `node:http` and `node:dgram`, each of which sends back what it gets. */
import { createSocket } from 'node:dgram'
import { createServer as createHttpServer, type ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import { WebSocketServer } from 'ws'
import { portOf, reportLines } from './child.ts'

const tcp = createServer({ noDelay: true }, socket => {
  socket.on('data', chunk => socket.write(chunk))
  socket.on('error', () => socket.destroy())
})

let held: ServerResponse | undefined
const waiting: string[] = []

/** As little as a tunnel can do: data is kept until a poll fetches it. */
const http = createHttpServer((request, response) => {
  let body = ''
  request.on('data', chunk => {
    body += chunk
  })
  request.on('end', () => {
    const [, command, data = ''] = decodeURIComponent(body).split('|')
    if (command === 'poll') {
      held = response
      deliver()
      return
    }
    if (command === 'data') waiting.push(data)
    answer(response, command === 'connect' ? 'connect|0123456789abcdef0123456789abcdef' : '')
    deliver()
  })
})
http.on('connection', socket => socket.setNoDelay(true))
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false, clientTracking: false })
sockets.on('connection', socket => socket.on('message', data => socket.send(data)))

const udp = createSocket('udp4')
udp.on('message', (message, { port, address }) => udp.send(message, port, address))

tcp.listen(0, '127.0.0.1', () =>
  http.listen(0, '127.0.0.1', () =>
    udp.bind(0, '127.0.0.1', () =>
      reportLines({ tcp: portOf(tcp.address()), http: portOf(http.address()), udp: portOf(udp.address()) }),
    ),
  ),
)

function deliver(): void {
  const data = held === undefined ? undefined : waiting.shift()
  if (held === undefined || data === undefined) return
  answer(held, `poll|${data}`)
  held = undefined
}

function answer(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'Content-Length': text.length })
  response.end(text)
}
