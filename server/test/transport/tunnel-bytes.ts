import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Lets sockets do what they are about to do. */
export function turns(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

/** A connection of which nothing is read yet. */
export async function openSocket(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

/** Everything that comes until the server closes. */
export async function readAll(socket: Socket): Promise<string> {
  let text = ''
  socket.on('data', chunk => {
    text += chunk.toString('latin1')
  })
  if (!socket.closed) await new Promise(resolve => socket.once('close', resolve))
  return text
}

/** The bytes of a request, whose connection is closed after it. */
export function post(id: string, command: string, data = 'null'): string {
  return postBody(`sfsHttp=${encodeURIComponent(`${id}|${command}|${data}`)}`)
}

export function postBody(body: string, ...headers: readonly string[]): string {
  return [
    'POST /BlueBox/BlueBox.do HTTP/1.1',
    'Host: 127.0.0.1',
    'Connection: close',
    `Content-Length: ${body.length}`,
    ...headers,
    '',
    body,
  ].join('\r\n')
}
