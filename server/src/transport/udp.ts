import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Lines } from './lines.ts'
import { type ListenAddress, listenError } from './listen.ts'
import type { Listener } from './tcp.ts'

/** Bytes that may wait in this process for a kernel that takes no more datagrams; what comes then is not sent. */
const MAX_WAITING_BYTES = 1024 * 1024
/** What the kernel is asked to keep while this process is busy. It may give less. */
const RECEIVE_BUFFER_BYTES = 1024 * 1024

/** What a listener for datagrams needs. */
export interface UdpOptions extends ListenAddress {
  readonly lines: Lines
  /** Called for every datagram, whoever sent it. The message is only valid during the call. */
  readonly receive: (message: Uint8Array, address: string, port: number) => void
}

/** An open port for datagrams. */
export interface UdpListener extends Listener {
  /** Sends one datagram to an address, as `receive` names it. @returns false when the kernel takes no more, or none */
  send(datagram: Uint8Array, address: string, port: number): boolean
}

/**
 * Listens for datagrams.
 * @throws ListenError when the port cannot be had
 */
export async function listenUdp(options: UdpOptions): Promise<UdpListener> {
  const { lines, receive } = options
  const { stats } = lines
  const socket = createSocket((await familyOf(options)) === 6 ? 'udp6' : 'udp4')
  const port = await bind(socket, options)
  askForBuffer(socket)
  socket.on('error', error => lines.fault(error, 'listening on UDP'))
  socket.on('message', (message, { address, port }) => {
    stats.bytesReceived += message.length
    try {
      receive(message, address, port)
    } catch (error) {
      lines.fault(error, 'reading a datagram')
    }
  })
  let isOpen = true
  return {
    port,
    connections: 0,
    send: (datagram, address, port) => {
      if (!isOpen || socket.getSendQueueSize() > MAX_WAITING_BYTES) return false
      // An address that cannot be reached is no fault of this side: a datagram may get lost.
      socket.send(datagram, port, address, ignoreError)
      stats.bytesSent += datagram.length
      stats.packetsSent++
      stats.writes++
      return true
    },
    close: () => {
      isOpen = false
      return new Promise(resolve => socket.close(() => resolve()))
    },
  }
}

/** A host name is the address that TCP would listen on. */
async function familyOf(address: ListenAddress): Promise<number> {
  const family = isIP(address.host)
  if (family !== 0) return family
  try {
    return (await lookup(address.host)).family
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, address)
  }
}

function bind(socket: Socket, address: ListenAddress): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      socket.close()
      reject(listenError(error, address))
    }
    socket.once('error', onError)
    socket.bind({ address: address.host, port: address.port }, () => {
      socket.removeListener('error', onError)
      resolve(socket.address().port)
    })
  })
}

function askForBuffer(socket: Socket): void {
  try {
    socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES)
  } catch {
    // What the system gives by itself does too.
  }
}

function ignoreError(): void {}
