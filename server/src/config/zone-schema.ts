import { z } from 'zod'
import { MMO_RANGES } from '../domain/mmo/mmo-settings.ts'
import { accountSchema } from './account-schema.ts'
import { buddySchema, roomInvitationSchema } from './buddy-schema.ts'
import { extensionList, extensionNames } from './extension-schema.ts'
import { count, described, flag, milliseconds, names, seconds, text, toldSeconds } from './fields.ts'
import { floodFilterSchema, wordFilterSchema } from './filter-schema.ts'
import { privilegesSchema } from './privilege-schema.ts'
import { roomSchema } from './room-schema.ts'

/** Events that a zone can do without. By the names of the domain's events. */
export const EVENTS_TO_DISABLE = [
  'user-entered-room',
  'user-left-room',
  'user-lost',
  'user-count-changed',
  'room-added',
  'room-removed',
  'room-renamed',
  'room-password-changed',
  'room-capacity-changed',
  'room-variables-changed',
  'global-variables-changed',
  'user-variables-changed',
  'public-message',
  'private-message',
  'object-message',
  'moderator-message',
  'spectator-became-player',
  'player-became-spectator',
] as const

const { maxVisibleUsers } = MMO_RANGES

const roomNameChars = (sentence: string, preset: number) => count(sentence, 'characters', 1, 255, preset)

/** A zone file. */
export const zoneSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where the JSON Schema of this file is, for editors.'),
    name: text('The name that clients log in to.'),
    maxUsers: count('How many users the zone takes.', 'users', 1, 10_000_000, 1000),
    allowGuestUsers: flag('Whether a login without a name is welcome, as a guest.', true),
    guestUserNamePrefix: text('A guest is called by this and a number.', 32).default('Guest#'),
    forceLogout: flag(
      'Whether a second login of a name ends the first session; if not, the second login is refused.',
      false,
    ),
    maxFailedLogins: count(
      'How many logins of one session may fail in a row before it is disconnected; 0 does not count.',
      'logins',
      0,
      10_000,
      2,
    ),
    publicRoomGroups: names('Groups that clients may subscribe to.', ['default', 'games', 'chats']),
    defaultRoomGroups: names('Groups that every user is subscribed to at login; each a public one.', [
      'default',
      'games',
      'chats',
    ]),
    maxUserVariables: count('How many variables a user may have.', 'variables', 0, 10_000, 10),
    maxRoomVariables: count(
      'How many variables a room may have, whatever its own limit.',
      'variables',
      0,
      10_000,
      10,
    ),
    minRoomNameChars: roomNameChars('The shortest name that a client may give a room.', 1),
    maxRoomNameChars: roomNameChars('The longest name that a client may give a room.', 20),
    maxRooms: count(
      'How many rooms there may be before clients can make no more.',
      'rooms',
      0,
      10_000_000,
      500,
    ),
    maxRoomsCreatedPerUser: count('How many rooms one user may have made.', 'rooms', 0, 1_000_000, 10),
    userCountChangeUpdateInterval: milliseconds(
      'How often changed user counts of rooms are told; 0 tells each at once.',
      1000,
      3_600_000,
    ),
    userReconnectionSeconds: toldSeconds(
      'How long the user of a lost line is kept for its return; 0 does not keep users.',
      0,
      0,
    ),
    maxUserIdleSeconds: seconds(
      'How long a user may ask for nothing before being disconnected; 0 waits for ever.',
      300,
      0,
    ),
    isEncrypted: flag(
      'Whether only encrypted lines may log in: with a key from the CryptoManager, TLS, WSS or an HTTPS tunnel. Lines with such a key may log in to no other zone.',
      false,
    ),
    allowPlainWebSockets: flag(
      'Whether an encrypted zone takes WebSockets without TLS all the same, as the stock server does.',
      false,
    ),
    silentErrors: flag(
      'Whether requests that the stock server leaves unanswered stay so here, instead of getting an error.',
      false,
    ),
    wordFilter: wordFilterSchema.prefault({}),
    floodFilter: floodFilterSchema.prefault({}),
    buddies: buddySchema.prefault({}),
    accounts: accountSchema.optional(),
    roomInvitations: roomInvitationSchema.prefault({}),
    privileges: privilegesSchema.prefault({}),
    disabledEvents: described(
      z.array(z.enum(EVENTS_TO_DISABLE)),
      'Events that no client of the zone is told of.',
    ).default([]),
    extensions: extensionList('The extensions of the zone.'),
    clientRoomExtensions: extensionNames('Extensions that clients may name for the rooms they make.'),
    clientRoomMaxVisibleUsers: count(
      'How many users one user sees at once in the MMO rooms that clients make, the nearest ones; 0 is all, as the stock server has it.',
      'users',
      maxVisibleUsers.min,
      maxVisibleUsers.max,
      100,
    ),
    rooms: z.array(roomSchema).default([]).describe('The rooms that exist from the start.'),
  })
  .describe('A zone of a Warren server: users and rooms that know of each other.')

/** A zone as written in its file; everything but the name may be left out. */
export type ZoneInput = z.input<typeof zoneSchema>
