import { z } from 'zod'
import { DEFAULT_BUDDIES as BUDDIES } from '../domain/buddies/settings.ts'
import { count, flag, names } from './fields.ts'

/** `roomInvitations` of a zone. */
export const roomInvitationSchema = z
  .strictObject({
    onlyBuddies: flag(
      'Whether users may invite only those on their buddy lists; without effect where there are no buddy lists.',
      false,
    ),
    maxUsers: count('How many users one request may invite.', 'users', 1, 10_000, 32),
  })
  .describe('Whom users may invite into rooms.')

/** `buddies` of a zone. */
export const buddySchema = z
  .strictObject({
    active: flag('Whether users of the zone have buddy lists.', BUDDIES.active),
    offlineVariables: flag(
      'Whether buddy variables whose names begin with $ are kept, and seen while their owner is away.',
      BUDDIES.offlineVariables,
    ),
    maxBuddies: count('How many buddies a list may have.', 'buddies', 0, 10_000, BUDDIES.maxBuddies),
    maxVariables: count(
      'How many buddy variables a user may have.',
      'variables',
      0,
      1000,
      BUDDIES.maxVariables,
    ),
    maxVariableBytes: count(
      'How many bytes the buddy variables of a user may have together, as they are sent: whoever loads his list is sent those of all his buddies.',
      'bytes',
      256,
      1_048_576,
      BUDDIES.maxVariableBytes,
    ),
    temporaryBuddies: flag(
      'Whether who gets a message of somebody who is not on his list has him there for the rest of his visit.',
      BUDDIES.temporaryBuddies,
    ),
    states: names(
      'What clients offer their users to say of themselves; a new user begins with the first.',
      BUDDIES.states,
    ),
    filterWords: flag(
      'Whether the word filter of the zone looks at nicknames and states.',
      BUDDIES.filterWords,
    ),
  })
  .describe('Buddy lists. They are kept in the database, by zone and name; those of guests are not.')
