import { z } from 'zod'
import { type WordKind, wordProblem } from '../domain/filter/language-filter.ts'
import { choice, count, described, milliseconds, seconds, text } from './fields.ts'

const account = (sentence: string) =>
  z
    .strictObject({
      name: text('The name of the account; upper and lower case are the same.'),
      password: text('Its password, as clients send it: plain.'),
    })
    .describe(sentence)

const words = (kind: WordKind, sentence: string) =>
  z
    .array(
      z.string().superRefine((word, context) => {
        const problem = wordProblem(kind, word)
        if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
      }),
    )
    .max(10_000)
    .default([])
    .describe(
      `${sentence} Upper and lower case are the same. Holds in all zones that these clients may enter, for names too.`,
    )

/** What may stand about clients of ElectroServer. */
export const electroSchema = z
  .strictObject({
    zone: described(
      z.string().min(1),
      'The zone that a login enters. Left out: the first of the zones.',
    ).optional(),
    zones: described(
      z.array(z.string().min(1)).min(1),
      'The zones that these clients may enter. Left out: all.',
    ).optional(),
    maxConnections: count(
      'How many of these clients there may be at once; the next one is told so and disconnected. 0 is no limit.',
      'clients',
      0,
      10_000_000,
      0,
    ),
    greetingDelayMillis: milliseconds(
      'How long the server lets a new client on TCP speak first, which Flash Player does for its policy file, before it greets.',
      150,
      5000,
    ),
    loginSeconds: seconds('How long a line may go without a login: people type their names meanwhile.', 600),
    costlyRequestsPerSecond: count(
      'Requests of one client that a whole zone hears of or whose answer is long, such as making a room or asking for all rooms: sustained; twice as many at once.',
      'requests a second',
      1,
      500,
      10,
    ),
    createRooms: choice(
      'Who of these clients may make rooms, within what the zone allows.',
      ['everybody', 'moderators', 'nobody'],
      'everybody',
    ),
    banMode: choice(
      "What a moderator's ban keeps out: the user's name, or everybody from his address.",
      ['name', 'address'],
      'name',
    ),
    words: words('word', 'What must not be said: words, found where they stand alone.'),
    rootWords: words('root', 'What must not be said: letters, found inside of longer words too.'),
    moderators: z
      .array(account('A moderator.'))
      .default([])
      .describe('Who may kick and ban by logging in with this name and password. Nobody else gets the name.'),
    administrators: z
      .array(account('An administrator.'))
      .default([])
      .describe('Who may see the configuration and give orders to the server, by the administrator login.'),
  })
  .describe('Clients of ElectroServer 3.')
