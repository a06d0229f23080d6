import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Endpoint } from './line.ts'

/** After so many bytes in a direction a connection is cut. */
export interface Cut {
  readonly toServer: number
  readonly toClient: number
}

/** A place between clients and a server that cuts connections at the byte that it is told. */
export interface CuttingProxy {
  readonly endpoint: Endpoint
  /** Connections that were cut so far. */
  readonly cuts: number
  close(): Promise<void>
}

/** Stands in front of a server. @param next  where the next connection is cut */
export async function openCuttingProxy(server: Endpoint, next: () => Cut): Promise<CuttingProxy> {
  const sockets = new Set<Socket>()
  let cuts = 0
  const listener = createServer({ noDelay: true }, client => {
    const upstream = connect({ ...server, noDelay: true })
    const { toServer, toClient } = next()
    const both = [client, upstream]
    const cut = () => {
      cuts++
      for (const socket of both) socket.resetAndDestroy()
    }
    pass(client, upstream, toServer, cut)
    pass(upstream, client, toClient, cut)
    for (const socket of both) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        for (const other of both) other.destroy()
      })
    }
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  return {
    endpoint: { host: '127.0.0.1', port: (listener.address() as AddressInfo).port },
    get cuts() {
      return cuts
    },
    close: async () => {
      listener.close()
      for (const socket of sockets) socket.destroy()
      await once(listener, 'close')
    },
  }
}

/** Passes so many bytes on; the first one that is too many cuts. What got through before that arrives. */
function pass(from: Socket, to: Socket, bytes: number, cut: () => void): void {
  let left = bytes
  from.on('data', chunk => {
    if (left < 0) return
    const through = chunk.subarray(0, left)
    left -= chunk.length
    if (left >= 0) to.write(through)
    else if (through.length === 0) cut()
    else to.write(through, cut)
  })
}
