import { decodeObject } from '../decode.ts'
import { CodecError } from '../errors.ts'
import type { DecodeLimits } from '../limits.ts'
import type { SFSType } from '../sfs-type.ts'
import { SFSObject } from '../sfs-values.ts'
import * as Code from '../type-codes.ts'
import { Controller, type MessageTable } from './message.ts'
import { MessageDirectory } from './message-directory.ts'
import type { RequestProblem } from './message-problem.ts'
import { readFields, ShapeProblem } from './read-shape.ts'

const NO_PARAMS = /* @__PURE__ */ new SFSObject()

/** What is around the fields of a message [P-4.1]. */
export class Envelope {
  readonly controller: number
  readonly action: number
  readonly params: SFSObject | undefined

  constructor(controller: number, action: number, params: SFSObject | undefined) {
    this.controller = controller
    this.action = action
    this.params = params
  }
}

/** A message by its name in the table. */
export interface ReadMessage {
  readonly name: string
  readonly fields: object
}

/** Reads messages by a table, which may grow. */
export class MessageReader {
  readonly #directory = new MessageDirectory()

  /** @param table  what can be read from the start */
  constructor(table: MessageTable) {
    this.learn(table)
  }

  /** Can read these from now on, too. */
  learn(table: MessageTable): void {
    this.#directory.add(table)
  }

  /** Reads what is in an envelope. Never throws for bad input. */
  read(envelope: Envelope): ReadMessage | RequestProblem {
    const { controller, action, params = NO_PARAMS } = envelope
    if (controller !== Controller.SYSTEM && controller !== Controller.EXTENSION) {
      return {
        problem: 'unknown-controller',
        action,
        controller,
        path: 'c',
        detail: `controller ${controller}`,
      }
    }
    const entry = this.#directory.find(controller, action, params)
    if (entry instanceof ShapeProblem) return problemOf(entry, envelope)
    const fields = readFields(entry.message.fields, params)
    if (fields instanceof ShapeProblem) return problemOf(fields.within('p'), envelope)
    return { name: entry.name, fields }
  }
}

function problemOf(found: ShapeProblem, envelope?: Envelope): RequestProblem {
  const { problem, path, detail } = found
  const ids = envelope === undefined ? {} : { action: envelope.action, controller: envelope.controller }
  const unknown = path === 'a' && problem === 'bad-value'
  return { problem: unknown ? 'unknown-action' : problem, ...ids, path, detail }
}

/** The root object of a body, or why it cannot be decoded. */
export function parseBody(
  body: Uint8Array | SFSObject,
  limits: DecodeLimits | undefined,
): SFSObject | RequestProblem {
  if (body instanceof SFSObject) return body
  try {
    return decodeObject(body, limits)
  } catch (error) {
    if (error instanceof CodecError) return { problem: 'malformed', detail: error.message }
    throw error
  }
}

/** The envelope of a body, or why there is none. Never throws for bad input. */
export function readEnvelope(
  body: Uint8Array | SFSObject,
  limits: DecodeLimits | undefined,
): Envelope | RequestProblem {
  const root = parseBody(body, limits)
  if (!(root instanceof SFSObject)) return root
  const envelope = open(root)
  return envelope instanceof ShapeProblem ? problemOf(envelope) : envelope
}

/** A key of the envelope; `undefined` when it is absent. */
function envelopeKey(root: SFSObject, key: string, type: SFSType): unknown {
  const slot = root.slotOf(key)
  if (slot < 0) return undefined
  if (root.types[slot] === type) return root.values[slot]
  return new ShapeProblem('wrong-type', key, 'the envelope has another type here')
}

function open(root: SFSObject): Envelope | ShapeProblem {
  const controller =
    envelopeKey(root, 'c', Code.BYTE) ?? new ShapeProblem('missing-key', 'c', 'no controller')
  if (controller instanceof ShapeProblem) return controller
  const action = envelopeKey(root, 'a', Code.SHORT) ?? new ShapeProblem('missing-key', 'a', 'no action')
  if (action instanceof ShapeProblem) return action
  const params = envelopeKey(root, 'p', Code.SFS_OBJECT)
  if (params instanceof ShapeProblem) return params
  return new Envelope(controller as number, action as number, params as SFSObject | undefined)
}
