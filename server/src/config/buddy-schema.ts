import { z } from 'zod'
import { DEFAULT_BUDDIES as BUDDIES } from '../domain/buddies/settings.ts'
import { count, flag, names } from './fields.ts'

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
