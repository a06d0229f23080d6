import type { RoomRow, ServerMessage, UserRow } from '@warren/codec'
import type { SFSEventName, SFSEvents } from '../events.ts'
import { Room } from './room.ts'
import { User } from './user.ts'

/** Takes the events that a message of the server makes. */
export type Emit = <N extends SFSEventName>(name: N, event: SFSEvents[N]) => void

type Fields<N extends ServerMessage['name']> = Extract<ServerMessage, { name: N }>['fields']

/** Takes over what a message says. `packetId` is the number of one that came by UDP. */
type Taker<F> = (fields: F, packetId?: bigint) => void

/**
 * What the client knows of rooms and users, kept up to date by what the server says. A room is known while its group
 * is subscribed or the client is in it; a user while he shares a room with the client.
 */
export class Mirror {
  mySelf: User | undefined
  readonly #emit: Emit
  readonly #rooms = new Map<number, Room>()
  readonly #users = new Map<number, User>()
  readonly #groups = new Set<string>()
  /** In the order of joining. */
  #joinedRooms: readonly Room[] = []

  constructor(emit: Emit) {
    this.#emit = emit
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

  /** Forgets everything: a login begins, or the connection is over. */
  clear(): void {
    this.mySelf = undefined
    this.#joinedRooms = []
    this.#rooms.clear()
    this.#users.clear()
    this.#groups.clear()
  }

  /** Takes over what the server says, then tells of it. Messages that are no news of rooms or users are passed over. */
  take(message: ServerMessage, packetId?: bigint): void {
    // A name and its fields belong together; the compiler does not follow them through a union.
    const taker = this.#takers[message.name] as Taker<ServerMessage['fields']> | undefined
    taker?.(message.fields, packetId)
  }

  readonly #takers: { readonly [N in ServerMessage['name']]?: Taker<Fields<N>> } = {
    Login: fields => this.#login(fields),
    Logout: () => {
      this.clear()
      this.#emit('logout', {})
    },
    JoinRoom: fields => this.#joined(fields),
    CreateRoom: ({ room: row }) => {
      // Only who is subscribed to the group hears of it.
      this.#groups.add(row.groupId)
      this.#emit('roomAdd', { room: this.#addRoom(row) })
    },
    RoomLost: ({ roomId }) => this.#roomLost(roomId),
    UserEnterRoom: fields => this.#entered(fields),
    UserExitRoom: fields => this.#exited(fields),
    UserLost: ({ userId }) => this.#userLost(userId),
    UserCountChange: fields => this.#counted(fields),
    ChangeRoomName: fields => this.#renamed(fields),
    ChangeRoomPassword: ({ roomId, isProtected }) =>
      this.#withRoom(roomId, room => {
        room.isPasswordProtected = isProtected
        this.#emit('roomPasswordStateChange', { room })
      }),
    ChangeRoomCapacity: ({ roomId, maxUsers, maxSpectators }) =>
      this.#withRoom(roomId, room => {
        room.maxUsers = maxUsers
        room.maxSpectators = maxSpectators
        this.#emit('roomCapacityChange', { room })
      }),
    SetRoomVariables: ({ roomId, variables }) =>
      this.#withRoom(roomId, room =>
        this.#emit('roomVariablesUpdate', { room, changedVars: room.variables.apply(variables) }),
      ),
    SetUserVariables: ({ userId, variables }) => {
      const user = this.#users.get(userId)
      if (user !== undefined)
        this.#emit('userVariablesUpdate', { user, changedVars: user.variables.apply(variables) })
    },
    SpectatorToPlayer: fields =>
      this.#withMember(fields, (room, user) => {
        const { playerId } = fields
        room.put(user, playerId)
        this.#emit('spectatorToPlayer', { room, user, playerId })
      }),
    PlayerToSpectator: fields =>
      this.#withMember(fields, (room, user) => {
        room.put(user, -1)
        this.#emit('playerToSpectator', { room, user })
      }),
    SubscribeRoomGroup: ({ groupId, rooms }) => {
      this.#groups.add(groupId)
      this.#emit('roomGroupSubscribe', { groupId, newRooms: rooms.map(row => this.#addRoom(row)) })
    },
    UnsubscribeRoomGroup: ({ groupId }) => this.#unsubscribed(groupId),
    FindRooms: ({ rooms }) => this.#emit('roomFindResult', { rooms: rooms.map(row => this.#found(row)) }),
    FindUsers: ({ users }) => this.#emit('userFindResult', { users: users.map(row => this.#stranger(row)) }),
    PublicMessage: fields =>
      this.#withMember(fields, (room, sender) =>
        this.#emit('publicMessage', { room, sender, message: fields.message, data: fields.params }),
      ),
    PrivateMessage: ({ userId, sender: row, message, params }) => {
      const sender = this.#users.get(userId) ?? (row && this.#stranger(row))
      if (sender !== undefined) this.#emit('privateMessage', { sender, message, data: params })
    },
    ModeratorMessage: fields => this.#moderated('moderatorMessage', fields),
    AdminMessage: fields => this.#moderated('adminMessage', fields),
    ObjectMessage: fields =>
      this.#withMember(fields, (room, sender) =>
        this.#emit('objectMessage', { room, sender, message: fields.params }),
      ),
    ExtensionResponse: ({ command, params, roomId }, packetId) => {
      const room = roomId === undefined ? undefined : this.#rooms.get(roomId)
      this.#emit('extensionResponse', {
        cmd: command,
        params,
        ...(room && { room }),
        ...(packetId === undefined ? {} : { packetId }),
      })
    },
  }

  #login({ userId, userName, privilegeId, rooms, zoneName, params }: Fields<'Login'>): void {
    this.clear()
    const user = new User({ id: userId, name: userName, privilegeId }, true)
    this.mySelf = user
    this.#users.set(userId, user)
    for (const row of rooms) {
      this.#groups.add(row.groupId)
      this.#addRoom(row)
    }
    this.#emit('login', { user, zone: zoneName, data: params })
  }

  #joined({ room: row, users }: Fields<'JoinRoom'>): void {
    const room = this.#addRoom(row)
    room.isJoined = true
    room.clear()
    for (const user of users) room.put(this.#member(user), user.playerId)
    this.#joinedRooms = [...this.#joinedRooms.filter(other => other !== room), room]
    this.#forgetStrangers()
    this.#emit('roomJoin', { room })
  }

  #roomLost(roomId: number): void {
    this.#withRoom(roomId, room => {
      this.#rooms.delete(roomId)
      this.#leave(room)
      this.#emit('roomRemove', { room })
    })
  }

  #entered({ roomId, user: row }: Fields<'UserEnterRoom'>): void {
    this.#withRoom(roomId, room => {
      if (!room.isJoined) return
      const user = this.#member(row)
      room.put(user, row.playerId)
      this.#emit('userEnterRoom', { user, room })
    })
  }

  #exited({ roomId, userId }: Fields<'UserExitRoom'>): void {
    this.#withMember({ roomId, userId }, (room, user) => {
      if (user.isItMe) this.#leave(room)
      else {
        room.remove(user)
        this.#forgetStrangers()
      }
      this.#emit('userExitRoom', { user, room })
    })
  }

  #userLost(userId: number): void {
    const user = this.#users.get(userId)
    if (user === undefined) return
    const rooms = this.#joinedRooms.filter(room => room.remove(user))
    this.#users.delete(userId)
    for (const room of rooms) this.#emit('userExitRoom', { user, room })
  }

  #counted({ roomId, userCount, spectatorCount = 0 }: Fields<'UserCountChange'>): void {
    this.#withRoom(roomId, room => {
      room.userCount = userCount
      room.spectatorCount = spectatorCount
      this.#emit('userCountChange', { room, uCount: userCount, sCount: spectatorCount })
    })
  }

  #renamed({ roomId, name }: Fields<'ChangeRoomName'>): void {
    this.#withRoom(roomId, room => {
      const oldName = room.name
      room.name = name
      this.#emit('roomNameChange', { room, oldName })
    })
  }

  #unsubscribed(groupId: string): void {
    this.#groups.delete(groupId)
    for (const room of this.rooms) {
      if (room.groupId === groupId && !room.isJoined) this.#rooms.delete(room.id)
    }
    this.#emit('roomGroupUnsubscribe', { groupId })
  }

  #moderated(
    name: 'moderatorMessage' | 'adminMessage',
    { sender, message, params }: Fields<'ModeratorMessage'>,
  ): void {
    this.#emit(name, { sender: this.#stranger(sender), message, data: params })
  }

  /** The room that a row tells of: the one that is known already, brought up to date, or a new one. */
  #addRoom(row: RoomRow): Room {
    let room = this.#rooms.get(row.id)
    if (room === undefined) {
      room = new Room(row)
      this.#rooms.set(row.id, room)
    } else room.update(row)
    return room
  }

  /** Rooms that are found are copies, unless this client knows them. */
  #found(row: RoomRow): Room {
    return this.#rooms.get(row.id) ?? new Room(row)
  }

  /** A user who may not share a room with this client, and is not kept. */
  #stranger(row: UserRow): User {
    const known = this.#users.get(row.id)
    if (known !== undefined) return known
    const user = new User(row, false)
    user.variables.apply(row.variables)
    return user
  }

  /** A user who shares a room with this client. */
  #member(row: UserRow): User {
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

  /** This client is out of a room. */
  #leave(room: Room): void {
    room.isJoined = false
    room.clear()
    this.#joinedRooms = this.#joinedRooms.filter(other => other !== room)
    if (!this.#groups.has(room.groupId)) this.#rooms.delete(room.id)
    this.#forgetStrangers()
  }

  #forgetStrangers(): void {
    for (const user of this.#users.values()) {
      if (!user.isItMe && !this.#joinedRooms.some(room => room.has(user))) this.#users.delete(user.id)
    }
  }

  #withRoom(id: number, work: (room: Room) => void): void {
    const room = this.#rooms.get(id)
    if (room !== undefined) work(room)
  }

  #withMember(
    { roomId, userId }: { readonly roomId: number; readonly userId: number },
    work: (room: Room, user: User) => void,
  ): void {
    const room = this.#rooms.get(roomId)
    const user = this.#users.get(userId)
    if (room !== undefined && user !== undefined) work(room, user)
  }
}
