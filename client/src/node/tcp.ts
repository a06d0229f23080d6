import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectSecure } from 'node:tls'
import { PacketError, PacketSplitter } from '@warren/codec'
import {
  type Address,
  addressText,
  type Line,
  LineError,
  type LineListener,
  MAX_HANDSHAKE_BYTES,
  type OpenLine,
  type TransportName,
} from '../transport/line.ts'
import type { TlsTrust } from './trust.ts'

/** After so much silence the kernel asks whether the other end is still there, in milliseconds. */
const KEEP_ALIVE_MILLIS = 30_000

/** Opens TCP, or TLS on it. */
export function openTcpWith(trust: TlsTrust): OpenLine {
  return (address, listener, signal) =>
    new Promise((resolve, reject) => {
      const socket = dial(address, trust)
      let line: TcpLine | undefined
      let reason = 'closed'
      const onAbort = (): void => {
        reason = 'no answer'
        socket.destroy()
      }
      signal.addEventListener('abort', onAbort)
      if (signal.aborted) onAbort()
      socket.once(address.isSecure ? 'secureConnect' : 'connect', () => {
        signal.removeEventListener('abort', onAbort)
        line = new TcpLine(socket, address.isSecure ? 'tls' : 'tcp', listener)
        resolve(line)
      })
      socket.on('error', error => {
        reason = error.message
      })
      socket.on('close', () => {
        signal.removeEventListener('abort', onAbort)
        if (line === undefined) reject(new LineError(`No line to ${addressText(address)}: ${reason}`))
        else line.end()
      })
    })
}

function dial({ host, port, isSecure }: Address, trust: TlsTrust): Socket {
  const options = { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MILLIS }
  if (!isSecure) return connectPlain(options)
  return connectSecure({ ...options, ...trust, ...(isIP(host) === 0 ? { servername: host } : {}) })
}

/** A stream of packets [P-1.2.4]. */
class TcpLine implements Line {
  readonly transport: TransportName
  readonly canEncrypt = true
  readonly #socket: Socket
  readonly #listener: LineListener
  readonly #splitter = new PacketSplitter({ maxBodyBytes: MAX_HANDSHAKE_BYTES })
  #isOpen = true
  #isCorked = false

  constructor(socket: Socket, transport: TransportName, listener: LineListener) {
    this.transport = transport
    this.#socket = socket
    this.#listener = listener
    const onPacket: LineListener['onPacket'] = (flags, body) => {
      if (this.#isOpen) listener.onPacket(flags, body)
    }
    socket.on('data', (chunk: Buffer) => this.#receive(chunk, onPacket))
    // The server closes in order; nothing is sent any more.
    socket.on('end', () => socket.end())
  }

  get waitingBytes(): number {
    return this.#socket.writableLength
  }

  get maxBodyBytes(): number {
    return this.#splitter.maxBodyBytes
  }

  set maxBodyBytes(bytes: number) {
    this.#splitter.maxBodyBytes = bytes
  }

  #receive(chunk: Uint8Array, onPacket: LineListener['onPacket']): void {
    if (!this.#isOpen) return
    try {
      this.#splitter.push(chunk, onPacket)
    } catch (error) {
      if (!(error instanceof PacketError)) throw error
      this.kill()
    }
  }

  /** The socket says that it is closed. */
  end(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#listener.onClosed()
  }

  /** What is sent in one turn leaves with one write. */
  send(packet: Uint8Array): void {
    if (!this.#isOpen || this.#socket.writableEnded) return
    if (!this.#isCorked) {
      this.#isCorked = true
      this.#socket.cork()
      process.nextTick(() => {
        this.#isCorked = false
        this.#socket.uncork()
      })
    }
    this.#socket.write(packet)
  }

  close(): void {
    this.#socket.end()
  }

  kill(): void {
    this.#socket.destroy()
    this.end()
  }
}
