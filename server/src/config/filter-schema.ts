import { requests } from '@warren/codec'
import { z } from 'zod'
import { DEFAULT_FLOOD_FILTER as FLOOD, DEFAULT_WORD_FILTER as WORDS } from '../domain/filter/settings.ts'
import { choice, count, described, flag, minutes, names, seconds, shownText } from './fields.ts'

const banMode = (preset: 'name' | 'address') =>
  choice("What a ban keeps out: the user's name, or everybody from his address.", ['name', 'address'], preset)

/** `wordFilter` of a zone. */
export const wordFilterSchema = z
  .strictObject({
    active: flag('Whether bad words are looked for at all.', WORDS.active),
    mode: choice(
      'What the list says: words that must not be used, or all words that may be.',
      ['blacklist', 'whitelist'],
      WORDS.mode,
    ),
    wordsFile: described(
      z.string().max(4096),
      'The list, one word or regular expression a line; relative to the configuration file. Empty for none. Only read while the filter is active.',
    ).default(WORDS.wordsFile),
    words: names('More words or regular expressions, beside those of the file.', []),
    hideCharacter: described(
      z.string().min(1).max(8),
      'Stands in the place of each character of a masked word.',
    ).default(WORDS.hideCharacter),
    useWarnings: flag(
      'Whether bad words have consequences. If not, they are masked and nobody is warned, kicked or banned.',
      WORDS.useWarnings,
    ),
    warningsBeforeKick: count(
      'How many messages with bad words only get a warning; the next one gets a kick.',
      'warnings',
      0,
      10_000,
      WORDS.warningsBeforeKick,
    ),
    kicksBeforeBan: count(
      'How many kicks within kicksBeforeBanMinutes stay kicks; the next one is a ban.',
      'kicks',
      0,
      10_000,
      WORDS.kicksBeforeBan,
    ),
    kicksBeforeBanMinutes: minutes('How long a kick is remembered.', WORDS.kicksBeforeBanMinutes),
    banDurationMinutes: minutes('How long a ban lasts.', WORDS.banDurationMinutes),
    maxBadWordsPerMessage: count(
      'A message with more bad words than this is not delivered; 0 delivers all of them, masked.',
      'words',
      0,
      10_000,
      WORDS.maxBadWordsPerMessage,
    ),
    secondsBeforeBanOrKick: seconds(
      'How long a user has to read why before he is kicked or banned.',
      WORDS.secondsBeforeBanOrKick,
      0,
    ),
    banMode: banMode(WORDS.banMode),
    warningMessage: shownText('What a warned user reads.', WORDS.warningMessage),
    kickMessage: shownText('What a kicked user reads.', WORDS.kickMessage),
    banMessage: shownText('What a banned user reads.', WORDS.banMessage),
    filterUserNames: flag('Whether a login with a bad word in the name is refused.', WORDS.filterUserNames),
    filterRoomNames: flag('Whether a room with a bad word in its name is refused.', WORDS.filterRoomNames),
    filterPrivateMessages: flag('Whether private messages are looked at too.', WORDS.filterPrivateMessages),
    filterBuddyMessages: flag('Whether messages to buddies are looked at too.', WORDS.filterBuddyMessages),
  })
  .describe('Bad words. Public messages are looked at in rooms with filterWords.')

const rule = z
  .strictObject({
    request: described(z.enum(requestNames()), 'The request that is counted.'),
    maxRequests: described(z.int().min(1).max(1000), 'How many of them pass.', 'requests'),
    seconds: described(
      z.number().min(0.001).max(86_400),
      'The time in which so many pass, for one user.',
      'seconds',
    ).default(1),
  })
  .describe('How often a user may send a request.')

/** `floodFilter` of a zone. */
export const floodFilterSchema = z
  .strictObject({
    active: flag('Whether requests are counted at all.', FLOOD.active),
    rules: z
      .array(rule)
      .default([...FLOOD.rules])
      .describe('How often a user may send which request; others are not counted.'),
    maxFloodingAttempts: count(
      'How many requests over a limit are only dropped; the next one gets a ban.',
      'requests',
      0,
      1_000_000,
      FLOOD.maxFloodingAttempts,
    ),
    secondsBeforeBan: seconds(
      'How long a user has to read why before he is banned.',
      FLOOD.secondsBeforeBan,
      0,
    ),
    banDurationMinutes: minutes('How long a ban lasts.', FLOOD.banDurationMinutes),
    banMode: banMode(FLOOD.banMode),
    banMessage: shownText('What a banned user reads.', FLOOD.banMessage),
    roomsMaySwitchOff: flag(
      'Whether makers of rooms may have public messages there not counted, as clients of ElectroServer 3 can say.',
      FLOOD.roomsMaySwitchOff,
    ),
    logFloodingAttempts: flag(
      'Whether each dropped request is a line in the log.',
      FLOOD.logFloodingAttempts,
    ),
  })
  .describe('Requests that come too often.')

/** All requests by name. */
export function requestNames() {
  return Object.keys(requests)
}
