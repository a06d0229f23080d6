import type { RequestFields } from '@warren/codec'
import { given } from '../given.ts'
import { kindOf, type Position, vectorOf } from '../mirror/position.ts'
import { type RoomVariableInputs, variableRows } from '../mirror/variable-input.ts'
import { idOf, type RoomRef } from './request.ts'

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

/** The MMO room to make: its users see those near them, and nobody else [P-6.13]. */
export interface MMORoomSettings extends RoomSettings {
  /** How far users see, from themselves to each side; a z of 0 takes that axis out. */
  readonly defaultAOI: Position
  /** The corners of the map, which belong to it. Default none. */
  readonly mapLimits?: MapLimits
  /** Seconds that a user may be in the room without a position. Default 50. */
  readonly userMaxLimboSeconds?: number
  /** Milliseconds from one proximity update to the next. Default 250. */
  readonly proximityListUpdateMillis?: number
  /** Whether it is told where users and items come into view. Default true. */
  readonly sendAOIEntryPoint?: boolean
  /**
   * Streams positions in steps of this size: `room.positionOf` then knows where those in sight are [P-13]; 0 is a 256th of
   * the area of interest. Default: does not. Stock servers do not know it.
   */
  readonly positionStep?: number
}

/** Two corners of a map. */
export interface MapLimits {
  readonly lowerLimit: Position
  readonly higherLimit: Position
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
  settings: RoomSettings | MMORoomSettings,
  autoJoin: boolean,
  roomToLeave: RoomRef | undefined,
): RequestFields<'CreateRoom'> {
  const { variables, permissions, events, extension } = settings
  const rows = variables === undefined ? [] : variableRows(variables)
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
    ...('defaultAOI' in settings ? mapFields(settings) : {}),
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

function mapFields(settings: MMORoomSettings): Partial<RequestFields<'CreateRoom'>> {
  const { defaultAOI, mapLimits } = settings
  const corners = mapLimits === undefined ? [] : [mapLimits.lowerLimit, mapLimits.higherLimit]
  const kind = defaultAOI.kind ?? kindOf(defaultAOI, ...corners)
  const [lowerLimit, higherLimit] = corners.map(corner => vectorOf(corner, kind))
  return {
    aoi: vectorOf(defaultAOI, kind),
    maxLimboSeconds: settings.userMaxLimboSeconds ?? 50,
    proximityMillis: settings.proximityListUpdateMillis ?? 250,
    sendsEntryPoint: settings.sendAOIEntryPoint ?? true,
    ...given({ lowerLimit, higherLimit, positionStep: settings.positionStep }),
  }
}
