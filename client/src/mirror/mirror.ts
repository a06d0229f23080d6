import type { RoomRow, ServerMessage, UserRow } from '@warren/codec'
import type { SFSEventName, SFSEvents } from '../events.ts'
import { Room } from './room.ts'
import { User } from './user.ts'

/** Takes the events that a message of the server makes. */
export type Emit = <N extends SFSEventName>(name: N, event: SFSEvents[N]) => void

type Fields<N extends ServerMessage['name']> = Extract<ServerMessage, { name: N }>['fields']

/**
 * What the client knows of rooms and users, kept up to date by what the server says. A room is known while its group
 * is subscribed or the client is in it; a user while he shares a room with the client.
 */
export class Mirror {
  mySelf: User | undefined
  lastJoinedRoom: Room | undefined
  readonly #emit: Emit
  readonly #rooms = new Map<number, Room>()
  readonly #users = new Map<number, User>()
  readonly #groups = new Set<string>()

  constructor(emit: Emit) {
    this.#emit = emit
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
    this.lastJoinedRoom = undefined
    this.#rooms.clear()
    this.#users.clear()
    this.#groups.clear()
  }

  /** Takes over what the server says, then tells of it. Messages that are no news of rooms or users are passed over. */
  take(message: ServerMessage): void {
    switch (message.name) {
      case 'Login':
        return this.#login(message.fields)
      case 'Logout':
        this.clear()
        return this.#emit('logout', {})
      case 'JoinRoom':
        return this.#joined(message.fields)
      case 'CreateRoom':
        return this.#emit('roomAdd', { room: this.#addRoom(message.fields.room) })
      case 'RoomLost':
        return this.#roomLost(message.fields.roomId)
      case 'UserEnterRoom':
        return this.#entered(message.fields)
      case 'UserExitRoom':
        return this.#exited(message.fields)
      case 'UserLost':
        return this.#userLost(message.fields.userId)
      case 'UserCountChange':
        return this.#counted(message.fields)
      case 'ChangeRoomName':
        return this.#renamed(message.fields)
      case 'ChangeRoomPassword':
        return this.#withRoom(message.fields.roomId, room => {
          room.isPasswordProtected = message.fields.isProtected
          this.#emit('roomPasswordStateChange', { room })
        })
      case 'ChangeRoomCapacity':
        return this.#withRoom(message.fields.roomId, room => {
          room.maxUsers = message.fields.maxUsers
          room.maxSpectators = message.fields.maxSpectators
          this.#emit('roomCapacityChange', { room })
        })
      case 'SetRoomVariables':
        return this.#withRoom(message.fields.roomId, room => {
          this.#emit('roomVariablesUpdate', {
            room,
            changedVars: room.variables.apply(message.fields.variables),
          })
        })
      case 'SetUserVariables':
        return this.#withUser(message.fields.userId, user => {
          this.#emit('userVariablesUpdate', {
            user,
            changedVars: user.variables.apply(message.fields.variables),
          })
        })
      case 'SpectatorToPlayer':
        return this.#withMember(message.fields, (room, user) => {
          room.put(user, message.fields.playerId)
          this.#emit('spectatorToPlayer', { room, user, playerId: message.fields.playerId })
        })
      case 'PlayerToSpectator':
        return this.#withMember(message.fields, (room, user) => {
          room.put(user, -1)
          this.#emit('playerToSpectator', { room, user })
        })
      case 'SubscribeRoomGroup': {
        const { groupId, rooms } = message.fields
        this.#groups.add(groupId)
        return this.#emit('roomGroupSubscribe', { groupId, newRooms: rooms.map(row => this.#addRoom(row)) })
      }
      case 'UnsubscribeRoomGroup':
        return this.#unsubscribed(message.fields.groupId)
      case 'FindRooms':
        return this.#emit('roomFindResult', { rooms: message.fields.rooms.map(row => this.#found(row)) })
      case 'FindUsers':
        return this.#emit('userFindResult', { users: message.fields.users.map(row => this.#stranger(row)) })
      case 'PublicMessage':
        return this.#publicMessage(message.fields)
      case 'PrivateMessage':
        return this.#privateMessage(message.fields)
      case 'ModeratorMessage':
      case 'AdminMessage': {
        const { sender, message: text, params } = message.fields
        const name = message.name === 'AdminMessage' ? 'adminMessage' : 'moderatorMessage'
        return this.#emit(name, { sender: this.#stranger(sender), message: text, data: params })
      }
      case 'ObjectMessage': {
        const { roomId, userId, params } = message.fields
        return this.#withMember({ roomId, userId }, (room, sender) =>
          this.#emit('objectMessage', { room, sender, message: params }),
        )
      }
      case 'ExtensionResponse': {
        const { command, params, roomId } = message.fields
        const room = roomId === undefined ? undefined : this.#rooms.get(roomId)
        return this.#emit('extensionResponse', {
          cmd: command,
          params,
          ...(room === undefined ? {} : { room }),
        })
      }
    }
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
    const known = this.#rooms.get(row.id)
    const room = known ?? this.#addRoom(row)
    room.isJoined = true
    room.variables.replace(row.variables)
    room.userCount = row.userCount
    room.spectatorCount = row.spectatorCount ?? 0
    room.clear()
    for (const user of users) room.put(this.#member(user), user.playerId)
    this.lastJoinedRoom = room
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
    const rooms = this.rooms.filter(room => room.remove(user))
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

  #publicMessage({ roomId, userId, message, params }: Fields<'PublicMessage'>): void {
    this.#withMember({ roomId, userId }, (room, sender) =>
      this.#emit('publicMessage', { room, sender, message, data: params }),
    )
  }

  #privateMessage({ userId, sender: row, message, params }: Fields<'PrivateMessage'>): void {
    const sender = this.#users.get(userId) ?? (row && this.#stranger(row))
    if (sender !== undefined) this.#emit('privateMessage', { sender, message, data: params })
  }

  #addRoom(row: RoomRow): Room {
    const room = new Room(row)
    this.#rooms.set(row.id, room)
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
    if (this.lastJoinedRoom === room) this.lastJoinedRoom = this.rooms.findLast(({ isJoined }) => isJoined)
    if (!this.#groups.has(room.groupId)) this.#rooms.delete(room.id)
    this.#forgetStrangers()
  }

  #forgetStrangers(): void {
    const rooms = this.rooms
    for (const user of this.#users.values()) {
      if (!user.isItMe && !rooms.some(room => room.has(user))) this.#users.delete(user.id)
    }
  }

  #withRoom(id: number, work: (room: Room) => void): void {
    const room = this.#rooms.get(id)
    if (room !== undefined) work(room)
  }

  #withUser(id: number, work: (user: User) => void): void {
    const user = this.#users.get(id)
    if (user !== undefined) work(user)
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
