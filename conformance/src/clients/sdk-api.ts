import {
  AddBuddyRequest,
  AdminMessageRequest,
  type Audience,
  BanMode,
  BanUserRequest,
  BlockBuddyRequest,
  BuddyMessageRequest,
  ChangeRoomCapacityRequest,
  ChangeRoomNameRequest,
  ChangeRoomPasswordStateRequest,
  CreateRoomRequest,
  CreateSFSGameRequest,
  ExtensionRequest,
  FindRoomsRequest,
  FindUsersRequest,
  GoOnlineRequest,
  InitBuddyListRequest,
  InvitationReply,
  InvitationReplyRequest,
  InviteUsersRequest,
  JoinRoomInvitationRequest,
  JoinRoomRequest,
  KickUserRequest,
  LeaveRoomRequest,
  LoginRequest,
  LogoutRequest,
  type MapLimits,
  type MMORoomSettings,
  ModeratorMessageRequest,
  ObjectMessageRequest,
  PlayerToSpectatorRequest,
  type Position,
  PrivateMessageRequest,
  PublicMessageRequest,
  QuickJoinGameRequest,
  QuickJoinOrCreateRoomRequest,
  RemoveBuddyRequest,
  ReservedBuddyVariables,
  type RoomEvents,
  type RoomPermissions,
  type RoomSettings,
  type RoomVariableInput,
  SetBuddyVariablesRequest,
  SetRoomVariablesRequest,
  SetUserPositionRequest,
  SetUserVariablesRequest,
  SFSBuddyEvent,
  SFSObject,
  SpectatorToPlayerRequest,
  SubscribeRoomGroupRequest,
  UnsubscribeRoomGroupRequest,
  type VariableInput,
} from '@warren/client'
import type {
  ClientApi,
  Conditions,
  NewEvents,
  NewExtension,
  NewPermissions,
  NewRoom,
  NewVariable,
} from './client-api.ts'
import { MatchConditions, roomsBy, usersBy } from './sdk-conditions.ts'

class Variable implements NewVariable {
  readonly name: string
  readonly value: VariableInput
  isPrivate = false
  isPersistent = false

  constructor(name: string, value: VariableInput) {
    this.name = name
    this.value = value
  }
}

class Permissions implements NewPermissions {
  allowNameChange = false
  allowPasswordStateChange = false
  allowPublicMessages = true
  allowResizing = false
}

class Events implements NewEvents {
  allowUserEnter = false
  allowUserExit = false
  allowUserCountChange = false
  allowUserVariablesUpdate = false
}

class Extension implements NewExtension {
  readonly id: string
  readonly className: string
  propertiesFile = ''

  constructor(id: string, className: string) {
    this.id = id
    this.className = className
  }
}

class Settings implements NewRoom {
  readonly name: string
  groupId = 'default'
  isGame = false
  maxUsers = 10
  maxSpectators = 0
  maxVariables = 5
  password = ''
  variables: Variable[] = []
  declare permissions: Permissions
  declare events: Events
  declare extension: Extension

  constructor(name: string) {
    this.name = name
  }
}

class MapSettings extends Settings {
  readonly defaultAOI: Position
  declare mapLimits: MapLimits
  userMaxLimboSeconds = 50
  proximityListUpdateMillis = 250
  sendAOIEntryPoint = true

  constructor(name: string, defaultAOI: Position) {
    super(name)
    this.defaultAOI = defaultAOI
  }
}

class GameSettings extends Settings {
  isPublic = true
  minPlayersToStartGame = 2
  notifyGameStarted = false
  leaveLastJoinedRoom = true
  invitationExpiryTime = 15
  invitedPlayers: Identified[] = []
  declare playerMatchExpression: Conditions
  declare spectatorMatchExpression: Conditions
  searchableRooms: string[] = []
  declare invitationParams: SFSObject
  /** No test sets them for a game. */
  declare permissions: never
  declare events: never
}

class Place implements Position {
  readonly kind: 'int' | 'float'
  readonly x: number
  readonly y: number
  readonly z: number

  constructor(x: number, y: number, z = 0, useFloats = false) {
    this.kind = useFloats ? 'float' : 'int'
    this.x = x
    this.y = y
    this.z = z
  }
}

class Limits implements MapLimits {
  readonly lowerLimit: Position
  readonly higherLimit: Position

  constructor(lowerLimit: Position, higherLimit: Position) {
    this.lowerLimit = lowerLimit
    this.higherLimit = higherLimit
  }
}

function settingsOf({ permissions, events, ...settings }: Settings): RoomSettings | MMORoomSettings {
  return {
    ...settings,
    ...(permissions && { permissions: permissionsOf(permissions) }),
    ...(events && { events: eventsOf(events) }),
  }
}

const permissionsOf = (from: Permissions): RoomPermissions => ({
  nameChange: from.allowNameChange,
  passwordChange: from.allowPasswordStateChange,
  publicMessages: from.allowPublicMessages,
  resizing: from.allowResizing,
})

const eventsOf = (from: Events): RoomEvents => ({
  userEnter: from.allowUserEnter,
  userExit: from.allowUserExit,
  userCountChange: from.allowUserCountChange,
  userVariables: from.allowUserVariablesUpdate,
})

interface Identified {
  readonly id: number
}

const idOf = (room: Identified | string): number | string => (typeof room === 'string' ? room : room.id)

class RecipientMode {
  static readonly TO_USER = 0
  static readonly TO_ROOM = 1
  static readonly TO_GROUP = 2
  static readonly TO_ZONE = 3
  readonly audience: Audience

  constructor(mode: number, target: Identified | string | null) {
    if (target === null) this.audience = 'zone'
    else if (typeof target === 'string') this.audience = { group: target }
    else this.audience = mode === RecipientMode.TO_USER ? { user: target.id } : { room: target.id }
  }
}

const EQUALITY = { EQUALS: '==', NOT_EQUALS: '!=' }

/** The classes of Warren's client behind the names, and the arguments, of the official ones. */
export const SDK_API = {
  SFSObject,
  LoginRequest,
  LogoutRequest,
  JoinRoomRequest: class extends JoinRoomRequest {
    constructor(room: Identified | string, password?: string, roomIdToLeave?: number, asSpectator?: boolean) {
      super(idOf(room), password, roomIdToLeave, asSpectator)
    }
  },
  LeaveRoomRequest: class extends LeaveRoomRequest {
    constructor(room?: Identified) {
      super(room?.id)
    }
  },
  CreateRoomRequest: class extends CreateRoomRequest {
    constructor(settings: Settings, autoJoin?: boolean, roomToLeave?: Identified) {
      super(settingsOf(settings), autoJoin, roomToLeave?.id)
    }
  },
  ChangeRoomNameRequest: class extends ChangeRoomNameRequest {
    constructor({ id }: Identified, name: string) {
      super(id, name)
    }
  },
  ChangeRoomPasswordStateRequest: class extends ChangeRoomPasswordStateRequest {
    constructor({ id }: Identified, password: string) {
      super(id, password)
    }
  },
  ChangeRoomCapacityRequest: class extends ChangeRoomCapacityRequest {
    constructor({ id }: Identified, maxUsers: number, maxSpectators: number) {
      super(id, maxUsers, maxSpectators)
    }
  },
  SpectatorToPlayerRequest: class extends SpectatorToPlayerRequest {
    constructor(room?: Identified) {
      super(room?.id)
    }
  },
  PlayerToSpectatorRequest: class extends PlayerToSpectatorRequest {
    constructor(room?: Identified) {
      super(room?.id)
    }
  },
  SubscribeRoomGroupRequest,
  UnsubscribeRoomGroupRequest,
  PublicMessageRequest: class extends PublicMessageRequest {
    constructor(message: string, params?: SFSObject, room?: Identified) {
      super(message, params, room?.id)
    }
  },
  PrivateMessageRequest,
  ObjectMessageRequest: class extends ObjectMessageRequest {
    constructor(object: SFSObject, room?: Identified, recipients: readonly Identified[] = []) {
      super(
        object,
        room?.id,
        recipients.map(({ id }) => id),
      )
    }
  },
  ModeratorMessageRequest: class extends ModeratorMessageRequest {
    constructor(message: string, { audience }: RecipientMode) {
      super(message, audience)
    }
  },
  AdminMessageRequest: class extends AdminMessageRequest {
    constructor(message: string, { audience }: RecipientMode) {
      super(message, audience)
    }
  },
  KickUserRequest,
  BanUserRequest,
  SetRoomVariablesRequest: class extends SetRoomVariablesRequest {
    constructor(variables: readonly RoomVariableInput[], room?: Identified) {
      super(variables, room?.id)
    }
  },
  SetUserVariablesRequest,
  FindRoomsRequest: class extends FindRoomsRequest {
    constructor(conditions: Conditions, groupId?: string, limit?: number) {
      super(roomsBy(conditions), groupId, limit)
    }
  },
  FindUsersRequest: class extends FindUsersRequest {
    constructor(conditions: Conditions, target?: Identified | string, limit?: number) {
      super(usersBy(conditions), target === undefined ? target : idOf(target), limit)
    }
  },
  QuickJoinOrCreateRoomRequest: class extends QuickJoinOrCreateRoomRequest {
    constructor(conditions: Conditions, groups: string[], settings: Settings, roomToLeave?: Identified) {
      super(roomsBy(conditions), groups, settingsOf(settings), roomToLeave?.id)
    }
  },
  CreateSFSGameRequest: class extends CreateSFSGameRequest {
    constructor({
      playerMatchExpression: players,
      spectatorMatchExpression: spectators,
      invitedPlayers,
      ...settings
    }: GameSettings) {
      super({
        ...settings,
        invitationExpirySeconds: settings.invitationExpiryTime,
        invitedPlayers: invitedPlayers.map(({ id }) => id),
        searchableGroups: settings.searchableRooms,
        ...(players === undefined ? {} : { playerMatchExpression: usersBy(players) }),
        ...(spectators === undefined ? {} : { spectatorMatchExpression: usersBy(spectators) }),
      })
    }
  },
  QuickJoinGameRequest: class extends QuickJoinGameRequest {
    constructor(
      conditions: Conditions,
      whereToSearch: readonly (Identified | string)[],
      roomToLeave?: Identified,
    ) {
      super(roomsBy(conditions), whereToSearch.map(idOf) as string[] | number[], roomToLeave?.id)
    }
  },
  InviteUsersRequest: class extends InviteUsersRequest {
    constructor(invited: readonly Identified[], seconds: number, params?: SFSObject) {
      super(
        invited.map(({ id }) => id),
        seconds,
        params,
      )
    }
  },
  InvitationReplyRequest: class extends InvitationReplyRequest {
    constructor(invitation: Identified, reply: number, params?: SFSObject) {
      super(invitation, reply === InvitationReply.ACCEPT, params)
    }
  },
  JoinRoomInvitationRequest: class extends JoinRoomInvitationRequest {
    constructor(
      { id }: Identified,
      userNames: string[],
      params?: SFSObject,
      seconds?: number,
      asSpectator?: boolean,
    ) {
      super(id, userNames, params, seconds, asSpectator)
    }
  },
  InitBuddyListRequest,
  AddBuddyRequest,
  BlockBuddyRequest,
  RemoveBuddyRequest,
  SetBuddyVariablesRequest,
  GoOnlineRequest,
  BuddyMessageRequest: class extends BuddyMessageRequest {
    constructor(message: string, { id }: Identified, params?: SFSObject) {
      super(message, id, params)
    }
  },
  SFSBuddyVariable: Variable,
  SFSBuddyEvent,
  ReservedBuddyVariables,
  InvitationReply,
  SFSGameSettings: GameSettings,
  ExtensionRequest: class extends ExtensionRequest {
    constructor(command: string, params: SFSObject, room?: Identified) {
      super(command, params, room?.id)
    }
  },
  SetUserPositionRequest: class extends SetUserPositionRequest {
    constructor(place: Position, room?: Identified) {
      super(place, room?.id)
    }
  },
  Vec3D: Place,
  MapLimits: Limits,
  RoomSettings: Settings,
  MMORoomSettings: MapSettings,
  RoomPermissions: Permissions,
  RoomEvents: Events,
  RoomExtension: Extension,
  SFSRoomVariable: Variable,
  SFSUserVariable: Variable,
  MatchExpression: MatchConditions,
  BoolMatch: EQUALITY,
  NumberMatch: { ...EQUALITY, LESS_THAN: '<', GREATER_THAN: '>', GREATER_THAN_OR_EQUAL_TO: '>=' },
  StringMatch: { ...EQUALITY, CONTAINS: 'contains', STARTS_WITH: 'startsWith', ENDS_WITH: 'endsWith' },
  RoomProperties: { NAME: '$name', IS_GAME: '$isGame', MAX_USERS: '$maxUsers' },
  UserProperties: { NAME: '$name', IS_IN_ANY_ROOM: '$isInAnyRoom' },
  MessageRecipientMode: RecipientMode,
  BanMode,
} as unknown as ClientApi
