import type { SFSObject } from '@warren/codec'
import { RequestError } from '../errors.ts'
import { Buddies } from './buddies/buddies.ts'
import type { BuddyStore } from './buddies/buddy-store.ts'
import type { DisconnectReason, Emit, EventType } from './event.ts'
import { GAME_STARTED, type Game, startedVariable } from './games/game.ts'
import { Invitations } from './games/invitations.ts'
import { Memberships } from './memberships.ts'
import type { MmoMapOwner } from './mmo/mmo-map.ts'
import { type Entry, Room } from './room.ts'
import { Rooms } from './rooms.ts'
import type { RoomSettings, ZoneSettings } from './settings.ts'
import { Subscriptions } from './subscriptions.ts'
import { User } from './user.ts'
import { UserCounts } from './user-counts.ts'
import { Users } from './users.ts'
import { ZoneVariables } from './zone-variables.ts'

/** Numbers that are unique on a server: ids of users, rooms, items and invitations, counted from 0 across all zones. */
export interface Ids {
  nextUserId(): number
  nextRoomId(): number
  nextItemId(): number
  nextInvitationId(): number
}

/** What is known of a newcomer when the zone lets him in. */
export interface Admission {
  /** Empty for a guest, who is named by the zone. */
  readonly name: string
  readonly privilegeId: number
  readonly properties: Map<string, unknown>
  /** Made by the server, without a line. */
  readonly isNpc?: boolean
  /** May moderate whatever the privilege manager says. */
  readonly isModerator?: boolean
  /** Joining a room takes him out of the one before. */
  readonly isInOneRoom?: boolean
}

/** How a user wants to join a room. */
export interface JoinOptions extends Entry {
  /** The room that is left once the new one is joined. */
  readonly leave: Room | undefined
}

const SERVER_MODERATOR = '{Server.Mod}'

/**
 * A world of its own: who is in it, which rooms it has, and everything that must stay true between them. What users
 * say to each other and may ask of rooms stands beside it (messages.ts, room-creation.ts, room-changes.ts, find.ts).
 */
export class Zone {
  readonly settings: ZoneSettings
  readonly invitations: Invitations
  /** Undefined where nobody has any. */
  readonly buddies: Buddies | undefined
  /** Tells what happened; everything that changes the zone speaks through it. */
  readonly emit: Emit
  /** Changes the variables of its rooms and users. */
  readonly variables: ZoneVariables
  readonly #hidden: ReadonlySet<string>
  readonly #ids: Ids
  readonly #users = new Users()
  readonly #memberships = new Memberships()
  readonly #subscriptions: Subscriptions
  readonly #rooms = new Rooms()
  readonly #counts: UserCounts
  #serverModerator: User | undefined

  constructor(settings: ZoneSettings, ids: Ids, emit: Emit, buddyStore: BuddyStore) {
    this.settings = settings
    this.#ids = ids
    this.emit = emit
    this.invitations = new Invitations({
      nextId: () => ids.nextInvitationId(),
      emit,
      knows: (user, other) => this.knows(user, other),
    })
    if (settings.buddies?.active) this.buddies = new Buddies(settings.buddies, this, buddyStore)
    this.#hidden = new Set(settings.disabledEvents)
    this.variables = new ZoneVariables(this)
    this.#counts = new UserCounts(this, settings.userCountChangeUpdateInterval > 0)
    this.#subscriptions = new Subscriptions(settings, group => this.#rooms.knowsGroup(group))
    // What an operator put there stays there.
    for (const room of settings.rooms) this.addRoom({ ...room, autoRemove: 'never' }, undefined)
  }

  get name(): string {
    return this.settings.name
  }

  /** Whether clients of the zone are not told of such events. */
  hides(event: EventType): boolean {
    return this.#hidden.has(event)
  }

  /** In whose name the server itself speaks. Takes an id when he first does [observed]; nobody finds him in the zone. */
  get serverModerator(): User {
    this.#serverModerator ??= new User(
      {
        id: this.#ids.nextUserId(),
        name: SERVER_MODERATOR,
        privilegeId: 0,
        properties: new Map(),
        isNpc: true,
      },
      this.settings,
    )
    return this.#serverModerator
  }

  get userCount(): number {
    return this.#users.size
  }

  get roomCount(): number {
    return this.#rooms.size
  }

  get users(): IterableIterator<User> {
    return this.#users[Symbol.iterator]()
  }

  get rooms(): Iterable<Room> {
    return this.#rooms
  }

  user(id: number): User | undefined {
    return this.#users.get(id)
  }

  userByName(name: string): User | undefined {
    return this.#users.named(name)
  }

  /** Everybody of that name, written in upper or lower case. */
  usersNamedLike(name: string): Iterable<User> {
    return this.#users.namedLike(name)
  }

  room(id: number): Room | undefined {
    return this.#rooms.get(id)
  }

  roomByName(name: string): Room | undefined {
    return this.#rooms.named(name)
  }

  /** The rooms of a group in the order they were made. */
  roomsOf(group: string): Iterable<Room> {
    return this.#rooms.of(group)
  }

  /** Who hears of the rooms of a group. */
  subscribersOf(group: string): Iterable<User> {
    return this.#subscriptions.of(group)
  }

  /** The rooms that a user is in, in the order of joining. */
  roomsJoinedBy(user: User): readonly Room[] {
    return this.#memberships.of(user)
  }

  /** The room that a request without a room means. */
  lastJoinedRoom(user: User): Room | undefined {
    return this.#memberships.of(user).at(-1)
  }

  /** The MMO room that a user is in; there is one at most. */
  mmoRoomOf(user: User): Room | undefined {
    return this.#memberships.of(user).find(room => room.mmo !== undefined)
  }

  /** Whether a user knows of another one by a room that both are in; in an MMO room, by seeing him. */
  knows(user: User, other: User): boolean {
    return this.#memberships
      .of(user)
      .some(room => room.has(other) && (room.mmo === undefined || room.mmo.sees(user, other)))
  }

  /** How many rooms that exist a user made. */
  roomsCreatedBy(user: User): number {
    return this.#rooms.countOf(user)
  }

  /**
   * Lets a user in. Call `welcome` once his line is known to be his.
   * @throws RequestError guests-refused, name-taken, zone-full
   */
  logIn(admission: Admission): User {
    this.checkAdmission(admission.name)
    const id = this.#ids.nextUserId()
    const name = admission.name || this.#users.guestName(this.settings.guestUserNamePrefix, id)
    const user = new User({ isNpc: false, ...admission, id, name }, this.settings)
    this.#users.add(user)
    this.#subscriptions.addAll(user)
    return user
  }

  /**
   * Tells the user that he is in.
   * @param data  the host program's, goes with it
   * @param hasMoved  he came from another zone, on the same line
   */
  welcome(user: User, data: SFSObject | undefined, hasMoved = false): void {
    this.emit({ type: 'logged-in', user, rooms: this.roomsKnownTo(user), data, hasMoved })
  }

  /** The rooms of the groups that a user hears of. */
  roomsKnownTo(user: User): readonly Room[] {
    return [...user.groups].flatMap(group => [...this.roomsOf(group)])
  }

  /**
   * Whether somebody of that name could log in now; empty is a guest.
   * @throws RequestError guests-refused, name-taken, zone-full
   */
  checkAdmission(name: string): void {
    if (name === '' && !this.settings.allowGuestUsers) throw new RequestError('guests-refused', this.name)
    if (name !== '' && this.#users.named(name) !== undefined)
      throw new RequestError('name-taken', name, this.name)
    if (this.#users.size >= this.settings.maxUsers) throw new RequestError('zone-full', this.name)
  }

  /** The user goes and keeps the line. */
  logOut(user: User): void {
    this.remove(user, true)
    this.emit({ type: 'logged-out', user })
  }

  /** The user is gone: out of all rooms and the zone, at once. Nothing happens the second time. */
  remove(user: User, keepsLine = false): void {
    if (!this.#users.delete(user)) return
    this.#subscriptions.removeAll(user)
    const rooms = this.#memberships.forget(user)
    for (const room of rooms) room.remove(user)
    const created = this.#rooms.disown(user)
    this.emit({ type: 'user-lost', user, rooms, keepsLine })
    this.invitations.forget(user)
    this.buddies?.forget(user)
    const staying = rooms.filter(room => !room.isDone())
    for (const room of staying) this.#countChanged(room)
    this.variables.forget(user, staying)
    for (const room of new Set([...rooms, ...created])) if (room.isDone()) this.removeRoom(room)
  }

  /** Tells the user why he is about to be disconnected. @param text  in words, as far as his client has a place for it */
  announceDisconnect(user: User, reason: DisconnectReason, text = ''): void {
    this.emit({ type: 'disconnecting', user, reason, text })
  }

  /**
   * Joins a room, then leaves another [P-6.3]; who may be in one room only leaves that one, whatever is asked.
   * @throws RequestError already-joined, room-password-wrong, room-full, game-access-denied, second-mmo-room
   */
  join(user: User, room: Room, options: JoinOptions): void {
    room.admit(user, options)
    const leave = user.isInOneRoom ? this.lastJoinedRoom(user) : options.leave
    const former = room.mmo && this.mmoRoomOf(user)
    if (former !== undefined && former !== leave) throw new RequestError('second-mmo-room')
    room.add(user, options.asSpectator)
    this.#memberships.add(user, room)
    this.#tellStart(room)
    this.emit({ type: 'room-joined', user, room })
    this.emit({ type: 'user-entered-room', user, room })
    this.#countChanged(room)
    if (leave?.has(user)) this.leave(user, leave)
  }

  /**
   * @throws RequestError room-not-joined
   */
  leave(user: User, room: Room): void {
    if (!room.has(user)) throw new RequestError('room-not-joined')
    this.#takeOut(user, room)
    if (room.isDone()) {
      this.removeRoom(room)
      return
    }
    this.#countChanged(room)
    this.variables.leave(user, room)
  }

  /** Adds a room without asking or telling. */
  addRoom(settings: RoomSettings, owner: User | undefined, game?: Game): Room {
    const maxVariables = Math.min(settings.maxVariables, this.settings.maxRoomVariables)
    const mapOwner: MmoMapOwner = {
      nextItemId: () => this.#ids.nextItemId(),
      itemChanged: (item, changes) => this.emit({ type: 'item-variables-changed', room, item, changes }),
    }
    const room: Room = new Room(this.#ids.nextRoomId(), settings, owner, maxVariables, mapOwner, game)
    this.#rooms.add(room)
    return room
  }

  /** Takes a room away; those who are in it leave it first. */
  removeRoom(room: Room): void {
    if (!this.#rooms.delete(room)) return
    for (const user of [...room.users]) this.#takeOut(user, room)
    this.#counts.forget(room)
    this.invitations.close(room)
    this.emit({ type: 'room-removed', room, subscribers: this.subscribersOf(room.group) })
  }

  /** Gives a room another name without asking. */
  renameRoom(room: Room, name: string): void {
    const formerName = room.name
    this.#rooms.rename(room, name)
    this.emit({ type: 'room-renamed', room, formerName, subscribers: this.subscribersOf(room.group) })
  }

  /**
   * The user hears of the rooms of a group from now on [P-6.9].
   * @throws RequestError group-already-subscribed, group-unknown
   */
  subscribe(user: User, group: string): void {
    this.#subscriptions.subscribe(user, group)
    this.emit({ type: 'group-subscribed', user, group, rooms: [...this.roomsOf(group)] })
  }

  /**
   * @throws RequestError group-not-subscribed, group-unknown
   */
  unsubscribe(user: User, group: string): void {
    this.#subscriptions.unsubscribe(user, group)
    this.emit({ type: 'group-unsubscribed', user, group })
  }

  /** Makes a player of a spectator. @throws RequestError not-joined, not-a-game-room, no-player-slot */
  seat(user: User, room: Room): void {
    room.seat(user)
    this.emit({ type: 'spectator-became-player', room, user })
    this.#countChanged(room)
  }

  /** Makes a spectator of a player. @throws RequestError not-joined, not-a-game-room, no-spectator-slot */
  unseat(user: User, room: Room): void {
    room.unseat(user)
    this.emit({ type: 'player-became-spectator', room, user })
    this.#countChanged(room)
  }

  /** Tells of all counts that changed since the last round, each once, even when it is back at the old number. */
  publishUserCounts(): void {
    this.#counts.publish()
  }

  /** The leaver is told too, so the event comes before he is taken out. */
  #takeOut(user: User, room: Room): void {
    this.emit({ type: 'user-left-room', user, room })
    this.#memberships.remove(user, room)
    room.remove(user)
  }

  /** A game that keeps its group informed starts or stops [P-6.15.2]. */
  #tellStart(room: Room): void {
    if (!room.game?.notifiesStart) return
    const hasStarted = room.userCount >= room.game.minPlayers
    if (room.variables.get(GAME_STARTED)?.value.value === hasStarted) return
    this.variables.setOfRoom(room, [startedVariable(hasStarted)])
  }

  #countChanged(room: Room): void {
    this.#tellStart(room)
    this.#counts.changed(room)
  }
}
