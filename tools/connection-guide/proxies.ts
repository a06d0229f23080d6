import { createServer as createHttpServer, request as httpRequest } from 'node:http'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

const HOST = '127.0.0.1'

/** Something in the way between client and server. */
export interface Intermediary {
  readonly port: number
  close(): void
}

/** A proxy for the web as some companies have them: requests pass, WebSockets do not. */
export async function webProxy(serverPort: number): Promise<Intermediary> {
  const server = createHttpServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    const onward = httpRequest({ host: HOST, port: serverPort, method, path: url, headers }, answer => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  server.on('upgrade', (_request, socket) => {
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
  const port = await listen(server)
  return {
    port,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** A line through which bytes may change on their way to the server, or get lost without a word. */
export interface OddLine extends Intermediary {
  /** On the lines of now nothing passes from here on, and nothing is closed: as if a cable was pulled. */
  swallow(): void
}

/** @param change  what the server gets instead of what the client sent */
export async function oddLine(
  serverPort: number,
  change: (bytes: Buffer) => Buffer = bytes => bytes,
): Promise<OddLine> {
  const sockets = new Set<Socket>()
  const swallowed = new WeakSet<Socket>()
  const server = createServer(client => {
    const onward = connect(serverPort, HOST)
    for (const [from, to, changed] of [
      [client, onward, change],
      [onward, client, (bytes: Buffer) => bytes],
    ] as const) {
      sockets.add(from)
      from.on('error', () => {})
      from.on('data', bytes => {
        if (!swallowed.has(from)) to.write(changed(bytes))
      })
      from.on('close', () => {
        sockets.delete(from)
        if (!swallowed.has(from)) to.destroy()
      })
    }
  })
  return {
    port: await listen(server),
    swallow() {
      for (const socket of sockets) swallowed.add(socket)
    },
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  await new Promise(resolve => server.close(resolve))
  return port
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, HOST, resolve))
  return (server.address() as AddressInfo).port
}
