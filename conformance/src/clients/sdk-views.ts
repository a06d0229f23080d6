import type { Buddy, BuddyList, MMOItem, Room, SmartFox, User, Variables, Vec3 } from '@warren/client'
import type {
  SeenBuddies,
  SeenBuddy,
  SeenClient,
  SeenItem,
  SeenMap,
  SeenPlace,
  SeenRoom,
  SeenUser,
  SeenVariable,
} from './client-api.ts'

/** Warren's client behind the names of the official one, and back. Each thing has one view, so that they compare. */
export class SdkViews {
  readonly #sfs: SmartFox
  readonly #rooms = new Map<Room, SeenRoom>()
  readonly #users = new Map<User, SeenUser>()
  readonly #buddies = new Map<Buddy, SeenBuddy>()

  constructor(sfs: SmartFox) {
    this.#sfs = sfs
  }

  room(room: Room): SeenRoom {
    const known = this.#rooms.get(room)
    if (known !== undefined) return known
    const view: SeenRoom = {
      ...this.#mapOf(room),
      get id() {
        return room.id
      },
      get name() {
        return room.name
      },
      get groupId() {
        return room.groupId
      },
      get isGame() {
        return room.isGame
      },
      get isHidden() {
        return room.isHidden
      },
      get isJoined() {
        return room.isJoined
      },
      get isPasswordProtected() {
        return room.isPasswordProtected
      },
      get maxUsers() {
        return room.maxUsers
      },
      get maxSpectators() {
        return room.maxSpectators
      },
      get userCount() {
        return room.userCount
      },
      getUserList: () => room.users.map(user => this.user(user)),
      getUserByName: name => this.user(room.user(name) as User),
      ...variablesOf(room),
    }
    this.#rooms.set(room, view)
    return view
  }

  user(user: User): SeenUser {
    const known = this.#users.get(user)
    if (known !== undefined) return known
    const { id, name, isItMe, privilegeId } = user
    const view: SeenUser = {
      id,
      name,
      isItMe,
      privilegeId,
      get aoiEntryPoint() {
        return placeOf(user.aoiEntryPoint)
      },
      getPlayerId: room => this.playerId(user, room),
      isPlayerInRoom: room => this.playerId(user, room) > 0,
      isSpectatorInRoom: room => this.playerId(user, room) < 0,
      ...variablesOf(user),
    }
    this.#users.set(user, view)
    return view
  }

  buddy(buddy: Buddy): SeenBuddy {
    const known = this.#buddies.get(buddy)
    if (known !== undefined) return known
    const view: SeenBuddy = {
      name: buddy.name,
      get id() {
        return buddy.id
      },
      get isBlocked() {
        return buddy.isBlocked
      },
      get isTemp() {
        return buddy.isTemporary
      },
      get isOnline() {
        return buddy.isOnline
      },
      // The official client's types promise a text as well.
      get nickName() {
        return buddy.nickname as string
      },
      get state() {
        return buddy.state as string
      },
      ...variablesOf(buddy),
    }
    this.#buddies.set(buddy, view)
    return view
  }

  item(item: MMOItem): SeenItem {
    return { id: item.id, aoiEntryPoint: placeOf(item.aoiEntryPoint), ...variablesOf(item) }
  }

  client(): SeenClient {
    const sfs = this.#sfs
    const views = this
    return {
      get version() {
        return sfs.version
      },
      get isConnected() {
        return sfs.isConnected
      },
      get sessionToken() {
        return sfs.sessionToken
      },
      get maxMessageSize() {
        return sfs.maxMessageSize
      },
      get mySelf() {
        return views.user(sfs.mySelf as User)
      },
      get lastJoinedRoom() {
        return sfs.lastJoinedRoom === undefined ? null : views.room(sfs.lastJoinedRoom)
      },
      buddyManager: this.#buddyManager(),
      roomManager: { getRoomList: () => sfs.rooms.map(room => views.room(room)) },
      // The official client's types promise a room as well.
      getRoomByName: name => this.#seen(sfs.room(name)) as SeenRoom,
      getJoinedRooms: () => sfs.joinedRooms.map(room => views.room(room)),
      enableLagMonitor: (isOn, seconds, samples) => sfs.enableLagMonitor(isOn, seconds, samples),
      disconnect: () => sfs.disconnect(),
      killConnection: () => sfs.killConnection(),
    }
  }

  /** What comes with an event, with views for rooms and users. */
  details(event: object): object {
    return Object.fromEntries(
      Object.entries(event).map(([key, value]) => [
        key,
        Array.isArray(value) ? value.map(one => this.#seen(one)) : this.#seen(value),
      ]),
    )
  }

  private playerId(user: User, { id }: SeenRoom): number {
    return this.#sfs.room(id)?.playerIdOf(user) ?? 0
  }

  #buddyManager(): SeenBuddies {
    const list = () => this.#sfs.buddyList as BuddyList
    const seen = (buddies: readonly Buddy[]) => buddies.map(buddy => this.buddy(buddy))
    return {
      containsBuddy: name => list().find(name) !== undefined,
      // The official client's types promise a buddy as well.
      getBuddyByName: name => this.#seen(list().find(name)) as SeenBuddy,
      getBuddyById: id => this.#seen(list().find(id)) as SeenBuddy,
      getOnlineBuddies: () => seen(list().online),
      getOfflineBuddies: () => seen(list().offline),
      getBuddyStates: () => [...list().states],
      getMyOnlineState: () => list().isOnline,
      getMyNickName: () => list().nickname as string,
      getMyState: () => list().state as string,
      getMyVariable: name => ({ value: list().variables.get(name) }),
    }
  }

  /** What only rooms with a map have. */
  #mapOf(room: Room): Partial<SeenMap> {
    const defaultAOI = placeOf(room.defaultAOI)
    if (defaultAOI === null) return {}
    return {
      defaultAOI,
      lowerMapLimit: placeOf(room.lowerMapLimit),
      higherMapLimit: placeOf(room.higherMapLimit),
      getMMOItem: id => this.#seen(room.item(id)) as SeenItem | undefined,
      getMMOItems: () => room.items.map(item => this.item(item)),
    }
  }

  #seen(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    if ('inviter' in value) return { ...value, inviter: this.#seen(value.inviter) }
    if ('isBlocked' in value) return this.buddy(value as Buddy)
    if ('groupId' in value) return this.room(value as Room)
    if ('privilegeId' in value) return this.user(value as User)
    return 'aoiEntryPoint' in value ? this.item(value as MMOItem) : value
  }
}

function placeOf(place: Vec3 | undefined): SeenPlace | null {
  return place === undefined ? null : { px: place.x, py: place.y, pz: place.z }
}

function variablesOf({ variables }: { readonly variables: Variables }): {
  getVariable(name: string): SeenVariable
  containsVariable(name: string): boolean
} {
  return {
    getVariable: name => ({ value: variables.get(name) }),
    containsVariable: name => variables.has(name),
  }
}
