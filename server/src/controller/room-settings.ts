import type { RequestFields } from '@warren/codec'
import { MMO_DEFAULTS, mmoProblems } from '../domain/mmo/mmo-settings.ts'
import type { Room } from '../domain/room.ts'
import { changeRoomCapacity, changeRoomPassword, renameRoom } from '../domain/room-changes.ts'
import { createRoom } from '../domain/room-creation.ts'
import type { MmoSettings, RoomSettings, ZoneSettings } from '../domain/settings.ts'
import type { Zone } from '../domain/zone.ts'
import { RequestError } from '../errors.ts'
import type { Services, UserHandler } from './context.ts'
import { maskedName } from './filters.ts'

const ALL_EVENTS = { userEnter: true, userExit: true, userCountChange: true, userVariablesUpdate: true }
const DEFAULT_PERMISSIONS = {
  nameChange: false,
  passwordChange: false,
  publicMessages: true,
  capacityChange: false,
}

/** [P-6.4] Makes a room and, if asked, joins its maker; other rooms are left only if one is named. */
export const createRoomRequest: UserHandler<'CreateRoom'> = (fields, { user, zone }, services) => {
  checkWords(zone, fields.name, services)
  const room = createRoom(zone, roomSettingsOf(fields, zone), user)
  if (!fields.autoJoin) return undefined
  const leave = fields.roomIdToLeave === undefined ? undefined : zone.room(fields.roomIdToLeave)
  zone.join(user, room, { password: fields.password, asSpectator: false, leave })
  return undefined
}

/** What a client says of a new room. Without flags the room tells everything and takes public messages [observed]. */
export function roomSettingsOf(
  fields: Omit<RequestFields<'CreateRoom'>, 'autoJoin' | 'roomIdToLeave'>,
  zone: Zone,
): RoomSettings {
  const { permissions, events } = fields
  // Folders are in lower case, and the names in clients' pages are not.
  const extensionId = fields.extensionId?.toLowerCase() ?? ''
  const mmo = mmoSettingsOf(fields, zone.settings)
  return {
    name: fields.name,
    group: fields.groupId,
    password: fields.password,
    maxUsers: fields.maxUsers,
    maxSpectators: fields.maxSpectators,
    isGame: fields.isGame && mmo === undefined,
    isHidden: false,
    maxVariables: Math.max(0, fields.maxVariables),
    variables: (fields.variables ?? []).map(variable => ({ ...variable, isGlobal: false, isHidden: false })),
    autoRemove: 'default',
    onlyOwnerInvites: fields.onlyOwnerInvites,
    filterWords: true,
    permissions:
      permissions === undefined
        ? DEFAULT_PERMISSIONS
        : {
            nameChange: permissions.nameChange,
            passwordChange: permissions.passwordChange,
            publicMessages: permissions.publicMessages,
            capacityChange: permissions.resizing,
          },
    events:
      events === undefined
        ? ALL_EVENTS
        : {
            userEnter: events.userEnter,
            userExit: events.userExit,
            userCountChange: events.userCountChange,
            userVariablesUpdate: events.userVariables,
          },
    // One that the zone does not allow is left out, and the room is made all the same [observed].
    extensions: zone.settings.clientRoomExtensions.includes(extensionId)
      ? [{ name: extensionId, config: {} }]
      : [],
    mmo,
  }
}

/** The keys that clients know the settings of an MMO room by [P-6.4.1]. */
const MMO_KEYS: Readonly<Record<keyof MmoSettings, string>> = {
  aoi: 'maoi',
  lowerLimit: 'mllm',
  higherLimit: 'mlhm',
  maxLimboSeconds: 'muls',
  proximityMillis: 'mpum',
  sendEntryPoint: 'msep',
  leaveFactor: '',
  maxVisibleUsers: '',
  streamPositions: 'wps',
  positionStep: 'wps',
}

/**
 * The area of interest makes it an MMO room; one limit alone is none [observed].
 * @throws RequestError room-settings-invalid
 */
function mmoSettingsOf(
  fields: Partial<RequestFields<'CreateRoom'>>,
  { clientRoomMaxVisibleUsers }: ZoneSettings,
): MmoSettings | undefined {
  const { aoi, lowerLimit, higherLimit, maxLimboSeconds, proximityMillis, sendsEntryPoint } = fields
  const { positionStep } = fields
  if (aoi === undefined) return undefined
  if (maxLimboSeconds === undefined) throw new RequestError('room-settings-invalid', 'muls')
  if (proximityMillis === undefined) throw new RequestError('room-settings-invalid', 'mpum')
  if (sendsEntryPoint === undefined) throw new RequestError('room-settings-invalid', 'msep')
  const hasLimits = lowerLimit !== undefined && higherLimit !== undefined
  const settings: MmoSettings = {
    ...MMO_DEFAULTS,
    aoi,
    lowerLimit: hasLimits ? lowerLimit : null,
    higherLimit: hasLimits ? higherLimit : null,
    maxLimboSeconds,
    proximityMillis,
    sendEntryPoint: sendsEntryPoint,
    maxVisibleUsers: clientRoomMaxVisibleUsers,
    ...(positionStep === undefined ? {} : { streamPositions: true, positionStep }),
  }
  const [problem] = mmoProblems(settings)
  if (problem !== undefined) throw new RequestError('room-settings-invalid', MMO_KEYS[problem.setting])
  return settings
}

/** [P-6.6] */
export const changeRoomName: UserHandler<'ChangeRoomName'> = ({ roomId, name }, { user, zone }, services) => {
  const room = knownRoom(zone, roomId)
  checkWords(zone, name, services)
  renameRoom(zone, room, name, user)
  return undefined
}

/** [P-6.6] */
export const changeRoomPasswordState: UserHandler<'ChangeRoomPassword'> = (
  { roomId, password },
  { user, zone },
) => {
  changeRoomPassword(zone, knownRoom(zone, roomId), password, user)
  return undefined
}

/** [P-6.6] */
export const changeCapacity: UserHandler<'ChangeRoomCapacity'> = (
  { roomId, maxUsers, maxSpectators },
  { user, zone },
) => {
  changeRoomCapacity(zone, knownRoom(zone, roomId), maxUsers, maxSpectators, user)
  return undefined
}

/** [P-6.10] */
export const spectatorToPlayer: UserHandler<'SpectatorToPlayer'> = ({ roomId }, { user, zone }) => {
  zone.seat(user, knownRoom(zone, roomId))
  return undefined
}

/** [P-6.10] */
export const playerToSpectator: UserHandler<'PlayerToSpectator'> = ({ roomId }, { user, zone }) => {
  zone.unseat(user, knownRoom(zone, roomId))
  return undefined
}

/** @throws RequestError room-name-has-bad-words */
export function checkWords(zone: Zone, name: string, services: Services): void {
  if (!zone.settings.wordFilter.filterRoomNames) return
  if (maskedName(zone.name, name, services) !== undefined)
    throw new RequestError('room-name-has-bad-words', name)
}

function knownRoom(zone: Zone, id: number): Room {
  const room = zone.room(id)
  if (room === undefined) throw new RequestError('room-not-known')
  return room
}
