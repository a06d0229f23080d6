import type { SFSObject } from '@warren/codec'
import { RequestError } from '../errors.ts'
import type { DisconnectReason, Emit } from './event.ts'
import { Room } from './room.ts'
import type { ZoneSettings } from './settings.ts'
import { User } from './user.ts'

/** Numbers that are unique on a server: user and room ids, counted from 0 across all zones. */
export interface Ids {
  nextUserId(): number
  nextRoomId(): number
}

/** What is known of a newcomer when the zone lets him in. */
export interface Admission {
  /** Empty for a guest, who is named by the zone. */
  readonly name: string
  readonly privilegeId: number
  readonly properties: Map<string, unknown>
}

/** How a user wants to join a room. */
export interface JoinOptions {
  readonly password: string
  readonly asSpectator: boolean
  /** The room that is left once the new one is joined. */
  readonly leave: Room | undefined
}

/** A world of its own: users, rooms and groups of rooms, and the rules between them. */
export class Zone {
  readonly settings: ZoneSettings
  readonly #ids: Ids
  readonly #emit: Emit
  readonly #users = new Map<number, User>()
  readonly #usersByName = new Map<string, User>()
  /** Joined rooms in the order of joining. */
  readonly #joined = new Map<User, Room[]>()
  readonly #rooms = new Map<number, Room>()
  readonly #roomsByName = new Map<string, Room>()
  readonly #roomsByGroup = new Map<string, Set<Room>>()
  readonly #subscribers = new Map<string, Set<User>>()
  /** Rooms whose count changed since the last round. */
  readonly #changedCounts = new Set<Room>()

  constructor(settings: ZoneSettings, ids: Ids, emit: Emit) {
    this.settings = settings
    this.#ids = ids
    this.#emit = emit
    for (const room of settings.rooms) this.#addRoom(new Room(ids.nextRoomId(), room))
  }

  get name(): string {
    return this.settings.name
  }

  get userCount(): number {
    return this.#users.size
  }

  get roomCount(): number {
    return this.#rooms.size
  }

  get rooms(): IterableIterator<Room> {
    return this.#rooms.values()
  }

  user(id: number): User | undefined {
    return this.#users.get(id)
  }

  userByName(name: string): User | undefined {
    return this.#usersByName.get(name)
  }

  room(id: number): Room | undefined {
    return this.#rooms.get(id)
  }

  roomByName(name: string): Room | undefined {
    return this.#roomsByName.get(name)
  }

  /** The rooms of a group in the order they were made. */
  roomsOf(group: string): Iterable<Room> {
    return this.#roomsByGroup.get(group) ?? []
  }

  /** The rooms that a user is in, in the order of joining. */
  roomsJoinedBy(user: User): readonly Room[] {
    return this.#joined.get(user) ?? []
  }

  /** The room that a request without a room means. */
  lastJoinedRoom(user: User): Room | undefined {
    return this.roomsJoinedBy(user).at(-1)
  }

  /** Whether both are in one room at least. */
  shareRoom(user: User, other: User): boolean {
    return this.roomsJoinedBy(user).some(room => room.has(other))
  }

  /** Who hears of the rooms of a group. */
  subscribersOf(group: string): Iterable<User> {
    return this.#subscribers.get(group) ?? []
  }

  /**
   * Lets a user in. Call `welcome` once his line is known to be his.
   * @throws RequestError guests-refused, name-taken, zone-full
   */
  logIn(admission: Admission): User {
    this.checkAdmission(admission.name)
    const id = this.#ids.nextUserId()
    const name = admission.name === '' ? this.#guestName(id) : admission.name
    const { privilegeId, properties } = admission
    const groups = this.settings.defaultRoomGroups
    const user = new User({ id, name, zoneName: this.name, privilegeId, properties, groups })
    this.#users.set(id, user)
    this.#joined.set(user, [])
    this.#usersByName.set(name, user)
    for (const group of user.groups) this.#subscribersSet(group).add(user)
    return user
  }

  /** Tells the user that he is in; `data` is the host program's and goes with it. */
  welcome(user: User, data: SFSObject | undefined): void {
    const rooms = [...user.groups].flatMap(group => [...this.roomsOf(group)])
    this.#emit({ type: 'logged-in', user, rooms, data })
  }

  /**
   * Whether somebody of that name could log in now; empty is a guest.
   * @throws RequestError guests-refused, name-taken, zone-full
   */
  checkAdmission(name: string): void {
    if (name === '' && !this.settings.allowGuestUsers) throw new RequestError('guests-refused', this.name)
    if (name !== '' && this.#usersByName.has(name)) throw new RequestError('name-taken', name, this.name)
    if (this.#users.size >= this.settings.maxUsers) throw new RequestError('zone-full', this.name)
  }

  /** The user goes and keeps the line. */
  logOut(user: User): void {
    this.remove(user)
    this.#emit({ type: 'logged-out', user })
  }

  /** The user is gone: out of all rooms and the zone, at once. Nothing happens the second time. */
  remove(user: User): void {
    if (this.#users.get(user.id) !== user) return
    this.#users.delete(user.id)
    this.#usersByName.delete(user.name)
    for (const group of user.groups) this.#subscribers.get(group)?.delete(user)
    const rooms = this.roomsJoinedBy(user)
    this.#joined.delete(user)
    for (const room of rooms) room.remove(user)
    this.#emit({ type: 'user-lost', user, rooms })
    for (const room of rooms) this.#countChanged(room)
  }

  /** Tells the user why he is about to be disconnected. */
  announceDisconnect(user: User, reason: DisconnectReason): void {
    this.#emit({ type: 'disconnecting', user, reason })
  }

  /**
   * Joins a room, then leaves another [P-6.3].
   * @throws RequestError already-joined, room-password-wrong, room-full
   */
  join(user: User, room: Room, options: JoinOptions): void {
    room.admit(user, options.password, options.asSpectator)
    room.add(user, options.asSpectator)
    this.#joined.get(user)?.push(room)
    this.#emit({ type: 'room-joined', user, room })
    this.#emit({ type: 'user-entered-room', user, room })
    this.#countChanged(room)
    if (options.leave?.has(user)) this.leave(user, options.leave)
  }

  /**
   * @throws RequestError room-not-joined
   */
  leave(user: User, room: Room): void {
    if (!room.has(user)) throw new RequestError('room-not-joined')
    // The leaver is told too, so the event comes before he is taken out.
    this.#emit({ type: 'user-left-room', user, room })
    room.remove(user)
    this.#joined.set(
      user,
      this.roomsJoinedBy(user).filter(joined => joined !== room),
    )
    this.#countChanged(room)
  }

  /**
   * @throws RequestError room-not-joined, messages-off, message-empty
   */
  sendPublicMessage(sender: User, room: Room, text: string, params: SFSObject | undefined): void {
    if (!room.has(sender)) throw new RequestError('room-not-joined')
    if (!room.permissions.publicMessages) throw new RequestError('messages-off')
    if (text === '') throw new RequestError('message-empty')
    this.#emit({ type: 'public-message', room, sender, text, params })
  }

  /**
   * @throws RequestError recipient-unknown, recipient-self, message-empty
   */
  sendPrivateMessage(sender: User, recipientId: number, text: string, params: SFSObject | undefined): void {
    const recipient = this.#users.get(recipientId)
    if (recipient === undefined) throw new RequestError('recipient-unknown')
    if (recipient === sender) throw new RequestError('recipient-self')
    if (text === '') throw new RequestError('message-empty')
    const shareRoom = this.shareRoom(sender, recipient)
    this.#emit({ type: 'private-message', sender, recipient, shareRoom, text, params })
  }

  /** Tells of all counts that changed since the last round, each once, even when it is back at the old number. */
  publishUserCounts(): void {
    for (const room of this.#changedCounts) this.#tellCount(room)
    this.#changedCounts.clear()
  }

  #countChanged(room: Room): void {
    if (!room.events.userCountChange) return
    if (this.settings.userCountChangeUpdateInterval > 0) this.#changedCounts.add(room)
    else this.#tellCount(room)
  }

  #tellCount(room: Room): void {
    this.#emit({ type: 'user-count-changed', room, subscribers: this.subscribersOf(room.group) })
  }

  #addRoom(room: Room): void {
    this.#rooms.set(room.id, room)
    this.#roomsByName.set(room.name, room)
    const group = this.#roomsByGroup.get(room.group)
    if (group === undefined) this.#roomsByGroup.set(room.group, new Set([room]))
    else group.add(room)
  }

  #subscribersSet(group: string): Set<User> {
    let set = this.#subscribers.get(group)
    if (set === undefined) {
      set = new Set()
      this.#subscribers.set(group, set)
    }
    return set
  }

  #guestName(id: number): string {
    const { guestUserNamePrefix } = this.settings
    let name = guestUserNamePrefix + id
    // Somebody may have taken the name by hand.
    for (let n = 1; this.#usersByName.has(name); n++) name = `${guestUserNamePrefix}${id}-${n}`
    return name
  }
}
