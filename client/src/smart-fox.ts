import type { SFSObject } from '@warren/codec'
import type { Messages, Requests, SharedContract } from '@warren/codec/schema'
import type { ClientConfig, FullConfig } from './config.ts'
import {
  ExtensionClient,
  type ExtensionOptions,
  type ExtensionTypes,
  type MessagesIn,
  type RequestsIn,
} from './extension.ts'
import type { ExtensionCalls } from './extension-calls.ts'
import type { Position } from './mirror/position.ts'
import type { User } from './mirror/user.ts'
import type { RoomVariableInputs, UserVariableInputs } from './mirror/variable-input.ts'
import { rare } from './rare.ts'
import { BY_ADDRESS, BY_NAME } from './requests/ban-mode.ts'
import {
  ObjectMessageRequest,
  PrivateMessageRequest,
  PublicMessageRequest,
} from './requests/message-requests.ts'
import type { Audience } from './requests/moderation-requests.ts'
import { loaded, type RoomRef, targetRoomId, type UserRef } from './requests/request.ts'
import { LoginRequest, LogoutRequest } from './requests/session-requests.ts'
import { SetRoomVariablesRequest, SetUserVariablesRequest } from './requests/variable-requests.ts'
import { RoomClient } from './room-client.ts'
import { browserPlatform } from './transport/browser.ts'
import type { Platform } from './transport/platform.ts'

/** With what a user logs in. */
export interface LoginOptions {
  /** The zone of the configuration when left out. */
  readonly zone?: string
  /** In clear; what is sent is a proof that the client knows it [P-8.1]. */
  readonly password?: string
  /** For the server's login hook. */
  readonly params?: SFSObject
}

/** What the server said to a login. */
export interface LoginAnswer {
  readonly user: User
  readonly zone: string
  /** What the server's login hook added. */
  readonly data: SFSObject | undefined
}

/** Where something is said, and what goes with it. */
export interface SayOptions {
  /** The last joined room when left out. */
  readonly room?: RoomRef
  readonly params?: SFSObject
}

/** Who is sent an object. */
export interface SendObjectOptions {
  /** The last joined room when left out. */
  readonly room?: RoomRef
  /** Some users of the room; all others when left out. */
  readonly to?: readonly UserRef[]
}

/** How a user is sent away. */
export interface KickOptions {
  /** What he is told at once; nothing when left out. */
  readonly message?: string
  /** Default 5. */
  readonly delaySeconds?: number
}

/** How a user is kept out. */
export interface BanOptions extends KickOptions {
  /** What the ban is for. Default the name. */
  readonly by?: 'name' | 'address'
  /** Default 24. */
  readonly hours?: number
}

/**
 * A client of Warren or a stock server.
 * @example
 * const sfs = new SmartFox({ host: 'play.example.com', zone: 'Games' })
 * sfs.on('publicMessage', ({ sender, message }) => show(`${sender.name}: ${message}`))
 * await sfs.connect()
 * await sfs.login('Ann')
 * await sfs.join('Lobby')
 * sfs.say('Hello')
 */
export class SmartFox extends RoomClient {
  #calls: Promise<ExtensionCalls> | undefined

  /**
   * @param platform  what the client runs on; left to the entry of the package
   * @throws TypeError for a configuration that cannot be
   */
  constructor(config: ClientConfig = {}, platform: Platform = browserPlatform) {
    super(config, platform)
  }

  /**
   * Reads a configuration file; `configLoadSuccess` or `configLoadFailure` tell of it as well.
   * @param source  the URL of the file, in Node also its path
   * @param connects  whether to connect with it at once
   * @returns the configuration; rejects with Error when there is none to be had, or it cannot be
   * @example
   * await sfs.loadConfig() // sfs-config.xml
   * await sfs.connect()
   */
  async loadConfig(source = 'sfs-config.xml', connects = false): Promise<FullConfig> {
    try {
      this.configure(await this.readConfig(source))
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : String(error)
      this.emit('configLoadFailure', { errorMessage })
      throw error
    }
    const { config } = this
    this.emit('configLoadSuccess', { config })
    if (connects) await this.connect()
    return config
  }

  /**
   * Logs in.
   * @param userName  empty for a guest, whose name the server makes
   * @returns the user, as the server decided; rejects with SFSError when it refuses
   * @example
   * const { user } = await sfs.login('Ann', { password: 'secret', zone: 'Games' })
   */
  async login(userName = '', { zone, password, params }: LoginOptions = {}): Promise<LoginAnswer> {
    return await this.ask('login', new LoginRequest(userName, password, params, zone))
  }

  /**
   * Logs out; the connection stays, for another login.
   * @example
   * await sfs.logout()
   */
  async logout(): Promise<void> {
    await this.ask('logout', new LogoutRequest())
  }

  /**
   * Says something to everybody in a room.
   * @throws TypeError when there is no room
   * @example
   * sfs.say('Hello')
   */
  say(message: string, { room, params }: SayOptions = {}): void {
    this.send(new PublicMessageRequest(message, params, room))
  }

  /**
   * Says something to one user.
   * @example
   * sfs.tell(bob, 'psst')
   */
  tell(user: UserRef, message: string, params?: SFSObject): void {
    this.send(new PrivateMessageRequest(message, user, params))
  }

  /**
   * Sends an object to the others in a room, or to some of them.
   * @throws TypeError when there is no room
   * @example
   * sfs.sendObject(new SFSObject().putInt('x', 3), { to: [bob] })
   */
  sendObject(object: SFSObject, { room, to }: SendObjectOptions = {}): void {
    this.send(new ObjectMessageRequest(object, room, to))
  }

  /**
   * Sets or deletes variables of a room.
   * @param room  the last joined one when left out
   * @throws TypeError when there is no room, or for what no variable can hold
   * @example
   * sfs.setRoomVariables({ topic: 'cats', winner: null })
   */
  setRoomVariables(variables: RoomVariableInputs, room?: RoomRef): void {
    this.send(new SetRoomVariablesRequest(variables, room))
  }

  /**
   * Sets or deletes own variables.
   * @throws TypeError for what no variable can hold
   * @example
   * sfs.setUserVariables({ rank: 5, mood: 'fine' })
   */
  setUserVariables(variables: UserVariableInputs): void {
    this.send(new SetUserVariablesRequest(variables))
  }

  /**
   * Goes somewhere in an MMO room. There is no answer: `proximityListUpdate` tells who comes into view.
   * @param position  rounded where the room is of whole numbers
   * @param room  the last joined one when left out
   * @throws TypeError when there is no room
   * @example
   * sfs.setUserPosition({ x: 120, y: 80 })
   */
  setUserPosition(position: Position, room?: RoomRef): void {
    const roomId = targetRoomId(room, this)
    this.send(loaded(async () => new (await import('./mmo.ts')).SetUserPositionRequest(position, roomId)))
  }

  /**
   * Says something as a moderator.
   * @example
   * sfs.moderatorMessage('Be nice', { room })
   */
  moderatorMessage(message: string, audience: Audience, params?: SFSObject): void {
    this.send(rare('ModeratorMessageRequest', message, audience, params))
  }

  /**
   * Says something as an administrator.
   * @example
   * sfs.adminMessage('Restart in five minutes', 'zone')
   */
  adminMessage(message: string, audience: Audience, params?: SFSObject): void {
    this.send(rare('AdminMessageRequest', message, audience, params))
  }

  /**
   * Sends a user away; moderators only. There is no answer.
   * @example
   * sfs.kick(user, { message: 'Be gone' })
   */
  kick(user: UserRef, { message, delaySeconds }: KickOptions = {}): void {
    this.send(rare('KickUserRequest', user, message, delaySeconds))
  }

  /**
   * Sends a user away and keeps him out for some time; moderators only. There is no answer.
   * @example
   * sfs.ban(user, { by: 'address', hours: 1 })
   */
  ban(user: UserRef, { message, delaySeconds, by, hours }: BanOptions = {}): void {
    this.send(
      rare('BanUserRequest', user, message, by === 'address' ? BY_ADDRESS : BY_NAME, delaySeconds, hours),
    )
  }

  /**
   * An extension with its types. They are all that is needed: `typeof ext` of the definition, imported as a type. Values
   * are then sent by what they are: whole numbers as INT, or LONG where they are larger, other numbers as DOUBLE,
   * bigints as LONG, lists as SFS_ARRAY and objects as SFS_OBJECT; a LONG that comes is a number while that is exact.
   * @param name  of the extension, for people: a zone or a room has one set of commands
   * @example
   * import type dice from '../extensions/dice/index.ts'
   *
   * const game = sfs.extension<typeof dice>('dice')
   * game.on('rolled', ({ by, eyes }) => show(`${by}: ${eyes}`))
   * const { eyes } = await game.call('roll', { sides: 6 })
   */
  extension<E extends ExtensionTypes>(
    name: string,
    options?: ExtensionOptions,
  ): ExtensionClient<RequestsIn<E>, MessagesIn<E>, 'plain'>
  /**
   * An extension by its contract: values have exactly the types on the wire that it names, and are checked before they
   * leave and when they come.
   * @param contract  of `defineContract`: the object that the extension itself is made with
   * @example
   * const game = sfs.extension(diceContract)
   */
  extension<R extends Requests, M extends Messages>(
    contract: SharedContract<R, M>,
    options?: ExtensionOptions,
  ): ExtensionClient<R, M>
  extension<R extends Requests, M extends Messages>(
    contract: SharedContract<R, M> | string,
    options: ExtensionOptions = {},
  ): ExtensionClient<R, M> {
    const exact = typeof contract === 'string' ? undefined : contract
    return new ExtensionClient(this, () => (this.#calls ??= this.#loadCalls()), exact, options)
  }

  async #loadCalls(): Promise<ExtensionCalls> {
    return new (await import('./extension-calls.ts')).ExtensionCalls(this)
  }
}
