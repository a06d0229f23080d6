/** A variable, as tests look at it. */
export interface SeenVariable {
  readonly value: unknown
}

/** A place, as tests look at it. */
export interface SeenPlace {
  readonly px: number
  readonly py: number
  readonly pz: number
}

/** An item on a map, as tests look at it. */
export interface SeenItem {
  readonly id: number
  readonly aoiEntryPoint: SeenPlace | null
  getVariable(name: string): SeenVariable
  containsVariable(name: string): boolean
}

/** A user, as tests look at him. */
export interface SeenUser {
  readonly id: number
  readonly name: string
  readonly isItMe: boolean
  readonly privilegeId: number
  readonly aoiEntryPoint: SeenPlace | null
  getVariable(name: string): SeenVariable
  containsVariable(name: string): boolean
  getPlayerId(room: SeenRoom): number
  isPlayerInRoom(room: SeenRoom): boolean
  isSpectatorInRoom(room: SeenRoom): boolean
}

/** A buddy, as tests look at him. */
export interface SeenBuddy {
  readonly id: number
  readonly name: string
  readonly isBlocked: boolean
  readonly isTemp: boolean
  readonly isOnline: boolean
  readonly nickName: string
  readonly state: string
  getVariable(name: string): SeenVariable
  containsVariable(name: string): boolean
}

/** A buddy list, as tests look at it. */
export interface SeenBuddies {
  containsBuddy(name: string): boolean
  getBuddyByName(name: string): SeenBuddy
  getBuddyById(id: number): SeenBuddy
  getOnlineBuddies(): SeenBuddy[]
  getOfflineBuddies(): SeenBuddy[]
  getBuddyStates(): string[]
  getMyOnlineState(): boolean
  getMyNickName(): string
  getMyState(): string
  getMyVariable(name: string): SeenVariable
}

/** An invitation, as tests look at it. */
export interface SeenInvitation {
  readonly id: number
  readonly inviter: SeenUser
  readonly secondsForAnswer: number
  readonly params: WireObject | null
}

/** A room, as tests look at it. */
export interface SeenRoom {
  readonly id: number
  readonly name: string
  readonly groupId: string
  readonly isGame: boolean
  readonly isHidden: boolean
  readonly isJoined: boolean
  readonly isPasswordProtected: boolean
  readonly maxUsers: number
  readonly maxSpectators: number
  readonly userCount: number
  getUserList(): SeenUser[]
  getUserByName(name: string): SeenUser
  getVariable(name: string): SeenVariable
  containsVariable(name: string): boolean
}

/** A room with a map, as tests look at it. */
export interface SeenMap extends SeenRoom {
  readonly defaultAOI: SeenPlace
  readonly lowerMapLimit: SeenPlace | null
  readonly higherMapLimit: SeenPlace | null
  getMMOItem(id: number): SeenItem | undefined
  getMMOItems(): SeenItem[]
}

/** Values on the wire: the object that each client has for them. */
export interface WireObject {
  putInt(key: string, value: number): unknown
  putUtfString(key: string, value: string): unknown
  getInt(key: string): number
  getUtfString(key: string): string
}

/** A client's main object, as tests look at it. */
export interface SeenClient {
  readonly version: string
  readonly isConnected: boolean
  readonly sessionToken: string
  readonly maxMessageSize: number
  readonly mySelf: SeenUser
  readonly lastJoinedRoom: SeenRoom | null
  readonly buddyManager: SeenBuddies
  readonly roomManager: { getRoomList(): SeenRoom[] }
  getRoomByName(name: string): SeenRoom
  getJoinedRooms(): SeenRoom[]
  enableLagMonitor(isOn: boolean, seconds?: number, samples?: number): void
  disconnect(): void
  killConnection(): void
}

/** A request of either client; made by its own classes. */
export type SeenRequest = object

type RequestOf<Args extends readonly unknown[]> = new (...args: Args) => SeenRequest

/** A variable that is set. */
export interface NewVariable {
  isPrivate: boolean
}

/** What a room allows. */
export interface NewPermissions {
  allowNameChange: boolean
  allowPasswordStateChange: boolean
  allowPublicMessages: boolean
  allowResizing: boolean
}

/** What members of a room are told of. */
export interface NewEvents {
  allowUserEnter: boolean
  allowUserExit: boolean
  allowUserCountChange: boolean
  allowUserVariablesUpdate: boolean
}

/** An extension of a room. */
export interface NewExtension {
  propertiesFile: string
}

/** A room that is made. */
export interface NewRoom {
  groupId: string
  isGame: boolean
  maxUsers: number
  maxSpectators: number
  maxVariables: number
  password: string
  variables: NewVariable[]
  permissions: NewPermissions
  events: NewEvents
  extension: NewExtension
}

/** A room with a map that is made. */
export interface NewMap extends NewRoom {
  mapLimits: object
  userMaxLimboSeconds: number
  proximityListUpdateMillis: number
  sendAOIEntryPoint: boolean
}

/** A game that is made. */
export interface NewGame extends NewRoom {
  isPublic: boolean
  minPlayersToStartGame: number
  notifyGameStarted: boolean
  leaveLastJoinedRoom: boolean
  invitationExpiryTime: number
  invitedPlayers: SeenUser[]
  playerMatchExpression: Conditions
  spectatorMatchExpression: Conditions
  searchableRooms: string[]
  invitationParams: WireObject
}

/** How a property is compared. */
export type Matcher = object | string

/** Conditions that rooms or users must meet. */
export interface Conditions {
  and(name: string, matcher: Matcher, value: boolean | number | string): Conditions
  or(name: string, matcher: Matcher, value: boolean | number | string): Conditions
}

/** Whom a moderator speaks to. */
export type AudienceOf = new (mode: number, target: SeenUser | SeenRoom | string | null) => object

/** The classes of a client that tests use, under the names that the official client gives them. */
export interface ClientApi {
  readonly SFSObject: new () => WireObject
  readonly LoginRequest: RequestOf<[userName: string, password?: string, params?: WireObject, zone?: string]>
  readonly LogoutRequest: RequestOf<[]>
  readonly JoinRoomRequest: RequestOf<
    [room: SeenRoom | string, password?: string, roomIdToLeave?: number, asSpectator?: boolean]
  >
  readonly LeaveRoomRequest: RequestOf<[room?: SeenRoom]>
  readonly CreateRoomRequest: RequestOf<[settings: NewRoom, autoJoin?: boolean, roomToLeave?: SeenRoom]>
  readonly ChangeRoomNameRequest: RequestOf<[room: SeenRoom, name: string]>
  readonly ChangeRoomPasswordStateRequest: RequestOf<[room: SeenRoom, password: string]>
  readonly ChangeRoomCapacityRequest: RequestOf<[room: SeenRoom, maxUsers: number, maxSpectators: number]>
  readonly SpectatorToPlayerRequest: RequestOf<[room?: SeenRoom]>
  readonly PlayerToSpectatorRequest: RequestOf<[room?: SeenRoom]>
  readonly SubscribeRoomGroupRequest: RequestOf<[groupId: string]>
  readonly UnsubscribeRoomGroupRequest: RequestOf<[groupId: string]>
  readonly PublicMessageRequest: RequestOf<[message: string, params?: WireObject, room?: SeenRoom]>
  readonly PrivateMessageRequest: RequestOf<[message: string, recipientId: number, params?: WireObject]>
  readonly ObjectMessageRequest: RequestOf<[object: WireObject, room?: SeenRoom, recipients?: SeenUser[]]>
  readonly ModeratorMessageRequest: RequestOf<[message: string, audience: object]>
  readonly AdminMessageRequest: RequestOf<[message: string, audience: object]>
  readonly KickUserRequest: RequestOf<[userId: number, message: string, delaySeconds: number]>
  readonly BanUserRequest: RequestOf<
    [userId: number, message: string, mode: number, delaySeconds: number, hours: number]
  >
  readonly SetRoomVariablesRequest: RequestOf<[variables: NewVariable[], room?: SeenRoom]>
  readonly SetUserVariablesRequest: RequestOf<[variables: NewVariable[]]>
  readonly FindRoomsRequest: RequestOf<[conditions: Conditions, groupId?: string, limit?: number]>
  readonly FindUsersRequest: RequestOf<[conditions: Conditions, target?: SeenRoom | string, limit?: number]>
  readonly QuickJoinOrCreateRoomRequest: RequestOf<
    [conditions: Conditions, groups: string[], settings: NewRoom, roomToLeave?: SeenRoom]
  >
  readonly CreateSFSGameRequest: RequestOf<[settings: NewGame]>
  readonly QuickJoinGameRequest: RequestOf<
    [conditions: Conditions, whereToSearch: string[] | SeenRoom[], roomToLeave?: SeenRoom]
  >
  readonly InviteUsersRequest: RequestOf<[invited: SeenUser[], seconds: number, params?: WireObject]>
  readonly InvitationReplyRequest: RequestOf<[invitation: SeenInvitation, reply: number, params?: WireObject]>
  readonly JoinRoomInvitationRequest: RequestOf<
    [room: SeenRoom, userNames: string[], params?: WireObject, seconds?: number, asSpectator?: boolean]
  >
  readonly InitBuddyListRequest: RequestOf<[]>
  readonly AddBuddyRequest: RequestOf<[name: string]>
  readonly BlockBuddyRequest: RequestOf<[name: string, isBlocked: boolean]>
  readonly RemoveBuddyRequest: RequestOf<[name: string]>
  readonly SetBuddyVariablesRequest: RequestOf<[variables: object[]]>
  readonly GoOnlineRequest: RequestOf<[isOnline: boolean]>
  readonly BuddyMessageRequest: RequestOf<[message: string, buddy: SeenBuddy, params?: WireObject]>
  readonly SFSBuddyVariable: new (
    name: string,
    value: null | boolean | number | string | WireObject,
  ) => SeenVariable
  readonly SFSBuddyEvent: Readonly<Record<string, string>>
  readonly ReservedBuddyVariables: Readonly<Record<'BV_ONLINE' | 'BV_STATE' | 'BV_NICKNAME', string>>
  readonly InvitationReply: Readonly<Record<'ACCEPT' | 'REFUSE' | 'EXPIRED', number>>
  readonly SFSGameSettings: new (name: string) => NewGame
  readonly ExtensionRequest: RequestOf<[command: string, params: WireObject, room?: SeenRoom]>
  readonly SetUserPositionRequest: RequestOf<[place: object, room?: SeenRoom]>
  readonly Vec3D: new (x: number, y: number, z?: number, useFloats?: boolean) => object
  readonly MapLimits: new (lower: object, higher: object) => object
  readonly RoomSettings: new (name: string) => NewRoom
  readonly MMORoomSettings: new (name: string, area: object) => NewMap
  readonly RoomPermissions: new () => NewPermissions
  readonly RoomEvents: new () => NewEvents
  readonly RoomExtension: new (id: string, className: string) => NewExtension
  readonly SFSRoomVariable: new (
    name: string,
    value: boolean | number | string | WireObject,
  ) => NewVariable & { isPersistent: boolean }
  readonly SFSUserVariable: new (name: string, value: boolean | number | string | WireObject) => NewVariable
  readonly MatchExpression: new (
    name: string,
    matcher: Matcher,
    value: boolean | number | string,
  ) => Conditions
  readonly BoolMatch: Readonly<Record<'EQUALS' | 'NOT_EQUALS', Matcher>>
  readonly NumberMatch: Readonly<
    Record<'LESS_THAN' | 'GREATER_THAN' | 'GREATER_THAN_OR_EQUAL_TO' | 'NOT_EQUALS', Matcher>
  >
  readonly StringMatch: Readonly<Record<'EQUALS' | 'CONTAINS' | 'STARTS_WITH' | 'ENDS_WITH', Matcher>>
  readonly RoomProperties: Readonly<Record<'NAME' | 'IS_GAME' | 'MAX_USERS', string>>
  readonly UserProperties: Readonly<Record<'NAME' | 'IS_IN_ANY_ROOM', string>>
  readonly MessageRecipientMode: AudienceOf &
    Readonly<Record<'TO_USER' | 'TO_ROOM' | 'TO_GROUP' | 'TO_ZONE', number>>
  readonly BanMode: Readonly<Record<'BY_ADDRESS' | 'BY_NAME', number>>
}
