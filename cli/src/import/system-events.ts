import { strings } from './readers.ts'
import type { Read } from './setting.ts'

/** Our events by the names that the requests and events of SFS2X have. */
const EVENTS: Readonly<Record<string, readonly string[]>> = {
  OnEnterRoom: ['user-entered-room'],
  USER_ENTER_ROOM: ['user-entered-room'],
  OnUserExitRoom: ['user-left-room'],
  USER_EXIT_ROOM: ['user-left-room'],
  OnUserLost: ['user-lost'],
  OnRoomCountChange: ['user-count-changed'],
  USER_COUNT_CHANGE: ['user-count-changed'],
  OnRoomLost: ['room-removed'],
  ROOM_REMOVE: ['room-removed'],
  ROOM_REMOVED: ['room-removed'],
  CreateRoom: ['room-added'],
  ROOM_ADD: ['room-added'],
  ROOM_ADDED: ['room-added'],
  ChangeRoomName: ['room-renamed'],
  ROOM_NAME_CHANGE: ['room-renamed'],
  ChangeRoomPassword: ['room-password-changed'],
  ROOM_PASSWORD_STATE_CHANGE: ['room-password-changed'],
  ChangeRoomCapacity: ['room-capacity-changed'],
  ROOM_CAPACITY_CHANGE: ['room-capacity-changed'],
  SetRoomVariables: ['room-variables-changed', 'global-variables-changed'],
  ROOM_VARIABLES_UPDATE: ['room-variables-changed', 'global-variables-changed'],
  SetUserVariables: ['user-variables-changed'],
  USER_VARIABLES_UPDATE: ['user-variables-changed'],
  PublicMessage: ['public-message'],
  PUBLIC_MESSAGE: ['public-message'],
  PrivateMessage: ['private-message'],
  PRIVATE_MESSAGE: ['private-message'],
  ObjectMessage: ['object-message'],
  OBJECT_MESSAGE: ['object-message'],
  ModeratorMessage: ['moderator-message'],
  MODERATOR_MESSAGE: ['moderator-message'],
  AdminMessage: ['moderator-message'],
  ADMIN_MESSAGE: ['moderator-message'],
  SpectatorToPlayer: ['spectator-became-player'],
  SPECTATOR_TO_PLAYER: ['spectator-became-player'],
  PlayerToSpectator: ['player-became-spectator'],
  PLAYER_TO_SPECTATOR: ['player-became-spectator'],
}

/** The events that a zone does not send. */
export const disabledEvents: Read = strings(name => EVENTS[name])
