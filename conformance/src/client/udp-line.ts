import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import {
  type Cipher,
  decodeObject,
  decodePacket,
  dump,
  encodeObject,
  encodePacket,
  readPacket,
  SFSObject,
} from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import { deadline } from './deadline.ts'
import type { Endpoint } from './line.ts'

/** The latest that a datagram may come, in milliseconds. */
const PATIENCE = 5000
const MAX_BODY = 65_536

/** A socket of a client for datagrams. Sends anything, sees everything in the order it came. */
export class UdpClient {
  /** Header flags and envelopes of what came. */
  readonly received: { readonly flags: number; readonly envelope: SFSObject }[] = []
  cipher: Cipher | undefined
  readonly #socket: Socket
  readonly #server: Endpoint
  #read = 0
  #wake: (() => void) | undefined

  constructor(socket: Socket, server: Endpoint) {
    this.#socket = socket
    this.#server = server
    socket.on('message', message => this.#arrived(message))
    socket.on('error', () => undefined)
  }

  get port(): number {
    return this.#socket.address().port
  }

  /** Sends bytes as they are. */
  bytes(bytes: Uint8Array): void {
    this.#socket.send(bytes, this.#server.port, this.#server.host)
  }

  /** Sends a body as one packet, encrypted if there is a key. */
  body(body: Uint8Array): void {
    const { cipher } = this
    this.bytes(encodePacket(body, cipher === undefined ? {} : { cipher }))
  }

  /** Asks for the mapping of this socket to a user [P-9.2]. */
  init(userId: number, packetId = 0): void {
    const root = new SFSObject().putByte('c', 1).putByte('h', 1).putLong('i', packetId).putInt('u', userId)
    this.body(encodeObject(root))
  }

  /** Calls an extension of the zone [P-4.4.1]. */
  call(userId: number, packetId: number, command: string, params: SFSObject): void {
    const call = new SFSObject().putUtfString('c', command).putInt('r', -1).putSFSObject('p', params)
    const root = new SFSObject().putByte('c', 1).putInt('u', userId).putLong('i', packetId)
    this.body(encodeObject(root.putSFSObject('p', call)))
  }

  /** The envelope of the next datagram. @throws when none comes in time */
  async next(): Promise<SFSObject> {
    const at = this.#read++
    while (this.received.length <= at) {
      const woken = new Promise<void>(resolve => {
        this.#wake = resolve
      })
      await deadline(woken, PATIENCE, 'a datagram')
    }
    const arrival = this.received[at]
    if (arrival === undefined) throw new Error('A datagram was awaited and is not there')
    return arrival.envelope
  }

  /** Asks for the mapping and reads the answer. */
  async bind(userId: number, packetId = 0): Promise<void> {
    this.init(userId, packetId)
    const answer = await this.next()
    if (!answer.has('h')) throw new Error(`The server answered ${dump(answer)}`)
  }

  async leave(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#socket.close(() => resolve())
    })
  }

  #arrived(message: Uint8Array): void {
    const { flags, body } = readPacket(message, { maxBodyBytes: MAX_BODY })
    const { cipher } = this
    const plain = decodePacket(flags, body, {
      compression: zlibCompression,
      maxInflatedBytes: MAX_BODY,
      ...(cipher === undefined ? {} : { cipher }),
    })
    this.received.push({ flags, envelope: decodeObject(plain) })
    this.#wake?.()
  }
}

/** Opens a socket for datagrams. @param address  of this machine, to send from */
export async function connectUdp(server: Endpoint, address = '127.0.0.1', port = 0): Promise<UdpClient> {
  const socket = createSocket('udp4')
  socket.bind(port, address)
  await once(socket, 'listening')
  return new UdpClient(socket, server)
}
