import type { RoomRow, ServerFields, ServerMessage, ServerMessageName, UserRow } from '@warren/codec'
import type { SFSEventName, SFSEvents } from '../events.ts'
import type { BuddyList } from './buddy-list.ts'
import { Room } from './room.ts'
import { User } from './user.ts'

/** Takes the events that a message of the server makes. */
export type Emit = <N extends SFSEventName>(name: N, event: SFSEvents[N]) => void

/** Takes over what a message says. `packetId` is the number of one that came by UDP. */
type Taker<F> = (mirror: Mirror, fields: F, packetId?: bigint) => void

/** How messages are taken over, by their name. */
export type Takers = { readonly [N in ServerMessageName]?: Taker<ServerFields<N>> }

/** A request, as far as rooms are left with it. */
interface Asked {
  readonly name: string
  readonly fields: {
    readonly roomId?: number
    readonly roomIdToLeave?: number
    readonly leavesLastRoom?: boolean
  }
}

/** Requests that may end in a join, and leave no room by default. */
const JOINING: ReadonlySet<string> = new Set(['CreateRoom', 'QuickJoinOrCreateRoom', 'QuickJoinGame'])

/**
 * What the client knows of rooms and users, kept up to date by what the server says. A room is known while its group
 * is subscribed or the client is in it; a user while he shares a room with the client, in an MMO room while he is in
 * sight.
 */
export class Mirror {
  mySelf: User | undefined
  /** Once it is loaded. */
  buddyList: BuddyList | undefined
  /** The names of groups that are subscribed. */
  readonly groups: Set<string> = new Set()
  /** Tells of what happened. */
  readonly emit: Emit
  #takers: Takers
  readonly #rooms = new Map<number, Room>()
  readonly #users = new Map<number, User>()
  /** Of the room that is left by the next join. */
  #roomIdToLeave: number | undefined
  /** In the order of joining. */
  #joinedRooms: readonly Room[] = []

  /** @param takers  what can be taken over from the start */
  constructor(emit: Emit, takers: Takers) {
    this.emit = emit
    this.#takers = takers
  }

  get joinedRooms(): readonly Room[] {
    return this.#joinedRooms
  }

  get lastJoinedRoom(): Room | undefined {
    return this.#joinedRooms.at(-1)
  }

  get rooms(): readonly Room[] {
    return [...this.#rooms.values()]
  }

  get users(): readonly User[] {
    return [...this.#users.values()]
  }

  room(idOrName: number | string): Room | undefined {
    return typeof idOrName === 'number'
      ? this.#rooms.get(idOrName)
      : this.rooms.find(({ name }) => name === idOrName)
  }

  user(idOrName: number | string): User | undefined {
    return typeof idOrName === 'number'
      ? this.#users.get(idOrName)
      : this.users.find(({ name }) => name === idOrName)
  }

  /** From now on these are taken over, too. */
  learn(takers: Takers): void {
    this.#takers = { ...this.#takers, ...takers }
  }

  /** Takes over what the server says, then tells of it. Messages that are no news of rooms or users are passed over. */
  take({ name, fields }: ServerMessage, packetId?: bigint): void {
    // A name and its fields belong together; the compiler does not follow them through a union.
    const taker = this.#takers[name] as Taker<ServerMessage['fields']> | undefined
    taker?.(this, fields, packetId)
  }

  /** A request was sent. MMO rooms do not tell who leaves them [P-6.13.4]: what was asked has to do. */
  asked({ name, fields }: Asked): void {
    const last = this.lastJoinedRoom?.id
    if (name === 'LeaveRoom') this.#leaveMap(fields.roomId ?? last)
    else if (name === 'JoinRoom') this.#roomIdToLeave = fields.roomIdToLeave ?? last
    else if (name === 'CreateSFSGame') this.#roomIdToLeave = fields.leavesLastRoom ? last : undefined
    else if (JOINING.has(name)) this.#roomIdToLeave = fields.roomIdToLeave
  }

  /** A request was refused. */
  refused(): void {
    this.#roomIdToLeave = undefined
  }

  #leaveMap(roomId: number | undefined): void {
    const room = this.#joinedRooms.find(({ id, isMMO }) => isMMO && id === roomId)
    if (room !== undefined) this.leave(room)
  }

  /** Forgets everything: a login begins, or the connection is over. */
  clear(): void {
    this.mySelf = undefined
    this.buddyList = undefined
    this.#joinedRooms = []
    this.#rooms.clear()
    this.#users.clear()
    this.groups.clear()
  }

  /** The user of this client is somebody now. */
  become(row: Pick<UserRow, 'id' | 'name' | 'privilegeId'>): User {
    this.clear()
    const user = new User(row, true)
    this.mySelf = user
    this.#users.set(row.id, user)
    return user
  }

  /** The room that a row tells of: the one that is known already, brought up to date, or a new one. */
  addRoom(row: RoomRow): Room {
    let room = this.#rooms.get(row.id)
    if (room === undefined) {
      room = new Room(row)
      this.#rooms.set(row.id, room)
    } else room.update(row)
    return room
  }

  /** There is no such room any more. */
  removeRoom(room: Room): void {
    this.#rooms.delete(room.id)
    this.leave(room)
  }

  /** A user who may not share a room with this client, and is not kept. */
  stranger(row: UserRow): User {
    const known = this.#users.get(row.id)
    if (known !== undefined) return known
    const user = new User(row, false)
    user.variables.apply(row.variables)
    return user
  }

  /** A user who shares a room with this client. */
  member(row: UserRow): User {
    let user = this.#users.get(row.id)
    if (user === undefined) {
      user = new User(row, false)
      this.#users.set(row.id, user)
    }
    user.privilegeId = row.privilegeId
    // Nobody is told his own private variables again.
    user.variables.replace(row.variables, variable => user.isItMe && variable.isPrivate)
    return user
  }

  /** This client is in a room, with these users. */
  join(row: RoomRow, users: readonly UserRow[]): Room {
    const room = this.addRoom(row)
    if (this.#roomIdToLeave !== room.id) this.#leaveMap(this.#roomIdToLeave)
    this.#roomIdToLeave = undefined
    room.isJoined = true
    room.clear()
    for (const user of users) room.put(this.member(user), user.playerId)
    this.#joinedRooms = [...this.#joinedRooms.filter(other => other !== room), room]
    this.forget(this.#users.values())
    return room
  }

  /** This client is out of a room. */
  leave(room: Room): void {
    room.isJoined = false
    room.clear()
    this.#joinedRooms = this.#joinedRooms.filter(other => other !== room)
    if (!this.groups.has(room.groupId)) this.#rooms.delete(room.id)
    this.forget(this.#users.values())
  }

  /** Forgets those of some users who share no room with this client any more. */
  forget(users: Iterable<User>): void {
    for (const user of users) {
      if (!user.isItMe && !this.#joinedRooms.some(room => room.has(user))) this.#users.delete(user.id)
    }
  }

  /** Does something with a room, if it is known. */
  withRoom(id: number, work: (room: Room) => void): void {
    const room = this.#rooms.get(id)
    if (room !== undefined) work(room)
  }

  /** Does something with a room and a user, if both are known. */
  withMember(
    { roomId, userId }: { readonly roomId: number; readonly userId: number },
    work: (room: Room, user: User) => void,
  ): void {
    const user = this.#users.get(userId)
    if (user !== undefined) this.withRoom(roomId, room => work(room, user))
  }
}
