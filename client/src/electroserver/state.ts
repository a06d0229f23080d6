import type { Es3MessageFields } from '@warren/codec/es3'
import {
  type RoomObject,
  roomObject,
  type StringVariables,
  type UserObject,
  userObject,
  variablesOf,
  type ZoneObject,
} from './model.ts'

type ZoneRow = Es3MessageFields<'RoomList'>

/** What the server has told so far: the zone, its rooms, the room and its users. */
export class ServerState {
  zoneName = ''
  userCount = 0
  rooms: readonly RoomObject[] = []
  users: readonly UserObject[] = []
  roomVariables: StringVariables = {}
  /** Name of one's own room. */
  roomName: string | undefined = undefined
  /** Name of the room that one wants to be in. */
  wantedRoom: string | undefined = undefined

  /** The zone as the class shows it. */
  get zone(): ZoneObject {
    return {
      name: this.zoneName,
      numUsers: this.userCount,
      rooms: this.rooms,
      users: this.users,
      myRoom: this.room,
    }
  }

  /** One's own room. */
  get room(): RoomObject | undefined {
    return this.roomName === undefined ? undefined : this.rooms.find(({ label }) => label === this.roomName)
  }

  user(name: string): UserObject | undefined {
    return this.users.find(({ label }) => label === name)
  }

  /** The user entered a zone. Users stay until he is in a room of it. */
  enterZone(row: ZoneRow): void {
    this.zoneName = row.zone
    this.userCount = row.userCount
    this.rooms = row.rooms.map(roomObject)
  }

  /** A room that is new, or that changed; keeps its place in the list. */
  putRoom(room: RoomObject): void {
    const isKnown = this.rooms.some(({ label }) => label === room.label)
    this.rooms = isKnown
      ? this.rooms.map(known => (known.label === room.label ? room : known))
      : [...this.rooms, room]
  }

  /** A room that is gone. One's own stays, unless one is on the way to another. */
  dropRoom(name: string): boolean {
    if (name === this.roomName && this.wantedRoom === undefined) return false
    this.rooms = this.rooms.filter(({ label }) => label !== name)
    return true
  }

  enterRoom({ users, roomVariables }: Es3MessageFields<'RoomJoined'>): void {
    this.roomName = this.wantedRoom ?? this.roomName
    this.wantedRoom = undefined
    this.users = users.map(userObject)
    this.roomVariables = variablesOf(roomVariables)
  }

  addUser({ userName: name, ...row }: Es3MessageFields<'UserJoined'>): void {
    this.users = [...this.users.filter(({ label }) => label !== name), userObject({ name, ...row })]
  }

  removeUser(name: string): void {
    this.users = this.users.filter(({ label }) => label !== name)
  }

  renumber(rows: Es3MessageFields<'UsersRenumbered'>['users']): void {
    const numbers = new Map(rows.map(({ name, number }) => [name, number]))
    this.users = this.users.map(({ AssignedNumber: _old, ...user }) => {
      const number = numbers.get(user.label)
      return number === undefined
        ? { ...user, isGameMaster: false }
        : { ...user, AssignedNumber: { value: number }, isGameMaster: number === 0 }
    })
  }

  setRoomVariable(name: string, data: string | undefined): void {
    this.roomVariables = withVariable(this.roomVariables, name, data)
  }

  /** Sets a variable of a user in the room. @returns the user as he is now, and whether he had it before */
  setUserVariable(
    userName: string,
    name: string,
    data: string | undefined,
  ): { user: UserObject; hadIt: boolean } | undefined {
    const known = this.user(userName)
    if (known === undefined) return undefined
    const user = { ...known, userVariables: withVariable(known.userVariables, name, data) }
    this.users = this.users.map(other => (other === known ? user : other))
    return { user, hadIt: Object.hasOwn(known.userVariables, name) }
  }
}

function withVariable(variables: StringVariables, name: string, data: string | undefined): StringVariables {
  const others = Object.entries(variables).filter(([key]) => key !== name)
  return Object.fromEntries(data === undefined ? others : [...others, [name, data]])
}
