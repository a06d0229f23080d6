import type { RequestFields } from '@warren/codec'
import { type RoomVariableInputs, roomVariableRows } from '../mirror/variable-input.ts'
import { given, idOf, type RoomRef } from './request.ts'

/** The room to make. What is left out has the value that is said here. */
export interface RoomSettings {
  readonly name: string
  /** Default `default`. */
  readonly groupId?: string
  /** Default none. */
  readonly password?: string
  /** Default false. */
  readonly isGame?: boolean
  /** Users; players, in a game. Default 10. */
  readonly maxUsers?: number
  /** In games. Default 0. */
  readonly maxSpectators?: number
  /** Default 5. */
  readonly maxVariables?: number
  /** Variables that it has from the start. */
  readonly variables?: RoomVariableInputs
  /** What its owner may do with it later, and whether members may speak. Default: they may, and nothing else. */
  readonly permissions?: Partial<RoomPermissions>
  /** What the server tells its members of. Default everything. */
  readonly events?: Partial<RoomEvents>
  /** The extension that it runs, if the zone lets clients choose one. */
  readonly extension?: RoomExtension
  /** Whether only the owner may invite into it. Default true. */
  readonly onlyOwnerInvites?: boolean
}

/** What may be done with a room. */
export interface RoomPermissions {
  /** Default false. */
  readonly nameChange: boolean
  /** Default false. */
  readonly passwordChange: boolean
  /** Default true. */
  readonly publicMessages: boolean
  /** Default false. */
  readonly resizing: boolean
}

/** What members of a room are told of. What is left out is told. */
export interface RoomEvents {
  readonly userEnter: boolean
  readonly userExit: boolean
  readonly userCountChange: boolean
  readonly userVariables: boolean
}

/** An extension of a room. */
export interface RoomExtension {
  /** Its name. */
  readonly id: string
  /** Stock servers want the main class as well. */
  readonly className?: string
  /** Settings file, of stock servers. */
  readonly propertiesFile?: string
}

const PERMISSIONS: RoomPermissions = {
  nameChange: false,
  passwordChange: false,
  publicMessages: true,
  resizing: false,
}

const EVENTS: RoomEvents = { userEnter: true, userExit: true, userCountChange: true, userVariables: true }

/** Settings as they are sent. */
export function settingsFields(
  settings: RoomSettings,
  autoJoin: boolean,
  roomToLeave: RoomRef | undefined,
): RequestFields<'CreateRoom'> {
  const { variables, permissions, events, extension } = settings
  const rows = variables === undefined ? [] : roomVariableRows(variables)
  return {
    name: settings.name,
    groupId: settings.groupId ?? 'default',
    password: settings.password ?? '',
    isGame: settings.isGame ?? false,
    maxUsers: settings.maxUsers ?? 10,
    maxSpectators: settings.maxSpectators ?? 0,
    maxVariables: settings.maxVariables ?? 5,
    onlyOwnerInvites: settings.onlyOwnerInvites ?? true,
    autoJoin,
    ...given({
      variables: rows.length === 0 ? undefined : rows,
      permissions: permissions && { ...PERMISSIONS, ...permissions },
      events: events && { ...EVENTS, ...events },
      extensionId: extension?.id,
      extensionClass: extension?.className,
      extensionProperties: extension?.propertiesFile,
      roomIdToLeave: roomToLeave && idOf(roomToLeave),
    }),
  }
}
