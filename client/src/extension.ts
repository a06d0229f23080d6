import { SFSObject } from '@warren/codec'
import {
  type BodyValues,
  CALL_ERROR,
  CALL_ID,
  type CallParamsOf,
  type CommandOf,
  type Messages,
  type RequestOf,
  type RequestSpec,
  type Requests,
  type ResponseOf,
  type SharedContract,
} from '@warren/codec/schema'
import type { SFSEvents } from './events.ts'
import { ExtensionRequest } from './requests/extension-request.ts'
import { idOf, type RoomRef, type SFSRequest } from './requests/request.ts'
import { SFSError } from './sfs-error.ts'

/**
 * A call that an extension refuses, or could not answer [P-4.6].
 * @example
 * await dice.call('roll', { sides: 1 }).catch(error => {
 *   if (error instanceof ExtensionError) show(error.message)
 * })
 */
export class ExtensionError extends Error {
  override readonly name = 'ExtensionError'
  /** `invalid-params`, `unknown-command`, `failed`, `timeout`, `busy`, `stopped`, or the extension's own. */
  readonly code: string
  /** Which of the params, where one is to blame. */
  readonly path: string | undefined

  constructor(code: string, message: string, path?: string) {
    super(message)
    this.code = code
    this.path = path
  }
}

/** What calls of an extension need of a client. */
export interface ExtensionCaller {
  send(request: SFSRequest): void
  on<N extends 'extensionResponse' | 'connectionLost'>(
    name: N,
    listener: (event: SFSEvents[N]) => void,
  ): () => void
  readonly config: { readonly answerSeconds: number }
}

/** Which extension is meant. */
export interface ExtensionOptions {
  /** Whose extension it is; that of the zone when left out. */
  readonly room?: RoomRef
}

type SpecOf<R extends Requests, C extends string> =
  RequestOf<R, C> extends infer S extends RequestSpec ? S : never

/** Params may be left out where none are declared. */
type Params<S extends RequestSpec> = 'params' extends keyof S
  ? [params: CallParamsOf<S>]
  : [params?: CallParamsOf<S>]

interface PendingCall {
  readonly command: string
  readonly timer: ReturnType<typeof setTimeout>
  resolve(params: SFSObject): void
  reject(error: Error): void
}

/** The calls of one client that wait for their answers. @internal */
export class ExtensionCalls {
  readonly #caller: ExtensionCaller
  readonly #calls = new Map<number, PendingCall>()
  #lastId = 0

  constructor(caller: ExtensionCaller) {
    this.#caller = caller
    caller.on('extensionResponse', ({ cmd, params }) => this.#heard(cmd, params))
    caller.on('connectionLost', ({ reason }) => {
      for (const id of [...this.#calls.keys()]) {
        this.#take(id)?.reject(new SFSError(-1, `The connection is over: ${reason}`))
      }
    })
  }

  /** Sends a call and waits for what comes back under its number. */
  call(command: string, params: SFSObject, room: RoomRef | undefined): Promise<SFSObject> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      const seconds = this.#caller.config.answerSeconds
      const timer = setTimeout(() => {
        this.#take(id)?.reject(
          new SFSError(-1, `The extension did not answer ${command} within ${seconds} s`),
        )
      }, seconds * 1000)
      this.#calls.set(id, { command, timer, resolve, reject })
      try {
        this.#caller.send(new ExtensionRequest(command, marked(params, id), room))
      } catch (error) {
        this.#take(id)
        throw error
      }
    })
  }

  #heard(command: string, params: SFSObject): void {
    const id = Number(params.getValue(CALL_ID)?.value)
    if (this.#calls.get(id)?.command !== command) return
    const call = this.#take(id)
    const failure = params.getValue(CALL_ERROR)?.value
    if (failure instanceof SFSObject) call?.reject(errorOf(failure))
    else call?.resolve(params)
  }

  /** A call that waits no longer. */
  #take(id: number): PendingCall | undefined {
    const call = this.#calls.get(id)
    clearTimeout(call?.timer)
    this.#calls.delete(id)
    return call
  }
}

/** Params with the number of their call; those that are given may be the application's own object. */
function marked({ names, types, values }: SFSObject, id: number): SFSObject {
  return new SFSObject([...names], [...types], [...values]).putInt(CALL_ID, id)
}

/**
 * An extension as its contract describes it: wrong commands, params and messages do not compile, and values are
 * turned into their types on the wire and back. Made by `sfs.extension`.
 */
export class ExtensionClient<R extends Requests, M extends Messages> {
  readonly #caller: ExtensionCaller
  readonly #calls: ExtensionCalls
  readonly #contract: SharedContract<R, M>
  readonly #room: RoomRef | undefined

  /** @internal */
  constructor(
    caller: ExtensionCaller,
    calls: ExtensionCalls,
    contract: SharedContract<R, M>,
    { room }: ExtensionOptions,
  ) {
    this.#caller = caller
    this.#calls = calls
    this.#contract = contract
    this.#room = room
  }

  /**
   * Asks and waits for the answer; for a command without an answer, until it is carried out. Only Warren marks answers
   * with what they answer to [P-4.6]; with a stock server use `send` and `on`.
   * @returns the answer; rejects with ExtensionError when the extension refuses, with SFSError when no answer comes in
   * time or the connection is over, with ShapeError when params or answer are not what the contract says
   * @example
   * const { eyes } = await dice.call('roll', { sides: 6 })
   */
  async call<C extends CommandOf<R>>(
    command: C,
    ...[params]: Params<SpecOf<R, C>>
  ): Promise<ResponseOf<SpecOf<R, C>>> {
    const spec = this.#specOf(command)
    const answer = await this.#calls.call(
      command,
      this.#contract.codecOf(spec?.params).write(params),
      this.#room,
    )
    return (spec?.response && this.#contract.codecOf(spec.response).read(answer)) as ResponseOf<SpecOf<R, C>>
  }

  /**
   * Sends a command without waiting for an answer.
   * @param params  as the contract says; nothing where it names none
   * @throws ShapeError when the params are not what the contract says
   * @example
   * game.send('move', { x: 1, y: 2 })
   */
  send<C extends CommandOf<R>>(command: C, ...[params]: Params<SpecOf<R, C>>): void {
    const object = this.#contract.codecOf(this.#specOf(command)?.params).write(params)
    this.#caller.send(new ExtensionRequest(command, object, this.#room))
  }

  /**
   * Hears what the extension sends by itself.
   * @param listener  is not called for a message that is not what the contract says; that is thrown as ShapeError
   * @returns what ends it
   * @example
   * dice.on('rolled', ({ by, eyes }) => show(`${by}: ${eyes}`))
   */
  on<N extends keyof M & string>(message: N, listener: (params: BodyValues<M[N]>) => void): () => void {
    const codec = this.#contract.codecOf(this.#contract.messages[message])
    return this.#caller.on('extensionResponse', event => {
      if (event.cmd !== message || !this.#isMine(event)) return
      // Answers to calls are no messages, even under the same name.
      if (!event.params.has(CALL_ID)) listener(codec.read(event.params) as BodyValues<M[N]>)
    })
  }

  #isMine({ room }: SFSEvents['extensionResponse']): boolean {
    return room?.id === (this.#room === undefined ? undefined : idOf(this.#room))
  }

  /** A request by its command, or the one for all commands that begin so. */
  #specOf(command: string): RequestSpec | undefined {
    const { requests } = this.#contract
    const parts = command.split('.')
    let name = command
    while (!Object.hasOwn(requests, name) && parts.length > 1) {
      parts.pop()
      name = [...parts, '*'].join('.')
    }
    return requests[name]
  }
}

function errorOf(failure: SFSObject): ExtensionError {
  const text = (key: string) => {
    const value = failure.getValue(key)?.value
    return typeof value === 'string' ? value : undefined
  }
  return new ExtensionError(text('code') ?? 'failed', text('message') ?? '', text('path'))
}
