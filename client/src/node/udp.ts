import { createSocket, type Socket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import {
  type Cipher,
  CodecError,
  decodeObject,
  decodePacket,
  decodeServerMessage,
  encodeObject,
  encodePacket,
  PacketError,
  PacketFlags,
  type RequestFields,
  readPacket,
  SFSObject,
  SFSType,
} from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import type { DatagramAddress, DatagramListener, Datagrams } from '../session/datagrams.ts'

/** The request for a mapping is sent so often, with so many milliseconds between [P-9.2]. */
const ATTEMPTS = 3
const ATTEMPT_MILLIS = 3000
/** What most paths carry in one piece [P-9.1]. */
const MAX_DATAGRAM_BYTES = 1400
/** The longest message in a datagram, inflated, in bytes. */
const MAX_MESSAGE_BYTES = 64 * 1024
/** Bytes that may wait in this process; what comes then goes by the line. */
const MAX_WAITING_BYTES = 256 * 1024
const EXTENSION = 1

/** How often a mapping is asked for. */
export interface UdpTiming {
  readonly attempts: number
  readonly attemptMillis: number
}

/** The times unless told otherwise. */
export const UDP_TIMING: UdpTiming = { attempts: ATTEMPTS, attemptMillis: ATTEMPT_MILLIS }

/** Opens a socket for datagrams to one server. @throws Error when its name is unknown */
export async function openUdp(
  { host, port }: DatagramAddress,
  listener: DatagramListener,
  timing: UdpTiming = UDP_TIMING,
): Promise<Datagrams> {
  const { address, family } = await lookup(host)
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4')
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.connect(port, address, () => {
      socket.off('error', reject)
      resolve()
    })
  })
  return new UdpDatagrams(socket, listener, timing)
}

/** One way for datagrams [P-9]. The socket is connected: nobody but the server can send to it. */
class UdpDatagrams implements Datagrams {
  readonly #socket: Socket
  readonly #listener: DatagramListener
  readonly #timing: UdpTiming
  #cipher: Cipher | undefined
  #userId: number | undefined
  /** Numbers only grow, over all mappings: what is late from an earlier one is then no trouble [P-9.4]. */
  #nextId = 0
  #isBound = false
  #settle: ((isBound: boolean) => void) | undefined
  #timer: NodeJS.Timeout | undefined
  #isOpen = true

  constructor(socket: Socket, listener: DatagramListener, timing: UdpTiming) {
    this.#socket = socket
    this.#listener = listener
    this.#timing = timing
    socket.on('message', message => this.#receive(message))
    // A port where nobody listens says so, now and then: the mapping just does not come.
    socket.on('error', () => undefined)
    socket.unref()
  }

  bind(userId: number, cipher: Cipher | undefined): Promise<boolean> {
    this.unbind()
    this.#userId = userId
    this.#cipher = cipher
    return new Promise(resolve => {
      if (!this.#isOpen) return resolve(false)
      this.#settle = resolve
      this.#ask(this.#timing.attempts)
    })
  }

  call(fields: RequestFields<'CallExtension'>): boolean {
    const userId = this.#userId
    if (!this.#isBound || userId === undefined) return false
    if (this.#socket.getSendQueueSize() > MAX_WAITING_BYTES) return false
    const { command, roomId, params } = fields
    const call = new SFSObject().putUtfString('c', command).putInt('r', roomId).putSFSObject('p', params)
    const packet = this.#packet(this.#head(userId).putSFSObject('p', call))
    if (packet.length > MAX_DATAGRAM_BYTES) return false
    this.#socket.send(packet, ignore)
    return true
  }

  unbind(): void {
    this.#isBound = false
    this.#settled(false)
  }

  close(): void {
    if (!this.#isOpen) return
    this.unbind()
    this.#isOpen = false
    this.#socket.close()
  }

  #ask(attempts: number): void {
    const userId = this.#userId
    if (attempts === 0 || userId === undefined) {
      this.#settled(false)
      return
    }
    this.#socket.send(this.#packet(this.#head(userId).putByte('h', 1)), ignore)
    this.#timer = setTimeout(() => this.#ask(attempts - 1), this.#timing.attemptMillis)
  }

  #settled(isBound: boolean): void {
    clearTimeout(this.#timer)
    this.#settle?.(isBound)
    this.#settle = undefined
  }

  #head(userId: number): SFSObject {
    return new SFSObject()
      .putByte('c', EXTENSION)
      .putInt('u', userId)
      .putLong('i', this.#nextId++)
  }

  #packet(root: SFSObject): Uint8Array {
    return encodePacket(encodeObject(root), this.#cipher === undefined ? {} : { cipher: this.#cipher })
  }

  /** What cannot be read is dropped, as datagrams are. */
  #receive(message: Uint8Array): void {
    try {
      const { flags, body } = readPacket(message, { maxBodyBytes: MAX_MESSAGE_BYTES })
      if (this.#cipher !== undefined && (flags & PacketFlags.ENCRYPTED) === 0) return
      const plain = decodePacket(flags, body, {
        compression: zlibCompression,
        maxInflatedBytes: MAX_MESSAGE_BYTES,
        ...(this.#cipher === undefined ? {} : { cipher: this.#cipher }),
      })
      this.#take(decodeObject(plain))
    } catch (error) {
      if (!(error instanceof PacketError) && !(error instanceof CodecError)) throw error
    }
  }

  #take(root: SFSObject): void {
    if (root.has('h')) {
      if (this.#settle === undefined) return
      this.#isBound = true
      this.#settled(true)
      return
    }
    const message = decodeServerMessage(root)
    if (!this.#isBound || 'problem' in message || message.name !== 'ExtensionResponse') return
    if (root.typeOf('i') === SFSType.LONG) this.#listener(message.fields, root.getLong('i'))
  }
}

function ignore(): void {}
