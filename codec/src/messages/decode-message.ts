import { decodeObject } from '../decode.ts'
import { CodecError } from '../errors.ts'
import type { DecodeLimits } from '../limits.ts'
import { SFSType } from '../sfs-type.ts'
import { SFSObject } from '../sfs-values.ts'
import { Controller, type MessageData } from './message.ts'
import { readFields, ShapeProblem, type ShapeProblemKind } from './read-shape.ts'
import { type Request, requests } from './requests.ts'
import { type ServerMessage, serverMessages } from './server-messages.ts'

/** Why a message cannot be used. */
export type MessageProblemKind =
  | 'malformed'
  | 'not-encrypted'
  | 'unknown-controller'
  | 'unknown-action'
  | ShapeProblemKind

/** A message that cannot be used: what is wrong, where, and with which action as far as it is known. */
export interface RequestProblem {
  readonly problem: MessageProblemKind
  /** Action id, when the envelope names one. */
  readonly action?: number
  /** Controller id, when the envelope names one. */
  readonly controller?: number
  /** Keys and indices from the envelope to the value: `p.vl[3][1]`. */
  readonly path?: string
  /** For the log. */
  readonly detail: string
}

/** A decoded failure reply. */
export interface Failure {
  readonly name: 'Failure'
  readonly action: number
  readonly controller: number
  readonly code: number
  readonly args: readonly string[]
}

interface Entry {
  readonly name: string
  readonly message: MessageData
}

/** Messages of the system controller by action; those of action 7 by sub-type. */
class Directory {
  private readonly byAction = new Map<number, Entry>()
  private readonly bySubtype = new Map<number, Entry>()
  readonly extension: Entry

  constructor(table: { readonly [name: string]: MessageData }, extension: string) {
    for (const [name, message] of Object.entries(table)) {
      if (message.controller !== Controller.SYSTEM) continue
      if (message.when === undefined) this.byAction.set(message.action, { name, message })
      else this.bySubtype.set(message.when.t, { name, message })
    }
    this.extension = { name: extension, message: table[extension] as MessageData }
  }

  find(action: number, params: SFSObject): Entry | ShapeProblem {
    const plain = this.byAction.get(action)
    if (plain !== undefined) return plain
    if (action !== GENERIC) return new ShapeProblem('bad-value', 'a', `action ${action} is not known`)
    const slot = params.slotOf('t')
    if (slot < 0) return new ShapeProblem('missing-key', 'p.t', 'the key is required')
    if (params.types[slot] !== SFSType.BYTE) return new ShapeProblem('wrong-type', 'p.t', 'BYTE is expected')
    const subtype = params.values[slot] as number
    return (
      this.bySubtype.get(subtype) ?? new ShapeProblem('bad-value', 'p.t', `sub-type ${subtype} is not known`)
    )
  }
}

const GENERIC = 7
const requestDirectory = /* @__PURE__ */ new Directory(requests, 'CallExtension')
const serverDirectory = /* @__PURE__ */ new Directory(serverMessages, 'ExtensionResponse')
const NO_PARAMS = new SFSObject()

interface Envelope {
  readonly controller: number
  readonly action: number
  readonly params: SFSObject | undefined
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

/** A key of the envelope; `undefined` when it is absent. */
function envelopeKey(root: SFSObject, key: string, type: SFSType): unknown {
  const slot = root.slotOf(key)
  if (slot < 0) return undefined
  if (root.types[slot] === type) return root.values[slot]
  return new ShapeProblem('wrong-type', key, 'the envelope has another type here')
}

function open(root: SFSObject): Envelope | ShapeProblem {
  const controller =
    envelopeKey(root, 'c', SFSType.BYTE) ?? new ShapeProblem('missing-key', 'c', 'no controller')
  if (controller instanceof ShapeProblem) return controller
  const action = envelopeKey(root, 'a', SFSType.SHORT) ?? new ShapeProblem('missing-key', 'a', 'no action')
  if (action instanceof ShapeProblem) return action
  const params = envelopeKey(root, 'p', SFSType.SFS_OBJECT)
  if (params instanceof ShapeProblem) return params
  return {
    controller: controller as number,
    action: action as number,
    params: params as SFSObject | undefined,
  }
}

function decodeWith(
  directory: Directory,
  envelope: Envelope,
): { name: string; fields: object } | RequestProblem {
  const { controller, action } = envelope
  const params = envelope.params ?? NO_PARAMS
  if (controller !== Controller.SYSTEM && controller !== Controller.EXTENSION) {
    return {
      problem: 'unknown-controller',
      action,
      controller,
      path: 'c',
      detail: `controller ${controller}`,
    }
  }
  const entry = controller === Controller.EXTENSION ? directory.extension : directory.find(action, params)
  if (entry instanceof ShapeProblem) return problemOf(entry, envelope)
  const fields = readFields(entry.message.fields, params)
  if (fields instanceof ShapeProblem) return problemOf(fields.within('p'), envelope)
  return { name: entry.name, fields }
}

/**
 * Decodes the body of a client's message [P-4.1] and checks every key of the table: exact types, no
 * conversion; other keys are ignored. Never throws for bad input.
 */
export function decodeRequest(body: Uint8Array | SFSObject, limits?: DecodeLimits): Request | RequestProblem {
  const root = parseBody(body, limits)
  if (!(root instanceof SFSObject)) return root
  const envelope = open(root)
  if (envelope instanceof ShapeProblem) return problemOf(envelope)
  return decodeWith(requestDirectory, envelope) as Request | RequestProblem
}

/** Decodes the body of a server's message, as a client does. Never throws for bad input. */
export function decodeServerMessage(
  body: Uint8Array | SFSObject,
  limits?: DecodeLimits,
): ServerMessage | Failure | RequestProblem {
  const root = parseBody(body, limits)
  if (!(root instanceof SFSObject)) return root
  const envelope = open(root)
  if (envelope instanceof ShapeProblem) return problemOf(envelope)
  const failure = failureOf(envelope)
  return failure ?? (decodeWith(serverDirectory, envelope) as ServerMessage | RequestProblem)
}

function failureOf({ controller, action, params }: Envelope): Failure | RequestProblem | undefined {
  if (controller !== Controller.SYSTEM || params === undefined || !params.has('ec')) return undefined
  if (params.typeOf('ec') !== SFSType.SHORT || params.typeOf('ep') !== SFSType.UTF_STRING_ARRAY) {
    return {
      problem: 'wrong-type',
      action,
      controller,
      path: 'p.ec',
      detail: 'ec SHORT and ep UTF_STRING_ARRAY',
    }
  }
  return {
    name: 'Failure',
    action,
    controller,
    code: params.getShort('ec'),
    args: params.getUtfStringArray('ep'),
  }
}
