import {
  decodePacket,
  decodeServerMessage,
  encodePacket,
  encodeRequest,
  type RequestFields,
  type RequestName,
  readPacket,
} from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import type { Connection, ConnectionHandler, OutgoingPacket, TestServer } from '@warren/server/internal'

/** Of a WebSocket frame from the server: more for payloads from 126 bytes on. */
const FRAME_BYTES = 2
const LONG_FRAME_BYTES = 4
const LONG_FRAME = 126

/** A line that is listened to. */
class Line implements Connection {
  readonly transport = 'memory'
  readonly framing = 'message'
  readonly remoteAddress = '127.0.0.1'
  readonly bufferedBytes = 0
  readonly #heard: (packet: OutgoingPacket) => void

  constructor(heard: (packet: OutgoingPacket) => void) {
    this.#heard = heard
  }

  send(packets: readonly OutgoingPacket[]): boolean {
    for (const packet of packets) this.#heard(packet)
    return true
  }

  allowMessage(): boolean {
    return true
  }

  established(): void {}
  close(): void {}
  destroy(): void {}
}

/** A client that counts what it is sent. */
export class Listener {
  /** Bytes and packets that came, with the frames that a WebSocket puts around them. */
  bytes = 0
  packets = 0
  /** How many are in view, by what it was told. */
  inView = 0
  readonly #handler: ConnectionHandler

  constructor(server: TestServer) {
    this.#handler = server.accept(new Line(packet => this.#hear(packet)))
  }

  ask<N extends RequestName>(name: N, fields: RequestFields<N>): void {
    this.#handler.onBytes(encodePacket(encodeRequest(name, fields)))
  }

  #hear({ bytes }: OutgoingPacket): void {
    this.packets++
    this.bytes += bytes.length + (bytes.length < LONG_FRAME ? FRAME_BYTES : LONG_FRAME_BYTES)
    const { flags, body } = readPacket(bytes, { maxBodyBytes: 1_000_000 })
    const plain = decodePacket(flags, body, { compression: zlibCompression, maxInflatedBytes: 1_000_000 })
    const message = decodeServerMessage(plain)
    if (!('name' in message) || message.name !== 'ProximityUpdate') return
    const { addedUsers = [], removedUserIds = [] } = message.fields
    this.inView += addedUsers.length - removedUserIds.length
  }
}
