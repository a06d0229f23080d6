import type { Es3Message } from '@warren/codec/es3'
import type { Room } from '../../domain/room.ts'
import type { Zone } from '../../domain/zone.ts'
import type { Es3Services } from './context.ts'
import { element, xml } from './xml-text.ts'

/** Characters of one part: clients of that time read no long packets. */
const PART_CHARS = 8192

/** What the server is like, in the parts that a client puts together. Never a password. */
export function configurationParts(services: Es3Services): readonly Es3Message[] {
  const text = configuration(services)
  const characters = [...text]
  const count = Math.ceil(characters.length / PART_CHARS)
  return Array.from({ length: count }, (_, index) => ({
    name: 'ConfigurationPart' as const,
    fields: {
      count,
      number: index + 1,
      // Never through the middle of a surrogate pair.
      data: characters.slice(index * PART_CHARS, (index + 1) * PART_CHARS).join(''),
    },
  }))
}

function configuration({ realm, bans }: Es3Services): string {
  const { settings, zones, moderatorNames, language } = realm
  return xml('ElectroServer', [
    xml('Server', [element('MaxConnections', String(settings.maxConnections))]),
    xml(
      'Moderators',
      moderatorNames.map(name => xml('Moderator', [element('Name', name)])),
    ),
    xml(
      'BannedUsers',
      Array.from(bans, ({ target, until, reason }) =>
        xml('BannedUser', [
          target.by === 'name' ? element('Name', target.name) : element('IP', target.address),
          element('Reason', reason),
          element('Expires', String(until ?? -1)),
        ]),
      ),
    ),
    xml('LanguageFilter', [
      xml(
        'Words',
        language.words('word').map(word => element('Word', word)),
      ),
      xml(
        'RootWords',
        language.words('root').map(word => element('Word', word)),
      ),
    ]),
    xml('Zones', zones.map(zoneText)),
  ])
}

function zoneText(zone: Zone): string {
  return xml('Zone', [element('Name', zone.name), xml('Rooms', Array.from(zone.rooms, roomText))])
}

function roomText(room: Room): string {
  return xml('Room', [
    element('Name', room.name),
    element('Capacity', String(room.maxUsers)),
    element('PasswordProtected', String(room.isPasswordProtected)),
    element('Hidden', String(room.isHidden)),
  ])
}
