import {
  type BodyCodec,
  type BodyValues,
  bodyCodec,
  CALL_ERROR,
  CALL_ID,
  type CallParamsOf,
  type CommandOf,
  type Contract,
  type Messages,
  type RequestOf,
  type RequestSpec,
  type Requests,
  type ResponseOf,
  ShapeError,
} from '@warren/codec/schema'
import type * as SFS2X from 'sfs2x-api'
import { fromOfficial, toOfficial, type ValueClasses } from './sfs2x-values.ts'

/** The parts of the official client that are needed: its module, or the global `SFS2X` of a page. */
export type Sfs2xLibrary = ValueClasses & Pick<typeof SFS2X, 'ExtensionRequest' | 'SFSEvent'>

/** A call that did not get its answer. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed'
  /** `invalid-params`, `failed`, `timeout`, …, the extension's own [P-4.6], or `connection-lost`. */
  readonly code: string
  /** Which of the params is to blame, if one is. */
  readonly path: string

  constructor(code: string, message: string, path = '') {
    super(message)
    this.code = code
    this.path = path
  }
}

/** Numbers of calls; no two of a page are alike, so that several extensions on one connection are told apart. */
let lastId = 0

/** What a call is given: params, unless the request has none. */
type Arguments<S extends RequestSpec> =
  Record<never, never> extends CallParamsOf<S> ? [params?: CallParamsOf<S>] : [params: CallParamsOf<S>]

interface PendingCall {
  resolve(response: SFS2X.SFSObject): void
  reject(failure: CallFailed): void
}

/** What comes with the client's extension event. */
interface ExtensionResponse {
  readonly cmd: string
  readonly params: SFS2X.SFSObject
  readonly room?: SFS2X.SFSRoom | null
}

/**
 * An extension as its clients see it: the official client's requests and events, typed and checked by a contract.
 *
 * @example
 * const dice = new TypedExtension(SFS2X, sfs, contract)
 * dice.on('rolled', ({ by, total }) => console.log(by, total))
 * const { eyes } = await dice.call('roll', { dice: 2 })
 */
export class TypedExtension<R extends Requests, M extends Messages> {
  readonly #library: Sfs2xLibrary
  readonly #sfs: SFS2X.SmartFox
  readonly #contract: Contract<R, M>
  readonly #room: SFS2X.SFSRoom | undefined
  readonly #pending = new Map<number, PendingCall>()
  readonly #handlers = new Map<string, Set<(params: SFS2X.SFSObject) => void>>()

  /** @param room  for the extension of a room; that of the zone when left out */
  constructor(library: Sfs2xLibrary, sfs: SFS2X.SmartFox, contract: Contract<R, M>, room?: SFS2X.SFSRoom) {
    this.#library = library
    this.#sfs = sfs
    this.#contract = contract
    this.#room = room
    const { EXTENSION_RESPONSE, CONNECTION_LOST, LOGOUT } = library.SFSEvent
    sfs.addEventListener(EXTENSION_RESPONSE, this.#onResponse, this)
    sfs.addEventListener(CONNECTION_LOST, this.#onLost, this)
    sfs.addEventListener(LOGOUT, this.#onLost, this)
  }

  /**
   * Sends a request and waits for its answer. Params are checked here already; the server checks them again.
   * @throws CallFailed
   */
  async call<C extends CommandOf<R>>(
    command: C,
    ...[params]: Arguments<RequestOf<R, C>>
  ): Promise<ResponseOf<RequestOf<R, C>>> {
    const spec = this.#specOf(command)
    const response = await this.#send(command, this.#write(spec, params))
    // The spec of a command is what its types are inferred from.
    return (spec.response && this.#read(bodyCodec(spec.response), response)) as ResponseOf<RequestOf<R, C>>
  }

  /**
   * Has a message handled.
   * @returns ends it
   */
  on<N extends keyof M & string>(message: N, handler: (params: BodyValues<M[N]>) => void): () => void {
    const codec = bodyCodec(this.#contract.messages[message])
    const handlers = this.#handlers.get(message) ?? new Set()
    this.#handlers.set(message, handlers)
    const handle = (params: SFS2X.SFSObject) => handler(this.#read(codec, params) as BodyValues<M[N]>)
    handlers.add(handle)
    return () => handlers.delete(handle)
  }

  /** Stops listening; calls that still wait fail. */
  close(): void {
    const { EXTENSION_RESPONSE, CONNECTION_LOST, LOGOUT } = this.#library.SFSEvent
    this.#sfs.removeEventListener(EXTENSION_RESPONSE, this.#onResponse)
    this.#sfs.removeEventListener(CONNECTION_LOST, this.#onLost)
    this.#sfs.removeEventListener(LOGOUT, this.#onLost)
    this.#handlers.clear()
    this.#onLost()
  }

  /** `control.fire` is its own request, or one of `control.*`; the longest prefix wins. */
  #specOf(command: string): RequestSpec {
    const { requests } = this.#contract
    const names = Object.keys(requests).filter(
      name => name === command || (name.endsWith('.*') && command.startsWith(name.slice(0, -1))),
    )
    const name = names.includes(command) ? command : names.sort((a, b) => b.length - a.length)[0]
    const spec = name === undefined ? undefined : requests[name]
    if (spec === undefined) throw new CallFailed('unknown-command', `The contract has no request ${command}`)
    return spec
  }

  #send(command: string, params: SFS2X.SFSObject): Promise<SFS2X.SFSObject> {
    // The official client would only write that down.
    if (!this.#sfs.isConnected) return Promise.reject(connectionLost())
    const id = ++lastId
    params.putInt(CALL_ID, id)
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
      this.#sfs.send(new this.#library.ExtensionRequest(command, params, this.#room))
    })
  }

  #write({ params }: RequestSpec, values: unknown): SFS2X.SFSObject {
    try {
      return toOfficial(bodyCodec(params).write(values), this.#library)
    } catch (error) {
      if (error instanceof ShapeError) throw new CallFailed('invalid-params', error.message, error.path)
      throw error
    }
  }

  #read(codec: BodyCodec, params: SFS2X.SFSObject): unknown {
    return codec.read(fromOfficial(params, this.#library))
  }

  // Fields, so that they can be taken off again and keep `this`.
  readonly #onResponse = ({ cmd, params, room }: ExtensionResponse): void => {
    if (params.containsKey(CALL_ID)) {
      this.#settle(params)
    } else if (room?.id === this.#room?.id) {
      for (const handle of this.#handlers.get(cmd) ?? []) handle(params)
    }
  }

  /** Whatever room it names: a call to one that was left is refused, and the client no longer knows that room. */
  #settle(answer: SFS2X.SFSObject): void {
    const id = answer.getInt(CALL_ID)
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    if (answer.containsKey(CALL_ERROR)) pending?.reject(failureOf(answer.getSFSObject(CALL_ERROR)))
    else pending?.resolve(answer)
  }

  readonly #onLost = (): void => {
    for (const pending of this.#pending.values()) pending.reject(connectionLost())
    this.#pending.clear()
  }
}

function connectionLost(): CallFailed {
  return new CallFailed('connection-lost', 'The connection to the server was lost')
}

function failureOf(error: SFS2X.SFSObject): CallFailed {
  return new CallFailed(
    error.getUtfString('code'),
    error.getUtfString('message'),
    error.getUtfString('path') ?? '',
  )
}
