import { z } from 'zod'
import { extensionList } from './extension-schema.ts'
import { choice, count, described, flag, roomUsers, text } from './fields.ts'
import { mmoSchema } from './mmo-schema.ts'
import { roomVariableSchema } from './variable-schema.ts'

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
    maxVariables: count(
      'How many variables the room may have; never more than the maxRoomVariables of the zone.',
      'variables',
      0,
      10_000,
      10,
    ),
    variables: z
      .array(roomVariableSchema)
      .default([])
      .describe('The variables that the room has from the start.'),
    autoRemove: choice(
      'When the room goes by itself if a user made it; a room of this file stays in any case.',
      ['default', 'whenEmpty', 'whenEmptyAndCreatorIsGone', 'never'],
      'default',
    ),
    onlyOwnerInvites: flag('Whether only its owner may invite users to the room.', true),
    filterWords: flag("Whether public messages in the room go through the zone's word filter.", false),
    permissions: permissions.prefault({}),
    events: events.prefault({}),
    extensions: extensionList('The extensions of the room.'),
    mmo: mmoSchema.optional(),
  })
  .describe('A room that exists from the start.')
