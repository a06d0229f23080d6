import type { Es3RequestFields } from '@warren/codec/es3'
import { writeDescription } from './model.ts'
import type { WddxValue } from './wddx.ts'

/** A room variable as it is made. */
export interface RoomVariableSettings {
  readonly name: string
  readonly data: string
  /** It stays when its creator leaves. */
  readonly persistent?: boolean
  /** Only its creator may change it. */
  readonly locked?: boolean
}

/** A room as it is made. All but the name may be left out. */
export interface RoomSettings {
  readonly roomName: string
  /** That of the user unless given. */
  readonly zone?: string
  readonly password?: string
  /** How many may be in it; -1, the default: no bound. */
  readonly capacity?: number
  /** It stands in no list. */
  readonly hidden?: boolean
  /** Its users are told of changes in the list of rooms. True unless given. */
  readonly updatable?: boolean
  /** Its users have numbers. */
  readonly numbered?: boolean
  readonly description?: string
  /** What else is to stand beside the description. */
  readonly attributes?: { readonly [name: string]: WddxValue }
  /** Its users have variables. */
  readonly userVariablesEnabled?: boolean
  /** Who writes too much is stopped. True unless given. */
  readonly FloodingFilterEnabled?: boolean
  readonly roomVariables?: readonly RoomVariableSettings[]
  /** Plugins that run in it, with what they are told at the start. */
  readonly plugins?: readonly {
    readonly name: string
    readonly variables?: { readonly [name: string]: string }
  }[]
}

/** The request for a room. @param zone  that of the user */
export function createRoomFields(room: RoomSettings, zone: string): Es3RequestFields<'CreateRoom'> {
  return {
    zone: room.zone ?? zone,
    isUpdatable: room.updatable ?? true,
    isHidden: room.hidden ?? false,
    isNumbered: room.numbered ?? false,
    hasFloodingFilter: room.FloodingFilterEnabled ?? true,
    hasUserVariables: room.userVariablesEnabled ?? false,
    room: room.roomName,
    password: room.password ?? '',
    description: writeDescription(room.description ?? '', room.attributes ?? {}),
    capacity: room.capacity ?? -1,
    roomVariables: (room.roomVariables ?? []).map(({ name, data, persistent, locked }) => ({
      isPersistent: persistent ?? false,
      isLocked: locked ?? false,
      name,
      data,
    })),
    plugins: (room.plugins ?? []).map(({ name, variables }) => ({
      name,
      variables: Object.entries(variables ?? {}).map(([key, value]) => ({ name: key, value })),
    })),
  }
}
