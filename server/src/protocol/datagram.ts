import {
  type Cipher,
  type Compression,
  decodePacket,
  decodeUdpRequest,
  encodePacket,
  encodeUdpInitReply,
  encodeUdpMessage,
  PacketError,
  PacketFlags,
  readPacket,
  renumberUdpMessage,
  type ServerMessage,
  type UdpRequest,
} from '@warren/codec'

export interface DatagramOptions {
  readonly compression: Compression
  /** Bodies longer than this are compressed, in bytes [P-1.3]. */
  readonly compressionThreshold: number
  /** The longest datagram in both directions, in bytes. */
  readonly maxDatagramBytes: number
}

/** A message for several receivers, each of whom has a number of his own for it. */
export interface OutgoingDatagram {
  readonly body: Uint8Array
}

/** What a datagram says, or why it says nothing. */
export type DatagramContent = UdpRequest | { readonly problem: string }

/** What may travel by UDP. */
export type DatagramMessage = Extract<ServerMessage, { readonly name: 'ExtensionResponse' }>

/** A request for a mapping is far shorter than this, encrypted too. */
const MAX_INIT_BYTES = 128
/** What a compressed datagram may grow to. */
const MAX_INFLATED_BYTES = 65_536
const HEADER = 3
/** Padding makes a body up to so much longer. */
const CIPHER_BLOCK = 16
const NUMBERED_LATER = 0n

/** The language of datagrams [P-4.4, P-9]: one packet each, and envelopes of their own. Keeps nothing. */
export class DatagramProtocol {
  readonly #options: DatagramOptions

  constructor(options: DatagramOptions) {
    this.#options = options
  }

  /** Whether a datagram says that it is encrypted. */
  isEncrypted(message: Uint8Array): boolean {
    return ((message[0] ?? 0) & PacketFlags.ENCRYPTED) !== 0
  }

  /** Whether a datagram can be the request for a mapping, before anything is spent on reading it. */
  mayBeInit(message: Uint8Array): boolean {
    return message.length <= MAX_INIT_BYTES && ((message[0] ?? 0) & PacketFlags.COMPRESSED) === 0
  }

  /** Reads a datagram. With a cipher it must be encrypted, without one it must not. Never throws for bad input. */
  read(message: Uint8Array, cipher: Cipher | undefined): DatagramContent {
    const { compression, maxDatagramBytes } = this.#options
    if (this.isEncrypted(message) !== (cipher !== undefined)) {
      return { problem: cipher === undefined ? 'there is no key' : 'it is not encrypted' }
    }
    try {
      const { flags, body } = readPacket(message, { maxBodyBytes: maxDatagramBytes })
      if (body.byteOffset + body.length !== message.byteOffset + message.length) {
        return { problem: 'more than one packet' }
      }
      const plain = decodePacket(flags, body, {
        compression,
        maxInflatedBytes: MAX_INFLATED_BYTES,
        ...(cipher === undefined ? {} : { cipher }),
      })
      const request = decodeUdpRequest(plain)
      return 'problem' in request ? { problem: request.detail } : request
    } catch (error) {
      if (error instanceof PacketError) return { problem: error.message }
      throw error
    }
  }

  /** What all receivers of a message share. */
  prepare({ fields }: DatagramMessage): OutgoingDatagram {
    return { body: encodeUdpMessage(fields, NUMBERED_LATER) }
  }

  /** The datagram for one receiver; nothing when it is too long to travel [P-9.1]. */
  number({ body }: OutgoingDatagram, packetId: number, cipher: Cipher | undefined): Uint8Array | undefined {
    const { compressionThreshold, maxDatagramBytes } = this.#options
    const isSent = body.length <= compressionThreshold
    const longest = HEADER + body.length + (cipher === undefined ? 0 : CIPHER_BLOCK)
    if (isSent && longest > maxDatagramBytes) return undefined
    const datagram = this.#packet(renumberUdpMessage(body, packetId), cipher)
    return datagram.length > maxDatagramBytes ? undefined : datagram
  }

  /** The answer to the request that maps an address [P-9.2]. */
  initReply(cipher: Cipher | undefined): Uint8Array {
    return this.#packet(encodeUdpInitReply(), cipher)
  }

  #packet(body: Uint8Array, cipher: Cipher | undefined): Uint8Array {
    const { compression, compressionThreshold } = this.#options
    return encodePacket(body, {
      compression,
      compressionThreshold,
      ...(cipher === undefined ? {} : { cipher }),
    })
  }
}
