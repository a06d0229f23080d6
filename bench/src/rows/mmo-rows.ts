import type { MmoServer, WalkResult, WalkWay } from '../mmo/protocol.ts'
import { type ServerCost, WalkRig } from '../mmo/walk-rig.ts'
import { crowdOf, UPDATE_MILLIS, worldOf } from '../mmo/world.ts'
import type { BenchOptions } from '../options.ts'
import { whole } from '../table.ts'
import { DISTURBED, type RunContext } from './crowd-runner.ts'

/** Share of its core from which on the generator, and not the server, may be what is measured. */
const GENERATOR_BUSY = 0.92
/** Microseconds that a generator which keeps up sends moves late at most: 99 of 100. */
const GENERATOR_LATE = 75_000

/** Users up to whom all ways and servers are compared: with user variables, more is more than a generator can read. */
const FEW = 1000
/** Users up to whom a way is compared that costs about as much as the plain one. */
const SOME = 5000

/** Users with whom Colyseus fills most of a core. */
const MOST_OF_PEER = 3000

/** Who walks where, in one row. */
export interface MmoCase {
  readonly server: MmoServer
  readonly way: WalkWay
  readonly webSocket: boolean
  readonly users: number
  /** All in each other's area, and each sees so many at most; 0 is a map with about 20 in view. */
  readonly maxVisible: number
}

/** What walking users cost a server, and when they heard of each other. */
export interface MmoRow extends MmoCase, WalkResult, ServerCost {
  /** The generator kept up: what was measured is the server. */
  readonly isValid: boolean
  /** Empty when everybody was told of everything once and the generator kept up. */
  readonly fault: string
}

const warren = { server: 'warren', way: 'positions', webSocket: false, maxVisible: 0 } as const
const webSocket = { ...warren, webSocket: true } as const
const floor = { ...warren, server: 'floor' } as const
const sockets = { ...warren, server: 'sockets' } as const
const colyseus = { ...webSocket, server: 'colyseus', way: 'streaming' } as const

/** The rows of a run. */
export function mmoCases({ quick, walk }: BenchOptions, hasPeers: boolean): MmoCase[] {
  const few = walk.users.filter(users => users <= FEW)
  const some = walk.users.filter(users => users <= SOME)
  const compared = walk.users.some(users => users > MOST_OF_PEER) ? [...few, MOST_OF_PEER] : few
  return [
    ...walk.users.map(users => ({ ...warren, users })),
    ...some.map(users => ({ ...floor, users })),
    ...compared.map(users => ({ ...sockets, users })),
    ...few.map(users => ({ ...warren, way: 'variables' as const, users })),
    ...some.map(users => ({ ...warren, way: 'streaming' as const, users })),
    ...compared.map(users => ({ ...webSocket, way: 'streaming' as const, users })),
    ...(hasPeers ? compared.map(users => ({ ...colyseus, users })) : []),
    { ...warren, users: quick ? 500 : 2000, maxVisible: 100 },
  ]
}

/**
 * Lets users walk on one server after the other; again as long as others disturb and there is patience. A case that
 * cannot be measured is named to `onFailure`.
 */
export async function runMmo(
  { options, progress, patience }: RunContext,
  hasPeers: boolean,
  onFailure: (reason: string) => void,
): Promise<MmoRow[]> {
  const rows: MmoRow[] = []
  const { walk } = options
  for (const one of mmoCases(options, hasPeers)) {
    progress.stage(`MMO, ${titleOf(one)}`)
    try {
      let row = await runCase(one, walk, text => progress.detail(text))
      while (row.otherCpu >= DISTURBED && patience.take(walk.warmUp + walk.measure)) {
        progress.stage(`MMO, ${titleOf(one)}: again, other processes disturb`)
        row = await runCase(one, walk, text => progress.detail(text))
      }
      rows.push(row)
    } catch (error) {
      onFailure(`${titleOf(one)}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return rows
}

async function runCase(
  one: MmoCase,
  { warmUp, leastUpdates, measure, measureCrowd }: BenchOptions['walk'],
  onNews: (text: string) => void,
): Promise<MmoRow> {
  const { server, way, webSocket, maxVisible, users } = one
  const world = maxVisible > 0 ? crowdOf(users) : worldOf(users)
  const rig = await WalkRig.build({ server, way, webSocket, maxVisible, world }, onNews)
  try {
    const plan = {
      warmUp: Math.max(warmUp, (leastUpdates / users) * UPDATE_MILLIS),
      measure: maxVisible > 0 ? measureCrowd : measure,
    }
    const { result, cost } = await rig.walk(plan, onNews)
    const doubt = doubtOf(result)
    const fault = [...doubt, ...faultsOf(result)].join(', ')
    return { ...one, ...result, ...cost, isValid: doubt.length === 0, fault }
  } finally {
    await rig.close()
  }
}

/** What a case is called. */
export function titleOf({ server, way, webSocket, users, maxVisible }: MmoCase): string {
  const crowd = maxVisible > 0 ? `, all on one spot, ${maxVisible} in view` : ''
  const line = webSocket ? 'WebSocket' : 'TCP'
  return `${SERVERS[server]}, ${WAYS[server][way]}, ${line}, ${users.toLocaleString('en')} users${crowd}`
}

/** Names of the servers. */
export const SERVERS: Readonly<Record<MmoServer, string>> = {
  warren: 'Warren',
  floor: 'floor (bare net)',
  sockets: 'bare sockets (C)',
  colyseus: 'Colyseus',
}

const state = 'where they are (state)'
const nothing = 'nothing: as many bytes'

/** What users hear of each other, by server. */
export const WAYS: Readonly<Record<MmoServer, Readonly<Record<WalkWay, string>>>> = {
  warren: {
    positions: 'who comes and goes',
    variables: 'x and y as user variables',
    streaming: 'where they are (streamed)',
  },
  floor: { positions: nothing, variables: nothing, streaming: nothing },
  sockets: { positions: nothing, variables: nothing, streaming: nothing },
  colyseus: { positions: state, variables: state, streaming: state },
}

/** Why the generator, or who disturbed it, was measured and not the server; empty when it was the server. */
function doubtOf({ generatorCpu, seconds, late }: WalkResult): string[] {
  return [
    ...(generatorCpu / seconds > GENERATOR_BUSY ? ['invalid: the generator is busy'] : []),
    ...(late > GENERATOR_LATE ? [`invalid: moves ${Math.round(late / 1000)} ms late`] : []),
  ]
}

/** What the server did wrong. */
function faultsOf({ count, closed }: WalkResult): string[] {
  const { lost = 0, doubled = 0, invented = 0 } = count ?? {}
  return Object.entries({ lost, doubled, invented, 'lines closed': closed.length })
    .filter(([, number]) => number > 0)
    .map(([name, number]) => `${whole(number)} ${name}`)
}
