import type { Room } from './room.ts'
import type { RoomSettings } from './settings.ts'

/**
 * A room as it could be made again: its settings of now, and the variables that belong to the server. What users left
 * in it is not part of it, nor are the rules of a game.
 */
export function snapshotOf(room: Room): RoomSettings {
  return {
    name: room.name,
    group: room.group,
    password: room.password,
    maxUsers: room.maxUsers,
    maxSpectators: room.maxSpectators,
    isGame: room.isGame,
    isHidden: room.isHidden,
    maxVariables: room.variables.max,
    variables: [...room.variables.ofServer()],
    autoRemove: room.autoRemove,
    onlyOwnerInvites: room.onlyOwnerInvites,
    filterWords: room.filterWords,
    permissions: room.permissions,
    events: room.events,
    extensions: room.extensions,
    description: room.description,
    isUpdatable: room.isUpdatable,
    ...(room.mmo === undefined ? {} : { mmo: room.mmo.settings }),
  }
}
