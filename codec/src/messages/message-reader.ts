import { decodeObject } from '../decode.ts'
import { CodecError } from '../errors.ts'
import type { DecodeLimits } from '../limits.ts'
import { SFSObject } from '../sfs-values.ts'
import * as Controller from './controllers.ts'
import { byte, sfsObject, short } from './fields.ts'
import type { MessageTable } from './message.ts'
import { MessageDirectory } from './message-directory.ts'
import type { RequestProblem } from './message-problem.ts'
import { readFields, ShapeProblem } from './read-shape.ts'
import { type FieldsOf, type FieldTable, opt } from './shape.ts'

const ENVELOPE = { controller: byte('c'), action: short('a'), params: opt(sfsObject('p')) }
const NO_PARAMS = /* @__PURE__ */ new SFSObject()

/** What is around the fields of a message [P-4.1]. */
export type Envelope = FieldsOf<typeof ENVELOPE>

/** Reads messages by a table, which may grow. `M` are those that it makes of the table's rows. */
export class MessageReader<M> {
  readonly #directory = new MessageDirectory()

  /** @param table  what can be read from the start */
  constructor(table: MessageTable) {
    this.learn(table)
  }

  /** Can read these from now on, too. */
  learn(table: MessageTable): void {
    this.#directory.add(table)
  }

  /**
   * Decodes the body of a message and checks every key of the table. Never throws for bad input; what is not in the
   * tables is the problem `unknown-action`.
   */
  read(body: Uint8Array | SFSObject, limits?: DecodeLimits): M | RequestProblem {
    const envelope = readBody(ENVELOPE, body, limits)
    return 'problem' in envelope ? envelope : this.open(envelope)
  }

  /** What is in an envelope. */
  protected open({ controller, action, params = NO_PARAMS }: Envelope): M | RequestProblem {
    const ids = { action, controller }
    if (controller !== Controller.SYSTEM && controller !== Controller.EXTENSION) {
      return { problem: 'unknown-controller', ...ids, path: 'c', detail: `controller ${controller}` }
    }
    const entry = this.#directory.find(controller, action, params)
    if (entry === undefined) {
      return { problem: 'unknown-action', ...ids, path: 'a', detail: `action ${action} is not known` }
    }
    if (entry instanceof ShapeProblem) return problemOf(entry, ids)
    const { name, message } = entry
    const fields = readFields(message.fields, params)
    if (fields instanceof ShapeProblem) return problemOf(fields.within('p'), ids)
    // The rows of the table are what `M` is made of.
    return { name, fields } as M
  }
}

/** The keys of a body's root object, or why they cannot be read. Never throws for bad input. */
export function readBody<F extends FieldTable>(
  fields: F,
  body: Uint8Array | SFSObject,
  limits: DecodeLimits | undefined,
): FieldsOf<F> | RequestProblem {
  try {
    const root = body instanceof SFSObject ? body : decodeObject(body, limits)
    const read = readFields(fields, root)
    return read instanceof ShapeProblem ? problemOf(read) : (read as FieldsOf<F>)
  } catch (error) {
    if (error instanceof CodecError) return { problem: 'malformed', detail: error.message }
    throw error
  }
}

/** The problem of a message. @param ids  of what is in its envelope, as far as is known */
export function problemOf(
  { problem, path, detail }: ShapeProblem,
  ids: { readonly action?: number; readonly controller?: number } = {},
): RequestProblem {
  return { problem, ...ids, path, detail }
}
