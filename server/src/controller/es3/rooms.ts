import type { Es3RequestFields } from '@warren/codec/es3'
import type { Room } from '../../domain/room.ts'
import { ANY_NUMBER } from '../../domain/room-changes.ts'
import { checkNewRoom, createRoom } from '../../domain/room-creation.ts'
import type { RoomSettings } from '../../domain/settings.ts'
import type { User } from '../../domain/user.ts'
import type { Zone } from '../../domain/zone.ts'
import { RequestError } from '../../errors.ts'
import { admit } from '../admission.ts'
import type { Asker } from '../context.ts'
import { checkWords } from '../room-settings.ts'
import { startBuddies } from './buddies.ts'
import type { Es3Services, Es3UserHandler } from './context.ts'
import { changesOf, checkedText } from './texts.ts'

/** Makes a room and takes its maker there, out of the room and the zone where he is. */
export const createRoomRequest: Es3UserHandler<'CreateRoom'> = (fields, asker, services) => {
  const zone = services.realm.zone(fields.zone, asker.zone)
  checkMayCreate(asker, services)
  checkWords(zone, fields.room, services)
  const settings = roomSettingsOf(fields, zone)
  return go(asker, zone, services, {
    check: () => checkNewRoom(zone, settings, undefined),
    enter: user => {
      const room = createRoom(zone, settings, user)
      zone.join(user, room, { password: room.password, asSpectator: false, leave: undefined })
    },
  })
}

/** Takes a user to another room, out of the room and the zone where he is. */
export const joinRoom: Es3UserHandler<'JoinRoom'> = (fields, asker, services) => {
  const zone = services.realm.zone(fields.zone, asker.zone)
  const { password, isNumbered } = fields
  // It may be gone by the time that the zone lets him in.
  const find = (): Room => {
    const room = zone.roomByName(fields.room)
    if (room === undefined) throw new RequestError('room-unknown')
    return room
  }
  return go(asker, zone, services, {
    check: () => find().admitStranger(asker.user, password, !isNumbered),
    enter: user => zone.join(user, find(), { password, asSpectator: !isNumbered, leave: undefined }),
  })
}

/** Leaves the room and is nowhere for the moment. Found clients do not ask for it. */
export const leaveRoom: Es3UserHandler<'LeaveRoom'> = (_fields, { user, zone }) => {
  const room = zone.lastJoinedRoom(user)
  if (room === undefined) throw new RequestError('no-room-joined')
  zone.leave(user, room)
  return { name: 'LeftRoom', fields: {} }
}

/** What somebody does in a zone when he is there. */
interface Arrival {
  /** Whether a stranger could. @throws RequestError */
  check(): void
  enter(user: User): void
}

/**
 * Does something in a zone; if it is another one, the user moves there first: he leaves the one and logs in to the
 * other, whose rules hold as for anybody. Where he could not do what he came for he stays where he is.
 */
function go(
  { user, zone: from, session }: Asker,
  to: Zone,
  services: Es3Services,
  { check, enter }: Arrival,
): undefined | Promise<undefined> {
  if (to === from) {
    enter(user)
    return undefined
  }
  check()
  const { realm } = services
  const { name, password } = session.credentials ?? { name: user.name, password: '' }
  const admitted = admit(
    {
      zone: to,
      session,
      name,
      params: undefined,
      hasPassword: password !== '',
      plainPassword: password,
      checkPassword: expected => expected === password,
      isModerator: realm.isModerator(name, password),
      isInOneRoom: true,
      variables: [...user.variables.public()],
      former: { user, zone: from },
      object: called => {
        realm.checkName(called, to, user)
        check()
      },
      entered: newcomer => {
        startBuddies(newcomer, to, session, services)
        enter(newcomer)
      },
    },
    services,
  )
  return admitted instanceof Promise ? admitted.then(() => undefined) : undefined
}

/** @throws RequestError rooms-are-fixed */
function checkMayCreate({ user }: Asker, { realm }: Es3Services): void {
  const { createRooms } = realm.settings
  if (createRooms === 'nobody' || (createRooms === 'moderators' && !user.isSuperUser)) {
    throw new RequestError('rooms-are-fixed')
  }
}

/** A room goes when it is empty. Who made it may change it, but for its name, which clients know it by. */
function roomSettingsOf(fields: Es3RequestFields<'CreateRoom'>, zone: Zone): RoomSettings {
  const { isNumbered, capacity, plugins } = fields
  const { clientRoomExtensions, maxRoomVariables } = zone.settings
  return {
    name: fields.room,
    group: groupOf(zone),
    password: checkedText(fields.password),
    maxUsers: usersOf(capacity),
    maxSpectators: isNumbered ? ANY_NUMBER : 0,
    isGame: isNumbered,
    isHidden: fields.isHidden,
    description: checkedText(fields.description),
    isUpdatable: fields.isUpdatable,
    maxVariables: maxRoomVariables,
    variables: changesOf(fields.roomVariables).map((change, index) => ({
      ...change,
      isPrivate: fields.roomVariables[index]?.isLocked ?? false,
      isPersistent: fields.roomVariables[index]?.isPersistent ?? false,
      isGlobal: false,
      isHidden: false,
    })),
    autoRemove: 'whenEmpty',
    onlyOwnerInvites: true,
    filterWords: true,
    countsFloods: fields.hasFloodingFilter,
    permissions: { nameChange: false, passwordChange: true, publicMessages: true, capacityChange: true },
    events: {
      userEnter: true,
      userExit: true,
      userCountChange: true,
      userVariablesUpdate: fields.hasUserVariables,
    },
    // One that the zone does not allow is left out, as for clients of SFS2X. What a client says has a key of its own:
    // it must not win over what the operator says.
    extensions: plugins
      .filter(({ name }) => clientRoomExtensions.includes(name))
      .map(({ name, variables }) => ({
        name,
        config: { variables: Object.fromEntries(variables.map(({ name, value }) => [name, value])) },
      })),
  }
}

/** The capacity of a room as a number of users; none, and 0, is as many as there can be. */
export function usersOf(capacity: number): number {
  return capacity > 0 ? Math.min(Math.trunc(capacity), ANY_NUMBER) : ANY_NUMBER
}

/** Clients know of no groups: their rooms are where everybody hears of them, if there is such a group. */
function groupOf({ settings: { publicRoomGroups, defaultRoomGroups } }: Zone): string {
  return publicRoomGroups.find(group => defaultRoomGroups.includes(group)) ?? publicRoomGroups[0] ?? ''
}
