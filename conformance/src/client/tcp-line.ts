import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { connect as startTls } from 'node:tls'
import { framePacket, PacketSplitter } from '@warren/codec'
import type { ClientLine, Closed, Endpoint, PacketListener } from './line.ts'

/** More than any packet a test expects, in bytes. */
const MAX_BODY = 16 * 1024 * 1024

/** Connects over TCP. @throws when nobody listens */
export async function connectTcp({ host, port }: Endpoint, onPacket: PacketListener): Promise<ClientLine> {
  const socket = connect({ host, port, noDelay: true })
  await once(socket, 'connect')
  return lineOn(socket, () => socket.resetAndDestroy(), onPacket)
}

/** Connects over TCP with TLS; the certificate is not looked at. @throws when nobody listens, or speaks no TLS */
export async function connectTls({ host, port }: Endpoint, onPacket: PacketListener): Promise<ClientLine> {
  const plain = connect({ host, port, noDelay: true })
  const socket = startTls({ socket: plain, rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  return lineOn(socket, () => plain.resetAndDestroy(), onPacket)
}

function lineOn(socket: Socket, abort: () => void, onPacket: PacketListener): ClientLine {
  const splitter = new PacketSplitter({ maxBodyBytes: MAX_BODY })
  const closed = new Promise<Closed>(resolve => socket.once('close', () => resolve({ code: undefined })))
  // A reset is a close like any other.
  socket.on('error', () => undefined)
  socket.on('data', chunk => splitter.push(chunk, (flags, body) => onPacket(framePacket(body, flags))))
  return {
    transport: 'tcp',
    closed,
    get isOpen() {
      return !socket.destroyed && socket.writable
    },
    send: bytes => {
      socket.write(bytes)
    },
    pause: () => {
      socket.pause()
    },
    resume: () => {
      socket.resume()
    },
    close: () => {
      socket.end()
    },
    abort,
  }
}
