import { connect } from 'node:net'
import type { OpenStream } from '../flash/stream.ts'

/** Opens streams over TCP. */
export const openTcpStream: OpenStream = (host, port, listener) => {
  const socket = connect({ host, port, noDelay: true })
  let why = 'closed by the other side'
  let isTold = false
  socket.on('connect', () => listener.onOpen())
  socket.on('data', chunk => {
    if (!isTold) listener.onBytes(chunk)
  })
  socket.on('end', () => socket.end())
  socket.on('error', error => {
    why = error.message
  })
  socket.on('close', () => {
    if (!isTold) listener.onEnd(why)
  })
  return {
    write: bytes => {
      // What is handed over may be written to again; the socket keeps it.
      if (!socket.writableEnded) socket.write(Uint8Array.from(bytes))
    },
    close: () => {
      isTold = true
      socket.end()
    },
  }
}
