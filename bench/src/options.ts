import { parseArgs } from 'node:util'

/** The parts of a run. */
export const AREAS = [
  'chat',
  'tcp',
  'transports',
  'resume',
  'cpu',
  'es3',
  'extension',
  'idle',
  'codec',
  'aoi',
  'mmo',
  'presence',
  'sdk',
] as const
export type Area = (typeof AREAS)[number]

/** What to run and how long. */
export interface BenchOptions {
  readonly areas: ReadonlySet<Area>
  readonly quick: boolean
  readonly peers: boolean
  /** Room sizes of the chat rows. */
  readonly clients: readonly number[]
  /** Least milliseconds between two writes of the floors. */
  readonly floorTick: number
  /** Sessions of the idle row. */
  readonly sessions: number
  /** Milliseconds of load before anything is measured, so that the code is compiled. */
  readonly warmUp: number
  /** Milliseconds and counts of a rate sweep. */
  readonly sweep: {
    readonly warmUp: number
    readonly measure: number
    readonly confirm: number
    readonly precision: number
    readonly maxProbes: number
  }
  /** Seconds in all for repeating disturbed steps. */
  readonly patience: number
  /** Of a CPU figure: the median of so many measurements of so many milliseconds. */
  readonly cpu: { readonly rounds: number; readonly measure: number }
  /** The same of a figure about calls. */
  readonly calls: { readonly rounds: number; readonly measure: number }
  /** Of a client library: rounds, and messages in each. */
  readonly sdk: { readonly rounds: number; readonly messages: number }
  /**
   * Users who walk in an MMO room, for how many milliseconds before they are measured (and until the server has made so
   * many updates at least) and for how many while they are: whole seconds.
   */
  readonly walk: {
    readonly users: readonly number[]
    readonly warmUp: number
    readonly leastUpdates: number
    readonly measure: number
    /** For a crowd on one spot: long enough for a percentile of its rounds. */
    readonly measureCrowd: number
  }
}

export const USAGE = `Usage: npm run bench -- [options]
  --quick             about four minutes instead of 23, rougher figures
  --only <areas>      comma-separated: ${AREAS.join(', ')}
  --clients <list>    room sizes (100,1000; quick: 100)
  --walkers <list>    users of the MMO rooms (95,1000,5000,10000; quick: 1000)
  --sessions <n>      sessions of the idle row (10000; quick: 2000)
  --floor-tick <ms>   least time between two writes of the floors (4; 0 is each turn)
  --patience <s>      seconds for repeating steps that other processes disturbed (90; quick: 20)
  --no-peers          without Colyseus and Socket.IO`

/**
 * Reads the command line.
 * @throws Error with a message for the user
 */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: AREAS.join(',') },
      clients: { type: 'string' },
      walkers: { type: 'string' },
      sessions: { type: 'string' },
      'floor-tick': { type: 'string', default: '4' },
      patience: { type: 'string' },
      'no-peers': { type: 'boolean', default: false },
    },
  })
  const { quick } = values
  const clients = values.clients ?? (quick ? '100' : '100,1000')
  const walkers = values.walkers ?? (quick ? '1000' : '95,1000,5000,10000')
  return {
    areas: new Set(values.only.split(',').map(areaOf)),
    quick,
    peers: !values['no-peers'],
    clients: clients.split(',').map(text => wholeNumber('--clients', text, 1)),
    floorTick: wholeNumber('--floor-tick', values['floor-tick'], 0),
    sessions: wholeNumber('--sessions', values.sessions ?? (quick ? '2000' : '10000'), 1),
    patience: wholeNumber('--patience', values.patience ?? (quick ? '20' : '90'), 0),
    warmUp: quick ? 1500 : 3000,
    sweep: quick
      ? { warmUp: 300, measure: 800, confirm: 1500, precision: 0.15, maxProbes: 12 }
      : { warmUp: 400, measure: 1200, confirm: 3000, precision: 0.06, maxProbes: 18 },
    cpu: quick ? { rounds: 1, measure: 1500 } : { rounds: 3, measure: 2000 },
    calls: quick ? { rounds: 3, measure: 800 } : { rounds: 5, measure: 1200 },
    walk: {
      users: walkers.split(',').map(text => wholeNumber('--walkers', text, 2)),
      ...(quick
        ? { warmUp: 1500, leastUpdates: 0, measure: 3000, measureCrowd: 3000 }
        : { warmUp: 4000, leastUpdates: 12_000, measure: 8000, measureCrowd: 30_000 }),
    },
    sdk: quick ? { rounds: 3, messages: 50_000 } : { rounds: 7, messages: 150_000 },
  }
}

function areaOf(text: string): Area {
  const area = AREAS.find(name => name === text.trim())
  if (!area) throw new Error(`--only: "${text}" is none of ${AREAS.join(', ')}`)
  return area
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < least) {
    throw new Error(`${option}: "${text}" is not a whole number of at least ${least}`)
  }
  return value
}
