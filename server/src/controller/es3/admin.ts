import type { Es3Message, Es3RequestFields } from '@warren/codec/es3'
import { DisconnectReason } from '../../domain/event.ts'
import { type WordKind, wordProblem } from '../../domain/filter/language-filter.ts'
import { sendModeratorMessage } from '../../domain/messages.ts'
import type { User } from '../../domain/user.ts'
import { RequestError } from '../../errors.ts'
import type { Session } from '../../session/session.ts'
import { dismiss } from '../sentence.ts'
import { configurationParts } from './configuration.ts'
import type { Es3Services, Es3SessionHandler } from './context.ts'
import { millisOf } from './moderation.ts'
import { checkedText } from './texts.ts'
import { element, xml } from './xml-text.ts'

/** What the server is like, in as many parts as it takes. Nothing secret is in it. */
export const loadConfiguration: Es3SessionHandler<'LoadConfiguration'> = (_fields, _session, services) =>
  configurationParts(services)

export const addModerator: Es3SessionHandler<'AddModerator'> = (account, _session, { realm }) => {
  const { userName: name, password } = account
  if (name === '' || password === '') throw new RequestError('generic', 'A name and a password are needed')
  realm.addModerator({ name, password })
  return done('AddModerator')
}

export const removeModerator: Es3SessionHandler<'RemoveModerator'> = ({ name }, _session, { realm }) => {
  if (!realm.removeModerator(name)) throw new RequestError('generic', 'There is no such moderator')
  return done('RemoveModerator')
}

/** Keeps a name out of all zones. Whoever has it goes. */
export const addBannedUser: Es3SessionHandler<'AddBannedUser'> = (fields, _session, services) => {
  const { expires } = fields
  const name = checkedText(fields.name)
  const reason = checkedText(fields.reason)
  const now = services.calendar.date()
  const millis = millisOf(expires)
  const until = millis === null ? null : now + millis
  for (const { name: zone } of services.realm.zones) {
    services.bans.add({ target: { by: 'name', zone, name }, until, reason }, now)
  }
  for (const user of [...services.realm.usersNamed(name)]) {
    if (user.name === name) sendAway(user, DisconnectReason.BAN, reason, services)
  }
  return done('AddBannedUser')
}

export const removeBannedUser: Es3SessionHandler<'RemoveBannedUser'> = ({ name }, _session, services) => {
  const lifted = services.realm.zones.filter(zone =>
    services.bans.lift({ by: 'name', zone: zone.name, name }),
  )
  if (lifted.length === 0) throw new RequestError('generic', 'There is no such ban')
  return done('RemoveBannedUser')
}

/** Adds to the language filter, until the server stops. */
export const addWord =
  (kind: WordKind) =>
  ({ word }: Es3RequestFields<'AddWord'>, _session: Session, { realm }: Es3Services): Es3Message => {
    const problem = wordProblem(kind, word)
    if (problem !== undefined) throw new RequestError('generic', `The word ${problem}`)
    if (!realm.language.add(kind, word)) throw new RequestError('generic', 'The list is full')
    return done(kind === 'word' ? 'AddWord' : 'AddRootWord')
  }

export const removeWord =
  (kind: WordKind) =>
  ({ word }: Es3RequestFields<'RemoveWord'>, _session: Session, { realm }: Es3Services): Es3Message => {
    if (!realm.language.remove(kind, word)) throw new RequestError('generic', 'There is no such word')
    return done(kind === 'word' ? 'RemoveWord' : 'RemoveRootWord')
  }

/** Those who are in it leave it first. */
export const closeRoom: Es3SessionHandler<'CloseRoom'> = (fields, _session, { realm }) => {
  const zone = realm.zones.find(({ name }) => name === fields.zone)
  if (zone === undefined) throw new RequestError('zone-unknown', fields.zone)
  const room = zone.roomByName(fields.room)
  if (room === undefined) throw new RequestError('room-unknown')
  zone.removeRoom(room)
  return done('CloseRoom')
}

/** To everybody in all zones, in the name of the server. */
export const broadcastMessage: Es3SessionHandler<'BroadcastMessage'> = ({ message }, _session, { realm }) => {
  const text = checkedText(message)
  for (const zone of realm.zones) {
    sendModeratorMessage(zone, undefined, 'administrator', { to: 'zone' }, text, undefined)
  }
  return done('BroadcastMessage')
}

export const getStatistics: Es3SessionHandler<'GetStatistics'> = (_fields, _session, services) => {
  const { zones, sessions } = services
  const data = [
    element('Connections', String(sessions.size)),
    element('LoggedInUsers', String(zones.userCount)),
    element('Rooms', String(zones.roomCount)),
  ]
  return done('GetStatistics', xml('Statistics', data))
}

/** Clients of ElectroServer 3 that are on a line. */
export const getConnections: Es3SessionHandler<'GetConnections'> = (_fields, _session, { sessions }) => {
  const rows = Array.from(sessions)
    .filter(({ protocol }) => protocol.name === 'es3')
    .map(connectionRow)
  return done('GetConnections', xml('Connections', rows))
}

export const disconnectUser: Es3SessionHandler<'DisconnectUser'> = ({ name, reason }, _session, services) => {
  const [user] = services.realm.usersNamed(name)
  if (user === undefined) throw new RequestError('recipient-unknown')
  sendAway(user, DisconnectReason.KICK, reason, services)
  return done('DisconnectUser')
}

function sendAway(user: User, reason: DisconnectReason, text: string, services: Es3Services): void {
  const zone = services.zones.zone(user.zoneName)
  if (zone !== undefined) dismiss(user, zone, 0, reason, services, text)
}

function connectionRow({ identity, remoteAddress }: Session): string {
  return xml('Connection', [
    element('Name', identity?.name ?? ''),
    element('Zone', identity?.zoneName ?? ''),
    element('IP', remoteAddress),
  ])
}

function done(command: string, data = ''): Es3Message {
  return { name: 'AdminCommandDone', fields: { command, data } }
}
