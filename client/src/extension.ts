import { SFSObject, typedObject } from '@warren/codec'
import {
  type BodyValues,
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
import type { ExtensionCaller, ExtensionCalls } from './extension-calls.ts'
import { type Plain, plainObject } from './plain-values.ts'
import { ExtensionRequest } from './requests/extension-request.ts'
import { idOf, loaded, type RoomRef } from './requests/request.ts'

/** Which extension is meant. */
export interface ExtensionOptions {
  /** Whose extension it is; that of the zone when left out. */
  readonly room?: RoomRef
}

/** An extension as its definition or its contract has it, for its types. */
export interface ExtensionTypes {
  readonly requests?: Requests
  readonly messages?: Messages
}

/** The requests of an extension. */
export type RequestsIn<E extends ExtensionTypes> = E extends { readonly requests?: infer R extends Requests }
  ? R
  : never
/** The messages of an extension. */
export type MessagesIn<E extends ExtensionTypes> = E extends { readonly messages?: infer M extends Messages }
  ? M
  : never

/** How values are received: as the contract says, or plain where there are only its types. */
export type Values = 'exact' | 'plain'

type Received<V extends Values, T> = V extends 'plain' ? Plain<T> : T

type SpecOf<R extends Requests, C extends string> =
  RequestOf<R, C> extends infer S extends RequestSpec ? S : never

/** Params may be left out where none are declared. */
type Params<S extends RequestSpec> = 'params' extends keyof S
  ? [params: CallParamsOf<S>]
  : [params?: CallParamsOf<S>]

/**
 * An extension with its types: wrong commands, params and messages do not compile. Values are turned into their types on
 * the wire and back, by the contract if there is one. Made by `sfs.extension`.
 */
export class ExtensionClient<R extends Requests, M extends Messages, V extends Values = 'exact'> {
  readonly #caller: ExtensionCaller
  readonly #calls: () => Promise<ExtensionCalls>
  readonly #contract: SharedContract<R, M> | undefined
  readonly #room: RoomRef | undefined

  /** @internal */
  constructor(
    caller: ExtensionCaller,
    calls: () => Promise<ExtensionCalls>,
    contract: SharedContract<R, M> | undefined,
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
  ): Promise<Received<V, ResponseOf<SpecOf<R, C>>>> {
    const object = this.#write(command, params)
    const answer = await new Promise<SFSObject>((resolve, reject) => {
      // What cannot be sent is no call that waits.
      const request = loaded(async () => {
        const id = (await this.#calls()).begin({ command, resolve, reject })
        return new ExtensionRequest(command, marked(object, id), this.#room)
      })
      this.#caller.dispatch(request)?.catch(reject)
    })
    return this.#answerOf(command, answer) as Received<V, ResponseOf<SpecOf<R, C>>>
  }

  /**
   * Sends a command without waiting for an answer.
   * @param params  as the contract says; nothing where it names none
   * @throws ShapeError when the params are not what the contract says
   * @example
   * game.send('move', { x: 1, y: 2 })
   */
  send<C extends CommandOf<R>>(command: C, ...[params]: Params<SpecOf<R, C>>): void {
    this.#caller.send(new ExtensionRequest(command, this.#write(command, params), this.#room))
  }

  /**
   * Hears what the extension sends by itself.
   * @param listener  is not called for a message that is not what the contract says; that is thrown as ShapeError
   * @returns what ends it
   * @example
   * dice.on('rolled', ({ by, eyes }) => show(`${by}: ${eyes}`))
   */
  on<N extends keyof M & string>(
    message: N,
    listener: (params: Received<V, BodyValues<M[N]>>) => void,
  ): () => void {
    const read = this.#contract?.codecOf(this.#contract.messages[message]).read ?? plainObject
    return this.#caller.on('extensionResponse', event => {
      if (event.cmd !== message || !this.#isMine(event)) return
      // Answers to calls are no messages, even under the same name.
      if (!event.params.has(CALL_ID)) listener(read(event.params) as Received<V, BodyValues<M[N]>>)
    })
  }

  #isMine({ room }: SFSEvents['extensionResponse']): boolean {
    return room?.id === (this.#room === undefined ? undefined : idOf(this.#room))
  }

  #write(command: string, params: object = {}): SFSObject {
    if (this.#contract === undefined) return typedObject(params)
    return this.#contract.codecOf(this.#contract.specOf(command)?.params).write(params)
  }

  #answerOf(command: string, answer: SFSObject): unknown {
    if (this.#contract === undefined) return plainObject(answer)
    const spec = this.#contract.specOf(command)
    return spec?.response && this.#contract.codecOf(spec.response).read(answer)
  }
}

/** Params with the number of their call; those that are given may be the application's own object. */
function marked({ names, types, values }: SFSObject, id: number): SFSObject {
  return new SFSObject([...names], [...types], [...values]).putInt(CALL_ID, id)
}
