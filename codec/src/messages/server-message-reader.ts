import type { DecodeLimits } from '../limits.ts'
import type { SFSObject } from '../sfs-values.ts'
import * as Code from '../type-codes.ts'
import { Controller, type MessageTable } from './message.ts'
import type { Failure, RequestProblem } from './message-problem.ts'
import { Envelope, MessageReader, readEnvelope } from './message-reader.ts'
import type { ServerMessage } from './server-messages.ts'

/**
 * Reads what a server says, as far as it was taught.
 * @example
 * const reader = new ServerMessageReader(sessionMessages)
 * reader.learn(roomMessages)
 */
export class ServerMessageReader {
  readonly #reader: MessageReader

  /** @param table  what can be read from the start */
  constructor(table: MessageTable) {
    this.#reader = new MessageReader(table)
  }

  /** Can read these from now on, too. */
  learn(table: MessageTable): void {
    this.#reader.learn(table)
  }

  /**
   * Decodes the body of a server's message, as a client does. Never throws for bad input; what is not in the tables is
   * the problem `unknown-action`.
   */
  read(body: Uint8Array | SFSObject, limits?: DecodeLimits): ServerMessage | Failure | RequestProblem {
    const envelope = readEnvelope(body, limits)
    if (!(envelope instanceof Envelope)) return envelope
    // The reader goes by tables of which this union is made.
    return failureOf(envelope) ?? (this.#reader.read(envelope) as ServerMessage | RequestProblem)
  }
}

function failureOf({ controller, action, params }: Envelope): Failure | RequestProblem | undefined {
  if (controller !== Controller.SYSTEM || params === undefined || !params.has('ec')) return undefined
  if (params.typeOf('ec') !== Code.SHORT || params.typeOf('ep') !== Code.UTF_STRING_ARRAY) {
    const detail = 'ec SHORT and ep UTF_STRING_ARRAY'
    return { problem: 'wrong-type', action, controller, path: 'p.ec', detail }
  }
  return {
    name: 'Failure',
    action,
    controller,
    code: params.getShort('ec'),
    args: params.getUtfStringArray('ep'),
  }
}
