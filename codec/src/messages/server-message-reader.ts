import * as Controller from './controllers.ts'
import { short, utfStringArray } from './fields.ts'
import type { Failure, RequestProblem } from './message-problem.ts'
import { type Envelope, MessageReader, problemOf } from './message-reader.ts'
import { readFields, ShapeProblem } from './read-shape.ts'
import type { ServerMessage } from './server-messages.ts'
import type { FieldsOf } from './shape.ts'

/** What a refusal holds [P-4.5.1]. */
export const FAILURE = { args: utfStringArray('ep'), code: short('ec') }

/**
 * Reads what a server says, as far as it was taught.
 * @example
 * const reader = new ServerMessageReader(sessionMessages)
 * reader.learn(roomMessages)
 */
export class ServerMessageReader extends MessageReader<ServerMessage | Failure> {
  /** A refusal, or a message of the tables. */
  protected override open(envelope: Envelope): ServerMessage | Failure | RequestProblem {
    const { controller, action, params } = envelope
    if (controller !== Controller.SYSTEM || !params?.has('ec')) return super.open(envelope)
    const fields = readFields(FAILURE, params)
    if (fields instanceof ShapeProblem) return problemOf(fields.within('p'), { action, controller })
    return { name: 'Failure', action, controller, ...(fields as FieldsOf<typeof FAILURE>) }
  }
}
