import { MOVES_PER_SECOND, UPDATE_MILLIS } from '../mmo/world.ts'
import type { Way } from './ways.ts'
import { WAY_NAMES } from './ways.ts'
import type { Assignment, Workload } from './workload.ts'

/** A kind of work. */
export interface Scenario {
  /** For the help. */
  readonly does: string
  readonly ways: readonly Way[]
  /** Bots, if nobody says how many. */
  readonly clients: number
  /** What one thing that is counted is called, in the plural. */
  readonly unit: string
  /** What an operation is called, in the plural, where the deliveries that come of one are not known beforehand. */
  readonly operations?: string
  /** Deliveries a second, if nobody says how many; undefined where the number of bots says it. */
  readonly rate?: number
  /** Deliveries that come of one operation. */
  receivers(clients: number, roomSize: number): number
  /** The operations a second that so many bots do, where they are not asked for. */
  perSecond?(clients: number): number
  /** Milliseconds that a step takes where that follows from the bots. */
  measure?(clients: number, perSecond: number): number
  /** Milliseconds of the 99th percentile within which a rate counts as sustained. */
  readonly limit: number
  /** Seconds that the own server keeps users whose lines are lost. */
  readonly reconnectionSeconds: number
  /** Milliseconds from the order to the first operation. */
  readonly lead: number
  create(assignment: Assignment): Promise<Workload>
}

const SFS2X_WAYS: readonly Way[] = ['tcp', 'ws', 'bluebox']
const MOST_PINGS = 200
const one = () => 1
const common = { reconnectionSeconds: 0, lead: 250, limit: 50 } as const

const walking = {
  ...common,
  ways: SFS2X_WAYS,
  unit: 'sights',
  operations: 'moves',
  receivers: one,
  perSecond: (clients: number) => clients * MOVES_PER_SECOND,
  // Two rounds of updates.
  limit: 2 * UPDATE_MILLIS,
}

/** All scenarios by name. What they do is loaded when it is needed. */
export const SCENARIOS = {
  chat: {
    ...common,
    does: 'bots in rooms who all talk and all listen',
    ways: WAY_NAMES,
    clients: 100,
    unit: 'deliveries',
    rate: 20_000,
    receivers: (_, roomSize) => roomSize,
    create: async assignment => (await import('./workloads/chat.ts')).chat(assignment),
  },
  lobby: {
    ...common,
    does: 'rooms come and go, and everybody in the lobby is told',
    ways: SFS2X_WAYS,
    clients: 500,
    unit: 'deliveries',
    rate: 20_000,
    // Each is told that the room comes, and that it goes.
    receivers: clients => 2 * clients,
    create: async assignment => (await import('./workloads/lobby.ts')).lobby(assignment),
  },
  'mmo-walk': {
    ...walking,
    does: 'users walk on a map and see about 20 others each',
    clients: 500,
    create: async assignment => (await import('./workloads/walk.ts')).walk(assignment, false),
  },
  'mmo-crowd': {
    ...walking,
    does: 'users in one spot, of whom each sees the nearest',
    clients: 300,
    create: async assignment => (await import('./workloads/walk.ts')).walk(assignment, true),
  },
  'login-storm': {
    ...common,
    does: 'clients who connect, log in and are gone again',
    ways: WAY_NAMES,
    clients: 1,
    unit: 'logins',
    rate: 500,
    receivers: one,
    limit: 1000,
    create: async assignment => (await import('./workloads/login-storm.ts')).loginStorm(assignment),
  },
  'reconnect-storm': {
    ...common,
    does: 'all lines are cut, and all clients come back with their tokens',
    // Stock servers keep the users of streams only.
    ways: ['tcp'],
    clients: 1000,
    unit: 'returns',
    receivers: one,
    perSecond: clients => clients / 4,
    measure: (clients, perSecond) => (clients / perSecond) * 1000,
    limit: 1000,
    reconnectionSeconds: 120,
    lead: 1500,
    create: async assignment => (await import('./workloads/reconnect-storm.ts')).reconnectStorm(assignment),
  },
  idle: {
    ...common,
    does: 'clients who are logged in and silent, but for a ping now and then',
    ways: WAY_NAMES,
    clients: 1000,
    unit: 'answers',
    receivers: one,
    // SFS2X answers a client's pings when they are almost a second apart.
    perSecond: clients => Math.min(MOST_PINGS, clients / 5),
    create: async assignment => (await import('./workloads/idle.ts')).idle(assignment),
  },
} as const satisfies Record<string, Scenario>

/** The name of a scenario, as on the command line. */
export type ScenarioName = keyof typeof SCENARIOS
export const SCENARIO_NAMES = Object.keys(SCENARIOS) as readonly ScenarioName[]
