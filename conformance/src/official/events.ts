import type { MMOItem, MMORoom, SFSArray, SFSObject, SFSRoom, SFSUser } from 'sfs2x-api'

/** An error as the official client tells it. */
export interface OfficialError {
  readonly errorMessage: string
  readonly errorCode: number
}

/** Nothing comes with it. */
export type NoDetails = Readonly<Record<string, never>>

/** The events of the official client that tests wait for, with what comes along. */
export interface OfficialEvents {
  connection: { readonly success: boolean } & Partial<OfficialError>
  connectionLost: { readonly reason: string }
  login: { readonly user: SFSUser; readonly zone: string; readonly data: SFSObject | null }
  loginError: OfficialError
  logout: NoDetails
  roomJoin: { readonly room: SFSRoom }
  roomJoinError: OfficialError
  userEnterRoom: { readonly user: SFSUser; readonly room: SFSRoom }
  userExitRoom: { readonly user: SFSUser; readonly room: SFSRoom }
  userCountChange: { readonly room: SFSRoom; readonly uCount: number; readonly sCount: number }
  publicMessage: MessageEvent & { readonly room: SFSRoom }
  privateMessage: MessageEvent
  objectMessage: { readonly sender: SFSUser; readonly message: SFSObject; readonly data: SFSObject | null }
  moderatorMessage: MessageEvent
  adminMessage: MessageEvent
  roomAdd: RoomEvent
  roomRemove: RoomEvent
  roomCreationError: OfficialError
  roomNameChange: RoomEvent & { readonly oldName: string }
  roomNameChangeError: OfficialError
  roomPasswordStateChange: RoomEvent
  roomPasswordStateChangeError: OfficialError
  roomCapacityChange: RoomEvent
  roomCapacityChangeError: OfficialError
  roomVariablesUpdate: RoomEvent & { readonly changedVars: readonly string[] }
  userVariablesUpdate: { readonly user: SFSUser; readonly changedVars: readonly string[] }
  roomGroupSubscribe: { readonly groupId: string; readonly newRooms: readonly SFSRoom[] }
  roomGroupSubscribeError: OfficialError
  roomGroupUnsubscribe: { readonly groupId: string }
  roomGroupUnsubscribeError: OfficialError
  spectatorToPlayer: RoomEvent & { readonly user: SFSUser; readonly playerId: number }
  spectatorToPlayerError: OfficialError
  playerToSpectator: RoomEvent & { readonly user: SFSUser }
  playerToSpectatorError: OfficialError
  roomFindResult: { readonly rooms: readonly SFSRoom[] }
  userFindResult: { readonly users: readonly SFSUser[] }
  proximityListUpdate: {
    readonly room: MMORoom
    readonly addedUsers: readonly SFSUser[]
    readonly removedUsers: readonly SFSUser[]
    readonly addedItems: readonly MMOItem[]
    readonly removedItems: readonly MMOItem[]
  }
  mmoItemVariablesUpdate: {
    readonly room: MMORoom
    readonly mmoItem: MMOItem
    readonly changedVars: readonly string[]
  }
  extensionResponse: { readonly cmd: string; readonly params: SFSObject | SFSArray; readonly room?: SFSRoom }
  pingPong: { readonly lagValue: number }
}

interface RoomEvent {
  readonly room: SFSRoom
}

interface MessageEvent {
  readonly sender: SFSUser
  readonly message: string
  readonly data: SFSObject | null
}

/** The name of one of those events. */
export type OfficialEventName = keyof OfficialEvents

/** All of them: what a test's client listens to. */
export const OFFICIAL_EVENTS: readonly OfficialEventName[] = [
  'connection',
  'connectionLost',
  'login',
  'loginError',
  'logout',
  'roomJoin',
  'roomJoinError',
  'userEnterRoom',
  'userExitRoom',
  'userCountChange',
  'publicMessage',
  'privateMessage',
  'objectMessage',
  'moderatorMessage',
  'adminMessage',
  'roomAdd',
  'roomRemove',
  'roomCreationError',
  'roomNameChange',
  'roomNameChangeError',
  'roomPasswordStateChange',
  'roomPasswordStateChangeError',
  'roomCapacityChange',
  'roomCapacityChangeError',
  'roomVariablesUpdate',
  'userVariablesUpdate',
  'roomGroupSubscribe',
  'roomGroupSubscribeError',
  'roomGroupUnsubscribe',
  'roomGroupUnsubscribeError',
  'spectatorToPlayer',
  'spectatorToPlayerError',
  'playerToSpectator',
  'playerToSpectatorError',
  'roomFindResult',
  'userFindResult',
  'proximityListUpdate',
  'mmoItemVariablesUpdate',
  'extensionResponse',
  'pingPong',
]
