import type {
  SeenBuddy,
  SeenInvitation,
  SeenItem,
  SeenMap,
  SeenRoom,
  SeenUser,
  SeenVariable,
  WireObject,
} from '../clients/client-api.ts'

/** An error as the official client tells it. */
export interface OfficialError {
  readonly errorMessage: string
  readonly errorCode: number
}

/** Nothing comes with it. */
export type NoDetails = Readonly<Record<string, never>>

/** The events of the official client, and of Warren's, that tests wait for, with what comes along. */
export interface OfficialEvents {
  connection: { readonly success: boolean } & Partial<OfficialError>
  connectionLost: { readonly reason: string }
  login: { readonly user: SeenUser; readonly zone: string; readonly data: WireObject | null }
  loginError: OfficialError
  logout: NoDetails
  roomJoin: { readonly room: SeenRoom }
  roomJoinError: OfficialError
  userEnterRoom: { readonly user: SeenUser; readonly room: SeenRoom }
  userExitRoom: { readonly user: SeenUser; readonly room: SeenRoom }
  userCountChange: { readonly room: SeenRoom; readonly uCount: number; readonly sCount: number }
  publicMessage: MessageEvent & { readonly room: SeenRoom }
  privateMessage: MessageEvent
  objectMessage: { readonly sender: SeenUser; readonly message: WireObject; readonly data: WireObject | null }
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
  userVariablesUpdate: { readonly user: SeenUser; readonly changedVars: readonly string[] }
  roomGroupSubscribe: { readonly groupId: string; readonly newRooms: readonly SeenRoom[] }
  roomGroupSubscribeError: OfficialError
  roomGroupUnsubscribe: { readonly groupId: string }
  roomGroupUnsubscribeError: OfficialError
  spectatorToPlayer: RoomEvent & { readonly user: SeenUser; readonly playerId: number }
  spectatorToPlayerError: OfficialError
  playerToSpectator: RoomEvent & { readonly user: SeenUser }
  playerToSpectatorError: OfficialError
  roomFindResult: { readonly rooms: readonly SeenRoom[] }
  userFindResult: { readonly users: readonly SeenUser[] }
  proximityListUpdate: {
    readonly room: SeenMap
    readonly addedUsers: readonly SeenUser[]
    readonly removedUsers: readonly SeenUser[]
    readonly addedItems: readonly SeenItem[]
    readonly removedItems: readonly SeenItem[]
  }
  mmoItemVariablesUpdate: {
    readonly room: SeenMap
    readonly mmoItem: SeenItem
    readonly changedVars: readonly string[]
  }
  invitation: { readonly invitation: SeenInvitation }
  invitationReply: { readonly invitee: SeenUser; readonly reply: number; readonly data: WireObject | null }
  invitationReplyError: OfficialError
  buddyListInit: { readonly buddyList: readonly SeenBuddy[]; readonly myVariables: readonly SeenVariable[] }
  buddyAdd: BuddyEvent
  buddyRemove: BuddyEvent
  buddyBlock: BuddyEvent
  buddyOnlineStateChange: BuddyOrMe
  buddyVariablesUpdate: BuddyOrMe & { readonly changedVars: readonly string[] }
  buddyMessage: BuddyOrMe & { readonly message: string; readonly data: WireObject | null }
  buddyError: OfficialError
  extensionResponse: { readonly cmd: string; readonly params: WireObject; readonly room?: SeenRoom }
  pingPong: { readonly lagValue: number }
}

interface RoomEvent {
  readonly room: SeenRoom
}

interface BuddyEvent {
  readonly buddy: SeenBuddy
}

interface BuddyOrMe {
  readonly isItMe: boolean
  readonly buddy: SeenBuddy | null | undefined
}

interface MessageEvent {
  readonly sender: SeenUser
  readonly message: string
  readonly data: WireObject | null
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
  'invitation',
  'invitationReply',
  'invitationReplyError',
  'buddyListInit',
  'buddyAdd',
  'buddyRemove',
  'buddyBlock',
  'buddyOnlineStateChange',
  'buddyVariablesUpdate',
  'buddyMessage',
  'buddyError',
  'extensionResponse',
  'pingPong',
]
