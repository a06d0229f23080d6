import {
  type ClassValue,
  classView,
  Es3Error,
  type Es3Message,
  type Es3MessageFields,
  type Es3MessageName,
  readXml,
} from '@warren/codec/es3'
import type { ElectroServerEventName, ElectroServerEvents } from './events.ts'
import { isStruct, roomObject, userObject, variablesOf } from './model.ts'
import type { ServerState } from './state.ts'
import { readWddx, type WddxValue } from './wddx.ts'

/** What a message needs of the class to have its effect. */
export interface Receiver {
  readonly state: ServerState
  /** Parts of a configuration that is under way, in order. */
  readonly configuration: string[]
  emit<N extends ElectroServerEventName>(name: N, ...args: ElectroServerEvents[N]): void
  /** The server greeted. */
  greeted(version: Es3MessageFields<'ConnectionAccepted'>): void
  /** The server does not want this client. */
  refused(reason: string): void
  /** The room could not be made: perhaps because it is there already. */
  roomNotCreated(reason: string): void
  /** The user is in the room he wanted to be in. */
  roomEntered(): void
}

/** A longer configuration is not kept, in characters. */
const MAX_CONFIGURATION = 16 * 1024 * 1024
const NOTHING = (): void => undefined

type Effects = { readonly [N in Es3MessageName]: (to: Receiver, fields: Es3MessageFields<N>) => void }

/** What each message of the server does. */
const effects: Effects = {
  ConnectionAccepted: (to, version) => to.greeted(version),
  ConnectionDenied: (to, { reason }) => to.refused(reason),
  LoginAccepted: (to, { variables }) => to.emit('loggedIn', true, '', variablesOf(variables)),
  LoginDenied: (to, { reason }) => to.emit('loggedIn', false, reason, {}),

  RoomList: (to, row) => {
    to.state.enterZone(row)
    to.emit('zoneChanged', row.zone)
    to.emit('roomListUpdated', to.state.rooms, 'all', undefined)
  },
  RoomCreated: (to, row) => putRoom(to, row, 'roomcreated'),
  RoomChanged: (to, row) => putRoom(to, row, 'roomupdated'),
  RoomDeleted: (to, row) => {
    const [room] = row.rooms
    if (room !== undefined && to.state.dropRoom(room.name)) {
      to.emit('roomListUpdated', to.state.rooms, 'roomdeleted', room.name)
    }
    countUsers(to, row.userCount)
  },
  RoomsInZone: (to, { rooms, zone }) => to.emit('onRoomsInZoneLoaded', rooms.map(roomObject), zone),

  CreateRoomFailed: (to, { reason }) => to.roomNotCreated(reason),
  RoomJoined: (to, fields) => {
    const { state } = to
    state.enterRoom(fields)
    to.roomEntered()
    to.emit('roomJoined', { success: true, error: '' }, state.room)
    to.emit('userListUpdated', state.users, 'all', undefined)
    to.emit('roomVariablesUpdated', 'all', state.roomVariables, undefined)
  },
  JoinRoomFailed: (to, { reason }) => {
    to.state.wantedRoom = undefined
    to.emit('roomJoined', { success: false, error: reason }, undefined)
  },

  UserJoined: (to, fields) => {
    to.state.addUser(fields)
    to.emit('userListUpdated', to.state.users, 'userjoined', fields.userName)
  },
  UserLeft: (to, { userName }) => {
    to.state.removeUser(userName)
    to.emit('userListUpdated', to.state.users, 'userleft', userName)
  },
  UsersRenumbered: (to, { users }) => {
    to.state.renumber(users)
    to.emit('usersRenumbered', to.state.users)
  },

  PublicMessage: (to, { message, sender, variables }) =>
    to.emit('messageReceived', 'public', message, sender, variablesOf(variables)),
  PrivateMessage: (to, { message, sender, variables }) =>
    to.emit('messageReceived', 'private', message, sender, variablesOf(variables)),
  PublicMove: (to, { message, sender }) => to.emit('moveReceived', 'public', moveOf(message), sender),
  PrivateMove: (to, { message, sender }) => {
    const move = moveOf(message)
    if (!challenge(to, move, sender)) to.emit('moveReceived', 'private', move, sender)
  },

  RoomVariableCreated: (to, { name, data }) => setRoomVariable(to, 'created', name, data),
  RoomVariableUpdated: (to, { name, data }) => setRoomVariable(to, 'updated', name, data),
  RoomVariableDeleted: (to, { name }) => setRoomVariable(to, 'deleted', name, undefined),
  UserVariableUpdated: (to, { userName, name, data }) => {
    const set = to.state.setUserVariable(userName, name, data)
    if (set !== undefined) to.emit('userVariableUpdated', set.user, set.hadIt ? 'updated' : 'created', name)
  },
  UserVariableDeleted: (to, { userName, name }) => {
    const set = to.state.setUserVariable(userName, name, undefined)
    if (set !== undefined) to.emit('userVariableUpdated', set.user, 'deleted', name)
  },

  PluginMessage: (to, { plugin, action, variables }) =>
    to.emit(
      'pluginMessageReceived',
      plugin,
      action,
      variablesOf(variables.map(({ name, value }) => ({ name, data: value }))),
    ),
  LoggedInUserCount: (to, { count }) => to.emit('loggedInUserCountUpdated', count),
  ServerTime: (to, { millis }) => to.emit('onGetServerTime', millis),
  ConfigurationPart: addConfiguration,

  AllZones: (to, { zones }) =>
    to.emit(
      'allZonesLoaded',
      zones.map(({ name, userCount, roomCount }) => ({ name, numUsers: userCount, numRooms: roomCount })),
    ),
  UsersInRoom: (to, { users, room, zone }) => to.emit('usersInRoomLoaded', users.map(userObject), room, zone),
  UserLocation: (to, { userName, zone, room }) => to.emit('userLocationLoaded', userName, zone, room),
  UserLocationFailed: (to, { reason }) => to.emit('requestFailed', 'GetUserLocation', reason),
  BuddyList: (to, { users }) => to.emit('buddyListLoaded', users),
  BuddyAdded: NOTHING,
  AddBuddyFailed: (to, { reason }) => to.emit('requestFailed', 'AddBuddy', reason),
  BuddyRemoved: NOTHING,
  RemoveBuddyFailed: (to, { reason }) => to.emit('requestFailed', 'RemoveBuddy', reason),
  BuddyLoggedIn: (to, { userName }) => to.emit('buddyLoggedIn', userName),
  BuddyLoggedOut: (to, { userName }) => to.emit('buddyLoggedOut', userName),
  RawMessage: (to, { message }) => to.emit('rawMessageReceived', message),
  AdminLoginAccepted: to => to.emit('adminLoggedIn', true, ''),
  AdminLoginDenied: (to, { reason }) => to.emit('adminLoggedIn', false, reason),
  AdminCommandDone: (to, { data }) => to.emit('rawMessageReceived', data),
  RequestFailed: (to, { requestAction, reason }) => to.emit('requestFailed', requestAction, reason),
  Kicked: (to, { reason }) => to.emit('moderated', 'kick', reason),
  Banned: (to, { reason }) => to.emit('moderated', 'ban', reason),
  LeftRoom: to => {
    to.state.roomName = undefined
    to.state.users = []
    to.emit('userListUpdated', [], 'all', undefined)
  },
  LoggedOut: NOTHING,
  Pong: NOTHING,
}

/** Lets a message have its effect. */
export function receive(to: Receiver, message: Es3Message): void {
  // The table has the effect of each name with its own fields; the compiler cannot follow that through a union.
  const effect = effects[message.name] as (to: Receiver, fields: Es3Message['fields']) => void
  effect(to, message.fields)
}

type ZoneRow = Es3MessageFields<'RoomList'>

function putRoom(
  to: Receiver,
  { rooms: [row], userCount }: ZoneRow,
  what: 'roomcreated' | 'roomupdated',
): void {
  if (row !== undefined) {
    const room = roomObject(row)
    to.state.putRoom(room)
    to.emit('roomListUpdated', to.state.rooms, what, room)
  }
  countUsers(to, userCount)
}

function countUsers(to: Receiver, userCount: number): void {
  if (to.state.userCount === userCount) return
  to.state.userCount = userCount
  to.emit('zoneUpdated', userCount)
}

function setRoomVariable(
  to: Receiver,
  what: 'created' | 'updated' | 'deleted',
  name: string,
  data: string | undefined,
): void {
  to.state.setRoomVariable(name, data)
  to.emit('roomVariablesUpdated', what, to.state.roomVariables, name)
}

function moveOf(message: string): WddxValue {
  const move = readWddx(message)
  return move === undefined ? message : move
}

/** Challenges are moves between two. @returns whether this was one */
function challenge(to: Receiver, move: WddxValue, sender: string): boolean {
  if (!isStruct(move)) return false
  switch (move.action) {
    case 'challenge':
      to.emit('challengeReceived', sender, typeof move.game === 'string' ? move.game : '')
      return true
    case 'challengecancelled':
      to.emit('challengeCancelled')
      return true
    case 'challengeaccepted':
      to.emit('challengeAccepted')
      return true
    case 'decline':
    case 'autodecline':
      to.emit('challengeDeclined', move.action === 'autodecline')
      return true
    default:
      return false
  }
}

function addConfiguration(
  to: Receiver,
  { count, number, data }: Es3MessageFields<'ConfigurationPart'>,
): void {
  const parts = to.configuration
  if (number === 1) parts.length = 0
  parts.push(data)
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  if (length > MAX_CONFIGURATION) parts.length = 0
  if (parts.length !== count) return
  to.emit('configurationLoaded', parametersOf(parts.splice(0).join('')))
}

/** What cannot be read is nothing. */
function parametersOf(text: string): ClassValue {
  try {
    const root = readXml(text, { maxDepth: 100, maxNodes: 1_000_000 })
    return root && classView(root)
  } catch (error) {
    if (!(error instanceof Es3Error)) throw error
    return undefined
  }
}
