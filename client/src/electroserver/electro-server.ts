import type { OpenStream } from '../flash/stream.ts'
import { pageUrl, webSocketStreams } from '../flash/websocket-stream.ts'
import {
  type RoomObject,
  type StringVariables,
  type UserObject,
  writeDescription,
  type ZoneObject,
} from './model.ts'
import { ElectroRequests } from './requests.ts'
import { createRoomFields, type RoomSettings, type RoomVariableSettings } from './room-settings.ts'
import type { WddxValue } from './wddx.ts'

/** What may be changed of one's own room, with the type of its value. */
export interface RoomDetails {
  readonly description: string
  readonly updatable: boolean
  readonly hidden: boolean
  /** -1: no bound. */
  readonly capacity: number
  /** An empty one lets everybody in. */
  readonly password: string
}

/** Where ElectroServer is unless somebody says otherwise, and there is no page to come from. */
const DEFAULT_ADDRESS = { ip: '127.0.0.1', port: 9875 } as const

/**
 * The ElectroServer class of 2004 for programs of today: the same methods, properties and events. In pages it speaks
 * over WebSocket with the server of the page, in Node (`@warren/client/electroserver/node`) over TCP.
 * @example
 * const es = ElectroServer.getInstance()
 * es.onConnection = (success, error) => { if (success) es.login('Derek'); else show(error) }
 * es.loggedIn = (success, error) => { if (success) es.createRoom({ roomName: 'Sports' }); else show(error) }
 * es.roomJoined = ({ success, error }) => { if (success) es.sendMessage('public', 'Hello world!'); else show(error) }
 * es.messageReceived = (type, message, from) => show(`${from}: ${message}`)
 * es.connect()
 */
export class ElectroServer extends ElectroRequests {
  static #instance: ElectroServer | undefined
  #pendingRoom: { readonly settings: RoomSettings; readonly autoJoin: boolean } | undefined
  #challenged: string | undefined

  /** Most programs have one and get it by {@link ElectroServer.getInstance}. @param open  the way to servers */
  constructor(open: OpenStream = webSocketStreams(electroUrl)) {
    super(open, pageAddress().ip, pageAddress().port)
  }

  /**
   * The one that everybody shares.
   * @example
   * const es = ElectroServer.getInstance()
   */
  static getInstance(): ElectroServer {
    ElectroServer.#instance ??= new ElectroServer()
    return ElectroServer.#instance
  }

  /** The zone that one is in. */
  get zone(): ZoneObject {
    return this.state.zone
  }

  /**
   * Makes a room and enters it: `roomJoined`. One that is there already is joined instead, with the same password.
   * @param autoJoin  false: a room that is there is an error, `roomCreated`
   */
  createRoom(room: RoomSettings, autoJoin: boolean = true): void {
    this.#pendingRoom = { settings: room, autoJoin }
    this.state.wantedRoom = room.roomName
    this.send({ name: 'CreateRoom', fields: createRoomFields(room, this.state.zoneName) })
  }

  /** Makes a room for a game: players have numbers, and the list of rooms does not bother them. */
  createGameRoom(room: RoomSettings): void {
    const attributes = { ...room.attributes, isGameRoom: true }
    this.createRoom({ ...room, attributes, updatable: false, numbered: true })
  }

  /**
   * Joins a room: `roomJoined`.
   * @param numbered  in a numbered room: as a player; false: as a spectator
   */
  joinRoom(
    room: string,
    password: string = '',
    zone: string = this.state.zoneName,
    numbered: boolean = true,
  ): void {
    this.state.wantedRoom = room
    this.send({ name: 'JoinRoom', fields: { zone, room, password, isNumbered: numbered } })
  }

  /** Joins a room as a player, or to look on: `roomJoined`. */
  joinGame(room: string, password?: string, type: 'player' | 'spectator' = 'player', zone?: string): void {
    this.joinRoom(room, password, zone, type === 'player')
  }

  /**
   * Changes something of one's own room.
   * @example
   * es.changeRoomDetail('capacity', 12)
   */
  changeRoomDetail<D extends keyof RoomDetails>(detail: D, value: RoomDetails[D]): void {
    const change: { readonly [N in keyof RoomDetails]: (to: RoomDetails[N]) => void } = {
      description: description => {
        const packet = writeDescription(description, this.#ownAttributes())
        this.send({ name: 'ChangeDescription', fields: { description: packet } })
      },
      updatable: isUpdatable => this.send({ name: 'ChangeUpdatable', fields: { isUpdatable } }),
      hidden: isHidden => this.send({ name: 'ChangeVisibility', fields: { isHidden } }),
      capacity: capacity => this.send({ name: 'ChangeCapacity', fields: { capacity } }),
      password: password =>
        this.send({ name: 'ChangePasswordProtected', fields: { isProtected: password !== '', password } }),
    }
    change[detail](value)
  }

  /** One's own room. */
  getRoom(): RoomObject | undefined {
    return this.state.room
  }

  /** The rooms of the zone. */
  getRoomList(): readonly RoomObject[] {
    return this.state.rooms
  }

  /** The variables of the room. */
  getRoomVariables(): StringVariables {
    return this.state.roomVariables
  }

  /** One's own user; nobody outside of rooms. */
  getUser(): UserObject | undefined {
    return this.state.user(this.username)
  }

  /** The users of the room. */
  getUserList(): readonly UserObject[] {
    return this.state.users
  }

  /** The zone that one is in. */
  getZone(): ZoneObject {
    return this.state.zone
  }

  /** Makes a room variable, or changes one that is there: `roomVariablesUpdated`. */
  createRoomVariable({ name, data, persistent = false, locked = false }: RoomVariableSettings): void {
    if (Object.hasOwn(this.state.roomVariables, name)) {
      this.send({ name: 'UpdateRoomVariable', fields: { isLocked: locked, name, data } })
    } else {
      const fields = { isPersistent: persistent, isLocked: locked, name, data }
      this.send({ name: 'CreateRoomVariable', fields })
    }
  }

  /** Asks a user to play: `challengeAccepted` or `challengeDeclined`. */
  sendChallenge(who: string, game: string): void {
    this.#challenged = who
    this.sendMove([who], { action: 'challenge', game })
  }

  /** Takes the last challenge back. */
  cancelChallenge(): void {
    const who = this.#challenged
    this.#challenged = undefined
    if (who !== undefined) this.sendMove([who], { action: 'challengecancelled' })
  }

  /** Asks who is in a room: `usersInRoomLoaded`. */
  getUsersInRoom(room: string, zone: string = this.state.zoneName): void {
    this.send({ name: 'GetUsersInRoom', fields: { zone, room } })
  }

  /** @internal */
  protected override roomNotCreated(reason: string): void {
    const pending = this.#pendingRoom
    this.#pendingRoom = undefined
    this.state.wantedRoom = undefined
    this.emit('roomCreated', false, reason)
    if (pending?.autoJoin !== true) return
    const { roomName, password, zone } = pending.settings
    this.joinRoom(roomName, password, zone)
  }

  /** @internal */
  protected override roomEntered(): void {
    const pending = this.#pendingRoom
    this.#pendingRoom = undefined
    if (pending !== undefined) this.emit('roomCreated', true, '')
  }

  /** What stands beside the description of one's own room, without what the server says itself. */
  #ownAttributes(): { readonly [name: string]: WddxValue } {
    const { Users, Hidden, PasswordProtected, Updatable, Numbered, ...own } =
      this.state.room?.attributes ?? {}
    return own
  }
}

/** Where the server of the page is. */
function pageAddress(): { readonly ip: string; readonly port: number } {
  const page = pageUrl()
  if (page === undefined) return DEFAULT_ADDRESS
  const { hostname, port, protocol } = new URL(page)
  return { ip: hostname, port: port === '' ? (protocol === 'wss:' ? 443 : 80) : Number(port) }
}

function electroUrl(host: string, port: number): string {
  const isSecure = pageUrl()?.startsWith('wss:') === true
  return `${isSecure ? 'wss' : 'ws'}://${host}:${port}/electroserver`
}
