import {
  type Cipher,
  type EncodedRow,
  encodeItemRow,
  encodeUserRow,
  type ItemRow,
  type ProximityUpdate,
  type ServerMessage,
  type UserRow,
} from '@warren/codec'
import type { Failure, Protocol, RequestReader } from '../../src/protocol/protocol.ts'
import type { OutgoingPacket } from '../../src/transport/connection.ts'

/** A protocol that writes messages as JSON and counts how often it is asked to. */
export class FakeProtocol implements Protocol {
  readonly name = 'sfs2x'
  encoded = 0

  createReader(): RequestReader {
    return { read: () => undefined }
  }

  encode(message: ServerMessage): OutgoingPacket {
    this.encoded++
    return packetOf(message)
  }

  encodeFailure(failure: Failure): OutgoingPacket {
    this.encoded++
    return packetOf(failure)
  }

  encodeUserRow(row: UserRow): EncodedRow {
    this.encoded++
    return encodeUserRow(row)
  }

  encodeItemRow(row: ItemRow): EncodedRow {
    this.encoded++
    return encodeItemRow(row)
  }

  encodeProximityUpdate(update: ProximityUpdate): OutgoingPacket {
    this.encoded++
    return packetOf(update)
  }

  encrypt(packet: OutgoingPacket, cipher: Cipher): OutgoingPacket {
    return { bytes: cipher.encrypt(packet.bytes), framed: undefined }
  }
}

/** A packet that holds a value as JSON. */
export function packetOf(value: unknown): OutgoingPacket {
  return { bytes: new TextEncoder().encode(JSON.stringify(value)), framed: undefined }
}

/** What such a packet holds. */
export function contentOf(packet: OutgoingPacket): unknown {
  return JSON.parse(new TextDecoder().decode(packet.bytes))
}
