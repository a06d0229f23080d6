import type {
  AnswerOf,
  BodyInputs,
  Fields,
  Messages,
  Nothing,
  ParamsOf,
  RequestSpec,
  Requests,
  ValuesOf,
} from '@warren/codec/schema'
import type { Near } from '../api/mmo-api.ts'
import type { SendOptions, ServerApi } from '../api/server-api.ts'
import type { Room } from '../domain/room.ts'
import type { User } from '../domain/user.ts'
import type { Zone } from '../domain/zone.ts'
import type { DataStore } from './data-store.ts'
import type { InternalMessages } from './internal-messages.ts'
import type { ExtensionLog, ExtensionMetrics } from './parts.ts'
import type { Schedules } from './schedules.ts'
import type { ServerEventHandler, ServerEventName } from './server-events.ts'

/** What an extension belongs to: a whole zone, or one room. */
export type Level = 'zone' | 'room'

/** A request as its handler gets it. */
export interface Call<S extends RequestSpec> {
  /** As the client sent it, whole: `control.fire`, also in a handler for `control.*`. */
  readonly command: string
  readonly user: User
  /** Checked against the request's schema. */
  readonly params: ParamsOf<S>
  /** It came as a datagram: it may be late or out of order [P-9.3]. */
  readonly overUdp: boolean
}

/**
 * Answers a request. May wait; later requests of the same client wait behind it, bounded. What it returns is the
 * answer, if the request has one. Refuse with `refuseCall`.
 */
export type CallHandler<S extends RequestSpec> = (call: Call<S>) => AnswerOf<S> | Promise<AnswerOf<S>>

/** A handler for each request. */
export type CallHandlers<R extends Requests> = { readonly [N in keyof R]: CallHandler<R[N]> }

/**
 * Who gets a message: a user, some users, everybody in a room or in a zone, or everybody near a user or a place of an
 * MMO room.
 */
export type Recipients = User | Iterable<User> | Room | Zone | Near

/**
 * A running extension, as its own code sees it.
 *
 * @typeParam R  its requests
 * @typeParam M  its messages
 * @typeParam L  whether it belongs to a zone or a room
 * @typeParam C  its configuration
 */
export interface Extension<R extends Requests, M extends Messages, L extends Level, C extends Fields> {
  /** The name of its folder. */
  readonly name: string
  /** The zone it runs in. */
  readonly zone: Zone
  /** The room it runs in; only of a room's extension. */
  readonly room: L extends 'room' ? Room : undefined
  /** `config.json` of its folder, with what the zone or room says on top. */
  readonly config: ValuesOf<C>
  /** Everything the server can do. */
  readonly api: ServerApi
  /** Writes to the server's log, marked with the extension's name. */
  readonly log: ExtensionLog
  /** Numbers of its own, served with the server's metrics as `warren_extension_<name>_…`. */
  readonly metrics: ExtensionMetrics
  /** What it keeps by key. */
  readonly data: DataStore
  /** Work that is due later. */
  readonly schedule: Schedules
  /** Talks to other extensions. */
  readonly internal: InternalMessages

  /** Names the handlers of all requests; call it once, in `init`. */
  handle(handlers: CallHandlers<R>): void

  /**
   * Has a server event handled. The extension of a room hears what concerns its room, that of a zone everything.
   * @throws Error for `userLogin`, `fileUpload` and `accountSignUp` in the extension of a room
   */
  on<E extends ServerEventName>(event: E, handler: ServerEventHandler<E>): void

  /**
   * Sends a message; it is encoded once, however many get it.
   * @throws ShapeError when `params` do not fit the schema of the message; TypeError when `to` holds no users
   */
  send<N extends keyof M & string>(
    message: N,
    params: BodyInputs<M[N]>,
    to: Recipients,
    options?: SendOptions,
  ): void
}

/** What an extension is made of. */
export interface ExtensionDefinition<
  R extends Requests = Requests,
  M extends Messages = Messages,
  L extends Level = Level,
  C extends Fields = Fields,
  S = unknown,
> {
  /** `zone` when left out. */
  readonly level?: L
  /** What clients may ask. */
  readonly requests?: R
  /** What clients are told. */
  readonly messages?: M
  /** What may stand in `config.json`. */
  readonly config?: C

  /**
   * Starts the extension: registers handlers and schedules. May wait; requests wait until it is done.
   * @returns what `reload` and `destroy` get as its state, if anything
   */
  init(extension: Extension<R, M, L, C>): S | Promise<S>

  /**
   * Starts the extension in place of a former version whose file changed, with that one's state. Requests, events and
   * schedules of the former wait meanwhile; if this fails, it goes on with them. Without `reload`, the new version
   * starts with `init`, from nothing, and then the former ends with `destroy`.
   */
  reload?(extension: Extension<R, M, L, C>, state: S): S | Promise<S>

  /** Ends the extension. Schedules and handlers have ended before. Not called when `reload` takes the state over. */
  destroy?(state: S): void | Promise<void>
}

/**
 * Defines an extension: what it and its clients say to each other, and what it does. The default export of
 * `extensions/<name>/index.ts`.
 *
 * @example
 * export default defineExtension({
 *   requests: { roll: { params: { sides: t.int({ min: 2 }) }, response: { eyes: t.int() } } },
 *   messages: { rolled: { by: t.string(), eyes: t.int() } },
 *   init(extension) {
 *     extension.handle({
 *       roll({ user, params }) {
 *         const eyes = 1 + Math.floor(Math.random() * params.sides)
 *         extension.send('rolled', { by: user.name, eyes }, extension.zone)
 *         return { eyes }
 *       },
 *     })
 *   },
 * })
 */
export function defineExtension<
  const R extends Requests = Nothing,
  const M extends Messages = Nothing,
  const L extends Level = 'zone',
  const C extends Fields = Nothing,
  S = void,
>(definition: ExtensionDefinition<R, M, L, C, S>): ExtensionDefinition<R, M, L, C, S> {
  return definition
}
