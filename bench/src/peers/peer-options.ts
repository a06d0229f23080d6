import { parseArgs } from 'node:util'

/** How long and how often peers are measured. */
export interface PeerOptions {
  readonly rounds: number
  /** Room sizes of the chat. */
  readonly clients: readonly number[]
  /** Keys of works; empty for all. */
  readonly only: readonly string[]
  readonly peers: boolean
  readonly sessions: number
  readonly floorTick: number
  /** Milliseconds. */
  readonly warmUp: number
  readonly measure: number
  readonly sweep: {
    readonly warmUp: number
    readonly measure: number
    readonly precision: number
    readonly maxProbes: number
  }
  /** Write the tables into docs/benchmarks.md. */
  readonly docs: boolean
  readonly quick: boolean
}

export const PEER_USAGE = `Usage: npm run bench:peers -- [options]
  --rounds <n>      rounds, of which medians are shown (5; quick: 1)
  --quick           rougher and shorter
  --only <keys>     comma-separated: chat-100, chat-1000, cpu, trip, logins, memory
  --clients <list>  room sizes of the chat (100,1000; quick: 100)
  --sessions <n>    idle sessions (10000; quick: 1000)
  --floor-tick <ms> least time between two writes of the floor (4; 0 is each turn)
  --no-peers        without Colyseus and Socket.IO
  --docs            write the tables into docs/benchmarks.md`

/**
 * Reads the command line.
 * @throws Error with a message for the user
 */
export function parsePeerOptions(args: readonly string[]): PeerOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      clients: { type: 'string' },
      sessions: { type: 'string' },
      'floor-tick': { type: 'string', default: '4' },
      'no-peers': { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
    },
  })
  const { quick } = values
  const clients = values.clients ?? (quick ? '100' : '100,1000')
  return {
    rounds: wholeNumber('rounds', values.rounds ?? (quick ? '1' : '5'), 1),
    clients: clients.split(',').map(text => wholeNumber('clients', text, 1)),
    only: values.only.split(',').filter(key => key !== ''),
    peers: !values['no-peers'],
    sessions: wholeNumber('sessions', values.sessions ?? (quick ? '1000' : '10000'), 1),
    floorTick: wholeNumber('floor-tick', values['floor-tick'], 0),
    warmUp: quick ? 1500 : 3000,
    measure: quick ? 1500 : 4000,
    sweep: quick
      ? { warmUp: 300, measure: 800, precision: 0.2, maxProbes: 10 }
      : { warmUp: 400, measure: 1200, precision: 0.06, maxProbes: 18 },
    docs: values.docs,
    quick,
  }
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < least) {
    throw new Error(`--${option}: "${text}" is not a whole number of at least ${least}`)
  }
  return value
}
