import { once } from 'node:events'
import { connect } from 'node:net'
import { framePacket, PacketSplitter } from '@warren/codec'
import type { ClientLine, Closed, Endpoint, PacketListener } from './line.ts'

/** More than any packet a test expects, in bytes. */
const MAX_BODY = 16 * 1024 * 1024

/** Connects over TCP. @throws when nobody listens */
export async function connectTcp({ host, port }: Endpoint, onPacket: PacketListener): Promise<ClientLine> {
  const socket = connect({ host, port, noDelay: true })
  await once(socket, 'connect')
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
    abort: () => {
      socket.resetAndDestroy()
    },
  }
}
