import {
  COMPRESSED_FLAG,
  ENCRYPTED_FLAG,
  type Failure,
  PacketError,
  type RequestProblem,
  type ServerMessage,
} from '@warren/codec'
import type { ErrorEventName } from '../events.ts'
import { MAX_BODY_BYTES } from '../transport/line.ts'

/** What a server refuses, in words. */
export interface Refusal extends Failure {
  /** The text of the code, with its arguments filled in. */
  readonly text: string
  /** The event that tells of it, if one does. */
  readonly event: ErrorEventName | undefined
}

/** What a packet of a server holds. */
export type Incoming = ServerMessage | Refusal | RequestProblem

/**
 * Inflates zlib, at once or later, and stops at `maxOutput` bytes [P-1.3.4]. The input is valid during the call only.
 * @throws PacketError `inflate-failed` or `inflated-too-large`, as a rejection if later
 */
export type Inflate = (bytes: Uint8Array, maxOutput: number) => Uint8Array | Promise<Uint8Array>

/** What a body says, at once or later; it is valid during the call only. */
export type Read = (body: Uint8Array) => Incoming | Promise<Incoming>

const STAGES: number = ENCRYPTED_FLAG | COMPRESSED_FLAG

/** Reads the packets of a server. Keeps nothing of their bodies. */
export class PacketReader {
  readonly #inflate: Inflate
  readonly #read: Read
  /** Decrypts a body, at once or later; it is valid during the call only. There is no key at first. */
  decrypt: (body: Uint8Array) => Uint8Array | Promise<Uint8Array> = () => {
    throw new PacketError('no-cipher')
  }

  constructor(inflate: Inflate, read: Read) {
    this.#inflate = inflate
    this.#read = read
  }

  /** What a packet says, or why it cannot be read; later, if that takes a while. */
  read(flags: number, body: Uint8Array): Incoming | Promise<Incoming> {
    return (flags & STAGES) === 0 ? this.#read(body) : this.#unpack(flags, body).catch(problemOf)
  }

  async #unpack(flags: number, body: Uint8Array): Promise<Incoming> {
    const plain = (flags & ENCRYPTED_FLAG) === 0 ? body : await this.decrypt(body)
    const inflated = (flags & COMPRESSED_FLAG) === 0 ? plain : await this.#inflate(plain, MAX_BODY_BYTES)
    return await this.#read(inflated)
  }
}

/** A packet that cannot be read, because of an error. */
export function problemOf(error: unknown): RequestProblem {
  return { problem: 'malformed', detail: error instanceof Error ? error.message : String(error) }
}

/** System actions outside the count: handshake, acknowledgement, and "cannot be resumed" [P-8.6.3]. */
const UNCOUNTED: readonly (number | undefined)[] = [0, 2000, 1006]

/** Whether a packet counts that cannot be read. */
export function isCounted(controller: number | undefined, action: number | undefined): boolean {
  return controller !== 0 || !UNCOUNTED.includes(action)
}
