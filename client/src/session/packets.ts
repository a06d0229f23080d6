import {
  type Cipher,
  decodePacket,
  decodeServerMessage,
  type Failure,
  PacketError,
  PacketFlags,
  type RequestProblem,
  type ServerMessage,
} from '@warren/codec'
import { MAX_BODY_BYTES } from '../transport/line.ts'
import { Inflater } from './inflate.ts'

/** What a packet of a server holds. */
export type Incoming = ServerMessage | Failure | RequestProblem

const STAGES: number = PacketFlags.ENCRYPTED | PacketFlags.COMPRESSED

/** Reads the packets of a server. */
export class PacketReader {
  readonly #inflater = new Inflater()
  #options: Parameters<typeof decodePacket>[2] = {
    compression: this.#inflater,
    maxInflatedBytes: MAX_BODY_BYTES,
  }

  /** From now on encrypted packets can be read. */
  decryptWith(cipher: Cipher): void {
    this.#options = { ...this.#options, cipher }
  }

  /** What a packet says; why it cannot be read otherwise. Keeps nothing of the body. */
  read(flags: number, body: Uint8Array): Incoming {
    if ((flags & STAGES) === 0) return decodeServerMessage(body)
    try {
      return decodeServerMessage(decodePacket(flags, body, this.#options))
    } catch (error) {
      if (error instanceof PacketError) return { problem: 'malformed', detail: error.message }
      throw error
    }
  }
}

/** System actions outside the count: handshake, acknowledgement, and "cannot be resumed" [P-8.6.3]. */
const UNCOUNTED: readonly (number | undefined)[] = [0, 2000, 1006]

/** Whether a packet counts that cannot be read. */
export function isCounted(controller: number | undefined, action: number | undefined): boolean {
  return controller !== 0 || !UNCOUNTED.includes(action)
}
