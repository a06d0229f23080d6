import type { SFSObject } from '../sfs-values.ts'
import { type Fields, type InputsOf, ObjectShape, RawShape, type ValuesOf } from './objects.ts'

/** What one message carries: named values, or the whole object as it is (`t.sfsObject()`). */
export type Body = Fields | RawShape<SFSObject>

/** A request of clients to an extension. */
export interface RequestSpec {
  /** What the client sends; nothing when left out. */
  readonly params?: Body
  /** What it gets in answer; left out, there is no answer. */
  readonly response?: Body
}

/** Requests by command. A command `name.*` stands for every command that starts with `name.`. */
export type Requests = { readonly [command: string]: RequestSpec }

/** What an extension sends by itself, by command. */
export type Messages = { readonly [command: string]: Body }

/** What a client and an extension say to each other: one description that both sides are checked against. */
export interface Contract<R extends Requests = Requests, M extends Messages = Messages> {
  readonly requests: R
  readonly messages: M
}

/** A contract that brings along how its values are read and written, so that a client need not. */
export interface SharedContract<R extends Requests = Requests, M extends Messages = Messages>
  extends Contract<R, M> {
  readonly codecOf: (body: Body | undefined) => BodyCodec
  /** What is said of a command; undefined when it is none of the extension's. */
  readonly specOf: (command: string) => RequestSpec | undefined
}

/** No request, no message, no value. */
export type Nothing = Record<never, never>

/**
 * Describes what clients and an extension say to each other, in a file of its own that both can import.
 * @example
 * export const dice = defineContract({
 *   requests: { roll: { params: { sides: t.int({ min: 2 }) }, response: { eyes: t.int() } } },
 *   messages: { rolled: { by: t.string(), eyes: t.int() } },
 * })
 */
export function defineContract<
  const R extends Requests = Nothing,
  const M extends Messages = Nothing,
>(contract: { readonly requests?: R; readonly messages?: M }): SharedContract<R, M> {
  const { requests = {} as R, messages = {} as M } = contract
  return { requests, messages, codecOf: bodyCodec, specOf: command => specOf(requests, command) }
}

/** A request by its command, or the one for all commands that begin so. */
function specOf(requests: Requests, command: string): RequestSpec | undefined {
  const parts = command.split('.')
  let name = command
  while (!Object.hasOwn(requests, name) && parts.length > 1) {
    parts.pop()
    name = [...parts, '*'].join('.')
  }
  return requests[name]
}

/** What code receives for a body. */
export type BodyValues<B> =
  B extends RawShape<SFSObject> ? SFSObject : B extends Fields ? ValuesOf<B> : Nothing

/** What code sends for a body. */
export type BodyInputs<B> =
  B extends RawShape<SFSObject> ? SFSObject : B extends Fields ? InputsOf<B> : Nothing

/** The params that an extension receives with a request. */
export type ParamsOf<S extends RequestSpec> = BodyValues<S['params']>
/** The params that a client sends with a request. */
export type CallParamsOf<S extends RequestSpec> = BodyInputs<S['params']>
/** The answer that an extension gives. */
// biome-ignore lint/suspicious/noConfusingVoidType: what a handler without an answer returns
export type AnswerOf<S extends RequestSpec> = S extends { readonly response: infer B } ? BodyInputs<B> : void
/** The answer that a client gets. */
export type ResponseOf<S extends RequestSpec> = S extends { readonly response: infer B }
  ? BodyValues<B>
  : undefined

/** The commands that a client may send: `control.*` is any command that starts with `control.`. */
export type CommandOf<R extends Requests> = {
  [N in keyof R & string]: N extends `${infer P}.*` ? `${P}.${string}` : N
}[keyof R & string]

/** The request that a command is. */
export type RequestOf<R extends Requests, C extends string> = C extends keyof R
  ? R[C]
  : {
      [N in keyof R & string]: N extends `${infer P}.*` ? (C extends `${P}.${string}` ? R[N] : never) : never
    }[keyof R & string]

/** Turns a body into the object on the wire and back. */
export interface BodyCodec {
  /** @throws ShapeError */
  read(object: SFSObject): unknown
  /** @throws ShapeError */
  write(values: unknown): SFSObject
}

const NOTHING = /* @__PURE__ */ new ObjectShape({})

/** How a body is read and written; nothing declared is an empty object. */
export function bodyCodec(body: Body | undefined): BodyCodec {
  if (body instanceof RawShape) {
    return {
      read: object => object,
      write: values => body.write(values as SFSObject, '').value as SFSObject,
    }
  }
  const shape = body === undefined ? NOTHING : new ObjectShape(body)
  return {
    read: object => shape.readObject(object),
    write: values => shape.writeObject((values ?? {}) as never),
  }
}

/** Why a request failed: `code` for programs, `message` for people. */
export interface CallFailure {
  /** `invalid-params`, `unknown-command`, `failed`, `timeout`, `stopped`, or the extension's own. */
  readonly code: string
  readonly message: string
  /** Which of the params, where one is to blame. */
  readonly path?: string | undefined
}
