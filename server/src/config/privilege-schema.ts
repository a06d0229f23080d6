import { z } from 'zod'
import type { PrivilegeProfile } from '../domain/settings.ts'
import { described, flag, text } from './fields.ts'
import { requestNames } from './filter-schema.ts'

const CALLS = { deniedRequests: [], extensionCalls: true, superUser: false }

/** Who is who if a zone says nothing else. */
export const DEFAULT_PROFILES: readonly PrivilegeProfile[] = [
  { id: 0, name: 'Guest', ...CALLS },
  { id: 1, name: 'Standard', ...CALLS },
  { id: 2, name: 'Moderator', ...CALLS, superUser: true },
  { id: 3, name: 'Administrator', ...CALLS, superUser: true },
]

const profile = z
  .strictObject({
    id: described(
      z.int().min(0).max(32_767),
      'The privilege level: 0 guest, 1 standard, 2 moderator, 3 administrator; others are yours.',
      'level numbers',
    ),
    name: text('What people call the level.'),
    deniedRequests: described(
      z.array(z.enum(requestNames())),
      'Requests that are not carried out for these users.',
    ).default([]),
    extensionCalls: flag('Whether these users may call extensions.', true),
    superUser: flag(
      'Whether these users may kick, ban, write as moderators and change the rooms of others.',
      false,
    ),
  })
  .describe('What the users of one privilege level may do.')

/** `privileges` of a zone. */
export const privilegesSchema = z
  .strictObject({
    active: flag(
      'Whether the profiles count. If not, everybody may ask for everything that needs no super user, and nobody is one.',
      false,
    ),
    profiles: z
      .array(profile)
      .default(
        DEFAULT_PROFILES.map(({ deniedRequests, ...rest }) => ({
          ...rest,
          deniedRequests: [...deniedRequests],
        })),
      )
      .describe(
        'What the users of each level may do. Users of a level without a profile may do everything that needs no super user.',
      ),
  })
  .describe('Who may do what.')
