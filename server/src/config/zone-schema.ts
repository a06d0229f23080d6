import { z } from 'zod'
import {
  count,
  described,
  flag,
  milliseconds,
  names,
  roomUsers,
  seconds,
  text,
  toldSeconds,
} from './fields.ts'

const permissions = z
  .strictObject({
    nameChange: flag('Whether the name may be changed by a client.', false),
    passwordChange: flag('Whether the password may be changed by a client.', false),
    publicMessages: flag('Whether users may send public messages.', true),
    capacityChange: flag('Whether the capacity may be changed by a client.', false),
  })
  .describe('What users may do in the room and to it.')

const events = z
  .strictObject({
    userEnter: flag('Tell the users in the room who comes in.', true),
    userExit: flag('Tell the users in the room who leaves.', true),
    userCountChange: flag('Tell subscribers of the group how many users the room has.', true),
    userVariablesUpdate: flag('Tell the users in the room about changed user variables.', true),
  })
  .describe('What the room tells about itself.')

/** One room that exists from the start. */
export const roomSchema = z
  .strictObject({
    name: text('The name, unique in the zone.'),
    group: text('The group that the room belongs to.').default('default'),
    password: described(z.string(), 'Needed to join; empty for an open room.').default(''),
    maxUsers: roomUsers('How many users the room takes; players, in a game room.', 20),
    maxSpectators: roomUsers('How many spectators a game room takes.', 0, 0),
    isGame: flag('Whether it is a game room, with players and spectators.', false),
    isHidden: flag('Whether room lists leave it out.', false),
    permissions: permissions.prefault({}),
    events: events.prefault({}),
  })
  .describe('A room that exists from the start.')

/** A zone file. */
export const zoneSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where the JSON Schema of this file is, for editors.'),
    name: text('The name that clients log in to.'),
    maxUsers: count('How many users the zone takes.', 'users', 1, 10_000_000, 1000),
    allowGuestUsers: flag('Whether a login without a name is welcome, as a guest.', true),
    guestUserNamePrefix: text('A guest is called by this and a number.', 32).default('Guest#'),
    publicRoomGroups: names('Groups that clients may subscribe to.', ['default', 'games', 'chats']),
    defaultRoomGroups: names('Groups that every user is subscribed to at login; each a public one.', [
      'default',
      'games',
      'chats',
    ]),
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
    silentErrors: flag(
      'Whether requests that the stock server leaves unanswered stay so here, instead of getting an error.',
      false,
    ),
    rooms: z.array(roomSchema).default([]).describe('The rooms that exist from the start.'),
  })
  .describe('A zone of a Warren server: users and rooms that know of each other.')

/** A zone as written in its file; everything but the name may be left out. */
export type ZoneInput = z.input<typeof zoneSchema>
