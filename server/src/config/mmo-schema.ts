import { z } from 'zod'
import { MMO_DEFAULTS, MMO_RANGES, mmoProblems, mmoSettingsOf } from '../domain/mmo/mmo-settings.ts'
import type { MmoSettings } from '../domain/settings.ts'
import { choice, count, described, flag, milliseconds, toldSeconds } from './fields.ts'

/** What an INT can hold; a room of floats needs no more. */
const FURTHEST = 2_147_483_647

const coordinate = (sentence: string) =>
  described(z.number().min(-FURTHEST).max(FURTHEST), sentence, 'units of the map')

const point = (sentence: string) =>
  described(
    z.strictObject({
      x: coordinate('Along the first axis.'),
      y: coordinate('Along the second axis.'),
      z: coordinate('Along the third axis, where there is one.').default(0),
    }),
    sentence,
  )

const { proximityMillis, maxVisibleUsers, leaveFactor, positionStep } = MMO_RANGES

const written = z
  .strictObject({
    coordinates: choice('Whether positions are whole numbers or floats.', ['int', 'float'], 'int'),
    aoi: point(
      'The area of interest: users see each other who are less than this apart on every axis. A z of 0 leaves heights out.',
    ),
    lowerLimit: point('The lowest point of the map, itself included. Comes with higherLimit.').optional(),
    higherLimit: point(
      'The highest point of the map, itself included. Without limits users may be anywhere.',
    ).optional(),
    maxLimboSeconds: toldSeconds(
      'How long a user may be in the room without a position before leaving it.',
      MMO_DEFAULTS.maxLimboSeconds,
    ),
    proximityMillis: milliseconds(
      'How often users are told who came into view and who left it.',
      MMO_DEFAULTS.proximityMillis,
      proximityMillis.max,
      proximityMillis.min,
    ),
    sendEntryPoint: flag(
      'Whether users are told where those stand who come into view.',
      MMO_DEFAULTS.sendEntryPoint,
    ),
    leaveFactor: described(
      z.number().min(leaveFactor.min).max(leaveFactor.max),
      'How many times the area of interest those may be away who are in view already. Above 1, who walks along its edge does not come and go; 1 is as the stock server has it.',
      'times',
    ).default(MMO_DEFAULTS.leaveFactor),
    maxVisibleUsers: count(
      'How many users one user sees at once, the nearest ones; 0 is all.',
      'users',
      maxVisibleUsers.min,
      maxVisibleUsers.max,
      MMO_DEFAULTS.maxVisibleUsers,
    ),
    streamPositions: flag(
      'Whether clients that ask for it are sent where those in their view are, each time something moved; others notice nothing.',
      MMO_DEFAULTS.streamPositions,
    ),
    positionStep: described(
      z.number().min(positionStep.min).max(positionStep.max),
      'What streamed positions are rounded to; 0 is a 256th of the shorter side of the area of interest, and at least 1 where positions are whole numbers.',
      'units of the map',
    ).default(MMO_DEFAULTS.positionStep),
  })
  .describe(
    'Makes it an MMO room, where users see and hear those near them only. It is never a game, whatever isGame says.',
  )

/** The settings of an MMO room. */
export const mmoSchema = written.transform((given, context): MmoSettings => {
  const settings = mmoSettingsOf(given)
  for (const { setting, problem } of mmoProblems(settings)) {
    context.issues.push({ code: 'custom', path: [setting], input: given[setting], message: problem })
  }
  return settings
})
