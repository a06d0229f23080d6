import {
  type RequestFields,
  type RequestName,
  type ServerFields,
  type ServerMessageName,
  SFSObject,
} from '@warren/codec'
import {
  type Body,
  type BodyValues,
  bodyCodec,
  CALL_ID,
  type CallParamsOf,
  type CommandOf,
  type Messages,
  type RequestOf,
  type RequestSpec,
  type Requests,
  type ResponseOf,
  ShapeError,
} from '@warren/codec/schema'
import { type Point, vectorOf } from '../domain/mmo/mmo-settings.ts'
import type { Room } from '../domain/room.ts'
import { typedValue, type VariableInput } from '../domain/typed-value.ts'
import type { User } from '../domain/user.ts'
import { storedTypeOf } from '../domain/variable.ts'
import type { Zone } from '../domain/zone.ts'
import type { UploadedFile } from '../extension/server-events.ts'
import { CallFailed, failureIn, RequestRefused } from './errors.ts'
import type { UserLine } from './user-line.ts'

/** What an extension and its clients say to each other; an extension's definition is one. */
export interface ContractLike<R extends Requests, M extends Messages> {
  readonly level?: 'zone' | 'room'
  readonly requests?: R
  readonly messages?: M
}

/** A room of the zone, or its name. */
export type RoomLike = Room | string

/** Where a call goes. */
export interface CallOptions {
  /**
   * The room whose extension is meant. Left out: for an extension of rooms the room joined last, else the zone.
   */
  readonly room?: RoomLike
}

/** How a room is joined. */
export interface JoinOptions {
  readonly password?: string
  readonly asSpectator?: boolean
  /** Rooms joined before stay joined. */
  readonly stay?: boolean
}

/** The arguments of a call after its command; params can be left out where none has to be given. */
export type CallArguments<S extends RequestSpec> =
  Record<never, never> extends CallParamsOf<S>
    ? [params?: CallParamsOf<S>, options?: CallOptions]
    : [params: CallParamsOf<S>, options?: CallOptions]

/**
 * A user of a test: a client on a line in memory, typed by what the extension under test says. What it does goes over
 * the wire, as with any client; each step ends when the server has done what it does at once.
 *
 * @example
 * const kermit = await world.login('Kermit')
 * const { eyes } = await kermit.call('roll', { sides: 6 })
 * assert.deepEqual(kermit.received('rolled'), [{ by: 'Kermit', eyes }])
 */
export class TestUser<R extends Requests, M extends Messages> {
  /** The server's side of this user. */
  readonly user: User
  readonly #line: UserLine
  readonly #contract: ContractLike<R, M>

  constructor(line: UserLine, user: User, contract: ContractLike<R, M>) {
    this.#line = line
    this.user = user
    this.#contract = contract
  }

  /** As the server decided at login. */
  get name(): string {
    return this.user.name
  }

  /** Whether the line is closed: the user went or was sent away. */
  get isGone(): boolean {
    return this.#line.isClosed
  }

  /** The same user for what another extension says: its definition, or its contract. */
  using<R2 extends Requests, M2 extends Messages>(contract: ContractLike<R2, M2>): TestUser<R2, M2> {
    return new TestUser(this.#line, this.user, contract)
  }

  /**
   * Calls the extension and waits for the answer; undefined for a request without one.
   * @throws CallFailed with the code of the failure; `invalid-params` also for what does not leave the client
   */
  call<C extends CommandOf<R>>(
    command: C,
    ...args: CallArguments<RequestOf<R, C>>
  ): Promise<ResponseOf<RequestOf<R, C>>> {
    return later(this.#call(command, ...args))
  }

  /** Calls with any params, also ones that no well-behaved client sends. @throws CallFailed */
  callRaw(command: string, params: SFSObject, options?: CallOptions): Promise<SFSObject> {
    return later(this.#callRaw(command, params, options))
  }

  async #call<C extends CommandOf<R>>(
    command: C,
    ...[params, options]: CallArguments<RequestOf<R, C>>
  ): Promise<ResponseOf<RequestOf<R, C>>> {
    const spec = this.#specOf(command)
    const answer = await this.#callRaw(command, this.#written(command, spec, params), options)
    const values = spec.response === undefined ? undefined : bodyCodec(spec.response).read(answer)
    return values as ResponseOf<RequestOf<R, C>>
  }

  async #callRaw(command: string, params: SFSObject, options: CallOptions | undefined): Promise<SFSObject> {
    const id = this.#line.nextCallId()
    const marked = new SFSObject([...params.names], [...params.types], [...params.values]).putInt(CALL_ID, id)
    const answer = this.#line.expect(`the answer to "${command}"`, message => {
      if (message.name !== 'ExtensionResponse' || message.fields.command !== command) return undefined
      const { params: value } = message.fields
      if (value.getValue(CALL_ID)?.value !== id) return undefined
      const failure = failureIn(command, value)
      if (failure !== undefined) throw failure
      return { value }
    })
    this.#line.send('CallExtension', { command, roomId: this.#target(options), params: marked })
    return await answer
  }

  /** Sends a request of which no answer is expected. What fails is in `failures`. */
  async send<C extends CommandOf<R>>(
    command: C,
    ...[params, options]: CallArguments<RequestOf<R, C>>
  ): Promise<void> {
    const written = this.#written(command, this.#specOf(command), params)
    await this.request('CallExtension', { command, roomId: this.#target(options), params: written })
  }

  /** All messages of that name so far, in order. */
  received<N extends keyof M & string>(message: N): BodyValues<M[N]>[] {
    return this.#line.messages(message).map(params => this.#read(message, params))
  }

  /** The first message of that name that no `next` had before; waits for it if it has not come. */
  next<N extends keyof M & string>(message: N): Promise<BodyValues<M[N]>> {
    return later(this.#line.nextMessage(message).then(params => this.#read(message, params)))
  }

  /** Requests of `send` that failed. */
  get failures(): readonly CallFailed[] {
    return this.#line.failures
  }

  /** Everything heard since the line was opened, in the order of the wire. */
  get heard(): UserLine['heard'] {
    return this.#line.heard
  }

  /** All events of the protocol by that name, for instance `PublicMessage` [P-6]. */
  events<N extends ServerMessageName>(name: N): ServerFields<N>[] {
    return this.#line.events(name)
  }

  /**
   * Joins a room; the room joined last is left unless `stay` is set.
   * @throws RequestRefused room-full and others
   */
  join(room: RoomLike, options: JoinOptions = {}): Promise<Room> {
    return later(this.#join(room, options))
  }

  async #join(room: RoomLike, options: JoinOptions): Promise<Room> {
    const { password, asSpectator, stay = false } = options
    const target = this.#room(room)
    const joined = this.#line.expect(`joining ${target.name}`, message => {
      if (message.name === 'Failure' && message.action === JOIN_ROOM) {
        throw new RequestRefused(`Joining ${target.name}`, message)
      }
      return message.name === 'JoinRoom' && message.fields.room.id === target.id
        ? { value: target }
        : undefined
    })
    this.#line.send('JoinRoom', {
      roomId: target.id,
      ...(password === undefined ? {} : { password }),
      ...(asSpectator === undefined ? {} : { asSpectator }),
      ...(stay ? { roomIdToLeave: NO_ROOM } : {}),
    })
    return await joined
  }

  /** Leaves a room; the one joined last when none is given. */
  async leave(room?: RoomLike): Promise<void> {
    await this.request('LeaveRoom', room === undefined ? {} : { roomId: this.#room(room).id })
  }

  /** Says something in a room; in the one joined last when none is given. */
  async say(
    text: string,
    options: { readonly room?: RoomLike; readonly params?: SFSObject } = {},
  ): Promise<void> {
    const { room, params } = options
    const roomId = (room === undefined ? this.#lastRoom() : this.#room(room)).id
    await this.request('PublicMessage', {
      roomId,
      message: text,
      ...(params === undefined ? {} : { params }),
    })
  }

  /** Says something to one user. */
  async tell(
    recipient: { readonly user: User } | User,
    text: string,
    options: { readonly params?: SFSObject } = {},
  ): Promise<void> {
    const { id } = 'user' in recipient ? recipient.user : recipient
    await this.request('PrivateMessage', { recipientId: id, message: text, ...options })
  }

  /** Sets variables of this user; null deletes one. Whole numbers are INT, others DOUBLE. */
  async setVariables(
    values: Readonly<Record<string, VariableInput>>,
    { isPrivate = false }: { readonly isPrivate?: boolean } = {},
  ): Promise<void> {
    const variables = Object.entries(values).map(([name, input]) => {
      const value = typedValue(input)
      return { name, type: storedTypeOf(value), value, isPrivate }
    })
    await this.request('SetUserVariables', { variables })
  }

  /** Says where this user is in the MMO room he is in. */
  async setPosition(position: Point): Promise<void> {
    const room = this.#zone.mmoRoomOf(this.user)
    if (room?.mmo === undefined) throw new Error(`${this.name} is in no MMO room`)
    await this.request('SetUserPosition', {
      roomId: room.id,
      position: vectorOf(position, room.mmo.coordinates),
    })
  }

  /**
   * Sends files, as far as extensions see it: they get the event `fileUpload`. The files themselves are the test's.
   * @param fields  what else the form says
   */
  async upload(files: readonly UploadedFile[], fields: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#line.announceFiles(this.user, files, new Map(Object.entries(fields)))
    await this.#line.settle()
  }

  /** Sends any request of the protocol, by the name and fields of the codec's table. */
  async request<N extends RequestName>(name: N, fields: RequestFields<N>): Promise<void> {
    this.#line.send(name, fields)
    await this.#line.settle()
  }

  /** Leaves the zone and keeps the line. */
  async logout(): Promise<void> {
    await this.request('Logout', {})
  }

  /** Goes away on purpose, as a client that says so. */
  async disconnect(): Promise<void> {
    this.#line.send('ManualDisconnection', {})
    this.#line.close('in order')
    await this.#line.settle()
  }

  /** The line breaks without a word. */
  async drop(): Promise<void> {
    this.#line.close('lost')
    await this.#line.settle()
  }

  #specOf(command: string): RequestSpec {
    const { requests = {} as R } = this.#contract
    const exact = requests[command]
    if (exact !== undefined) return exact
    const prefixes = Object.keys(requests).filter(
      key => key.endsWith('.*') && command.startsWith(key.slice(0, -1)),
    )
    const longest = prefixes.reduce((best, key) => (key.length > best.length ? key : best), '')
    const spec = requests[longest]
    if (spec === undefined) throw new Error(`The extension has no request ${command}`)
    return spec
  }

  #written(command: string, { params: body }: RequestSpec, params: unknown): SFSObject {
    try {
      return bodyCodec(body).write(params)
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error
      throw new CallFailed(command, { code: 'invalid-params', message: error.message, path: error.path })
    }
  }

  #read<N extends keyof M & string>(message: N, params: SFSObject): BodyValues<M[N]> {
    const body: Body | undefined = this.#contract.messages?.[message]
    if (body === undefined) throw new Error(`The extension has no message ${message}`)
    return bodyCodec(body).read(params) as BodyValues<M[N]>
  }

  /** The number of the room that a call is for; -1 is the zone. */
  #target(options: CallOptions | undefined): number {
    if (options?.room !== undefined) return this.#room(options.room).id
    return this.#contract.level === 'room' ? this.#lastRoom().id : NO_ROOM
  }

  #room(room: RoomLike): Room {
    if (typeof room !== 'string') return room
    const found = this.#zone.roomByName(room)
    if (found === undefined) throw new Error(`There is no room ${room}`)
    return found
  }

  #lastRoom(): Room {
    const room = this.#zone.lastJoinedRoom(this.user)
    if (room === undefined) throw new Error(`${this.name} is in no room`)
    return room
  }

  get #zone(): Zone {
    return this.#line.zone
  }
}

/** The action of a join [P-6.3]. */
const JOIN_ROOM = 4
const NO_ROOM = -1

/** A promise that a test may look at later, or never: that it rejects is no fault by itself. */
function later<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}
