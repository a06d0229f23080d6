import type { SFSObject } from '@warren/codec'
import type { Services } from '../controller/context.ts'
import { ban, dismiss } from '../controller/sentence.ts'
import type { Ban, BanTarget } from '../domain/bans.ts'
import { DisconnectReason, type ModeratorRank } from '../domain/event.ts'
import { findRooms, findUsers } from '../domain/find.ts'
import type { MatchCondition } from '../domain/match.ts'
import {
  type ModeratorTarget,
  sendModeratorMessage,
  sendObjectMessage,
  sendPrivateMessage,
  sendPublicMessage,
} from '../domain/messages.ts'
import { type MmoInput, mmoProblems, mmoSettingsOf } from '../domain/mmo/mmo-settings.ts'
import type { Room } from '../domain/room.ts'
import { openRoom } from '../domain/room-creation.ts'
import type { MmoSettings, RoomSettings } from '../domain/settings.ts'
import { typedValue, type VariableInput } from '../domain/typed-value.ts'
import { Privilege, type User } from '../domain/user.ts'
import type { Quietly } from '../domain/variable.ts'
import type { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'
import { AccountApi } from './account-api.ts'
import { BuddyApi } from './buddy-api.ts'
import { GameApi } from './game-api.ts'
import { MmoApi } from './mmo-api.ts'
import { RoomStorage } from './room-storage.ts'

/** A room variable as the server sets it, with the flags that clients have not. */
export interface RoomVariableSetting {
  readonly name: string
  readonly value: VariableInput
  readonly isPrivate?: boolean
  readonly isPersistent?: boolean
  /** Told to the whole group of the room. */
  readonly isGlobal?: boolean
  /** No client sees it. */
  readonly isHidden?: boolean
}

/** A user variable as the server sets it. */
export interface UserVariableSetting {
  readonly name: string
  readonly value: VariableInput
  readonly isPrivate?: boolean
  readonly isHidden?: boolean
}

/** How a message of an extension goes out. */
export interface SendOptions {
  /** By UDP, to those who have it and if it fits into a datagram; else by the line [P-9.5]. */
  readonly udp?: boolean
}

/** A new room of the server's own. */
export type NewRoom = Pick<RoomSettings, 'name'> &
  Partial<Omit<RoomSettings, 'mmo'>> & {
    /** Makes it an MMO room. */
    readonly mmo?: MmoInput
  }

/** Where to search, and for how much. */
export interface Search {
  readonly group?: string
  /** 0 is all. */
  readonly limit?: number
}

const HOUR = 3_600_000

const ROOM_DEFAULTS: Omit<RoomSettings, 'name'> = {
  group: 'default',
  password: '',
  maxUsers: 20,
  maxSpectators: 0,
  isGame: false,
  isHidden: false,
  maxVariables: 10,
  variables: [],
  autoRemove: 'never',
  onlyOwnerInvites: true,
  filterWords: false,
  permissions: { nameChange: false, passwordChange: false, publicMessages: true, capacityChange: false },
  events: { userEnter: true, userExit: true, userCountChange: true, userVariablesUpdate: true },
  extensions: [],
}

/**
 * What a host program can do without being a client. Everything goes the way of a client's request: the same rules
 * of the domain, the same events, the same order. Methods throw RequestError with the name of what was refused.
 *
 * @example
 * const server = createServer(config)
 * await server.start()
 * const arena = server.api.zone('Arena')
 * server.api.createRoom(arena, { name: 'Finals', maxUsers: 200 })
 */
export class ServerApi {
  /** What it can do with buddy lists. */
  readonly buddies: BuddyApi
  /** What it can do in MMO rooms. */
  readonly mmo: MmoApi
  /** What it can do with games and invitations. */
  readonly games: GameApi
  /** Accounts of users. */
  readonly accounts: AccountApi
  /** Keeps rooms over restarts. */
  readonly storage: RoomStorage
  readonly #services: Services

  constructor(services: Services) {
    this.#services = services
    this.storage = new RoomStorage(services.roomStore)
    this.accounts = new AccountApi(services.accounts)
    this.buddies = new BuddyApi(user => this.zoneOf(user))
    this.mmo = new MmoApi(user => this.zoneOf(user))
    this.games = new GameApi(
      () => services.clock.now(),
      ROOM_DEFAULTS,
      user => this.zoneOf(user),
    )
  }

  /** All zones, in the order of the configuration. */
  get zones(): Iterable<Zone> {
    return this.#services.zones
  }

  /** @throws RequestError zone-unknown */
  zone(name: string): Zone {
    const zone = this.#services.zones.zone(name)
    if (zone === undefined) throw new RequestError('zone-unknown', name)
    return zone
  }

  /** The zone that a user is logged in to. */
  zoneOf(user: User): Zone {
    return this.zone(user.zoneName)
  }

  /**
   * Makes a room that belongs to the server and stays until it is removed.
   * @throws RequestError room-exists, room-settings-invalid
   */
  createRoom(zone: Zone, { mmo, ...room }: NewRoom): Room {
    return openRoom(zone, { ...ROOM_DEFAULTS, ...room, mmo: mmo && checkedMmo(mmo) }, undefined)
  }

  /** Those who are in it leave it first. */
  removeRoom(zone: Zone, room: Room): void {
    zone.removeRoom(room)
  }

  /**
   * Puts a user into a room; neither a password nor what a game asks for counts. Rooms he is in stay joined unless one is named.
   * @throws RequestError already-joined, room-full
   */
  joinRoom(user: User, room: Room, options: { asSpectator?: boolean; leave?: Room } = {}): void {
    const { asSpectator = false, leave } = options
    this.zoneOf(user).join(user, room, { password: '', asSpectator, leave, isInvited: true })
  }

  /** @throws RequestError room-not-joined */
  leaveRoom(user: User, room: Room): void {
    this.zoneOf(user).leave(user, room)
  }

  /** @throws RequestError room-exists */
  renameRoom(zone: Zone, room: Room, name: string): void {
    if (zone.roomByName(name) !== undefined) throw new RequestError('room-exists', name)
    zone.renameRoom(room, name)
  }

  /** Empty takes the password away. The group is told when the room becomes protected or open. */
  setRoomPassword(zone: Zone, room: Room, password: string): void {
    const before = room.isPasswordProtected
    room.password = password
    if (before === room.isPasswordProtected) return
    zone.emit({ type: 'room-password-changed', room, told: zone.subscribersOf(room.group) })
  }

  /** Users who are in stay in. Unlike clients the server has no upper limit. */
  setRoomCapacity(zone: Zone, room: Room, maxUsers: number, maxSpectators: number): void {
    room.maxUsers = maxUsers
    room.maxSpectators = maxSpectators
    zone.emit({ type: 'room-capacity-changed', room, subscribers: zone.subscribersOf(room.group) })
  }

  /** Sets variables with any flags; a null value deletes. @throws RequestError variables-invalid, variables-unchanged */
  setRoomVariables(zone: Zone, room: Room, variables: readonly RoomVariableSetting[]): void {
    zone.variables.setOfRoom(
      room,
      variables.map(variable => ({
        isPrivate: false,
        isPersistent: false,
        ...variable,
        value: typedValue(variable.value),
      })),
    )
  }

  /**
   * Sets variables of a user; a null value deletes.
   * @param options  `silent` tells nobody now: those hear of it who meet the user later
   * @throws RequestError variables-invalid, variables-unchanged
   */
  setUserVariables(user: User, variables: readonly UserVariableSetting[], options: Quietly = {}): void {
    this.zoneOf(user).variables.setOfUser(
      user,
      variables.map(variable => ({ isPrivate: false, ...variable, value: typedValue(variable.value) })),
      options,
    )
  }

  /** @throws RequestError group-already-subscribed, group-unknown */
  subscribeGroup(user: User, group: string): void {
    this.zoneOf(user).subscribe(user, group)
  }

  /** @throws RequestError group-not-subscribed, group-unknown */
  unsubscribeGroup(user: User, group: string): void {
    this.zoneOf(user).unsubscribe(user, group)
  }

  /** @throws RequestError not-joined, not-a-game-room, no-player-slot */
  spectatorToPlayer(user: User, room: Room): void {
    this.zoneOf(user).seat(user, room)
  }

  /** @throws RequestError not-joined, not-a-game-room, no-spectator-slot */
  playerToSpectator(user: User, room: Room): void {
    this.zoneOf(user).unseat(user, room)
  }

  /** In the name of a user who is in the room. @throws RequestError room-not-joined, messages-off, message-empty */
  sendPublicMessage(sender: User, room: Room, text: string, params?: SFSObject): void {
    sendPublicMessage(this.zoneOf(sender), sender, room, text, params)
  }

  /** @throws RequestError recipient-unknown, recipient-self, message-empty */
  sendPrivateMessage(sender: User, recipient: User, text: string, params?: SFSObject): void {
    sendPrivateMessage(this.zoneOf(sender), sender, recipient.id, text, params)
  }

  /** @throws RequestError room-not-joined, recipient-unknown */
  sendObjectMessage(sender: User, room: Room, params: SFSObject, recipients?: readonly User[]): void {
    const ids = recipients?.map(user => user.id)
    sendObjectMessage(this.zoneOf(sender), sender, room, params, ids)
  }

  /** From a user, or in the server's own name when the sender is undefined. @throws RequestError message-empty */
  sendModeratorMessage(
    zone: Zone,
    target: ModeratorTarget,
    text: string,
    options: { sender?: User; rank?: ModeratorRank; params?: SFSObject } = {},
  ): void {
    const { sender, rank = 'moderator', params } = options
    sendModeratorMessage(zone, sender, rank, target, text, params)
  }

  /** Disconnects a user after a delay, telling him first if there is a message. */
  kick(user: User, options: { message?: string; delaySeconds?: number } = {}): void {
    const { message = '', delaySeconds = 5 } = options
    const zone = this.zoneOf(user)
    if (message !== '') this.sendModeratorMessage(zone, { to: 'user', user }, message)
    dismiss(user, zone, delaySeconds, DisconnectReason.KICK, this.#services)
  }

  /** Disconnects a user and refuses his name or address for some time. */
  ban(
    user: User,
    options: { by?: 'name' | 'address'; hours?: number; message?: string; delaySeconds?: number } = {},
  ): void {
    const { by = 'name', hours = 24, message = '', delaySeconds = 5 } = options
    const zone = this.zoneOf(user)
    if (message !== '') this.sendModeratorMessage(zone, { to: 'user', user }, message)
    ban(user, zone, { by, millis: hours * HOUR, reason: message, delaySeconds }, this.#services)
  }

  /** Bans in the order they were made. */
  get bans(): Iterable<Ban> {
    return this.#services.bans
  }

  /** @returns whether there was such a ban */
  unban(target: BanTarget): boolean {
    return this.#services.bans.lift(target)
  }

  /** A user without a line. He counts as any other and leaves by `logOut`. @throws RequestError name-taken, zone-full */
  createNpc(zone: Zone, name: string, properties: Readonly<Record<string, unknown>> = {}): User {
    return zone.logIn({
      name,
      privilegeId: Privilege.GUEST,
      properties: new Map(Object.entries(properties)),
      isNpc: true,
    })
  }

  /** Takes a user out of the zone. His line, if there is one, may log in again. */
  logOut(user: User): void {
    const zone = this.zoneOf(user)
    const session = this.#services.sessions.ofUser(user.id)
    zone.logOut(user)
    if (session !== undefined) this.#services.sessions.unbind(session)
  }

  /** What the user may do from now on: 0 guest, 1 standard, 2 moderator, 3 administrator. */
  setPrivilege(user: User, privilegeId: 0 | 1 | 2 | 3): void {
    user.privilegeId = privilegeId
  }

  /** @throws RequestError match-invalid */
  findRooms(zone: Zone, conditions: readonly MatchCondition[], search: Search = {}): Room[] {
    return findRooms(zone, conditions, search)
  }

  /** @throws RequestError match-invalid */
  findUsers(
    zone: Zone,
    conditions: readonly MatchCondition[],
    search: Search & { room?: Room } = {},
  ): User[] {
    return findUsers(zone, conditions, search)
  }

  /** Sends users of one zone a message of an extension, without a schema [P-4.3]. */
  send(
    zone: Zone,
    command: string,
    params: SFSObject,
    recipients: Iterable<User>,
    room?: Room,
    { udp = false }: SendOptions = {},
  ): void {
    zone.emit({ type: 'extension-message', recipients, command, params, room, extension: '', udp })
  }
}

function checkedMmo(input: MmoInput): MmoSettings {
  const settings = mmoSettingsOf(input)
  const [problem] = mmoProblems(settings)
  if (problem === undefined) return settings
  throw new RequestError('room-settings-invalid', `mmo.${problem.setting} ${problem.problem}`)
}
