import type { MmoServer, WalkPlan, WalkResult, WalkWay } from '../mmo/protocol.ts'
import { type ServerCost, WalkRig } from '../mmo/walk-rig.ts'
import { crowdOf, worldOf } from '../mmo/world.ts'
import type { BenchOptions } from '../options.ts'
import type { Progress } from '../progress.ts'

/** Share of its core from which on the generator, and not the server, may be what is measured. */
const GENERATOR_BUSY = 0.92
/** Microseconds that a generator which keeps up sends moves late at most. */
const GENERATOR_LATE = 20_000

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
export interface MmoRow extends MmoCase, Omit<WalkResult, 'closed'>, ServerCost {
  /** Empty when everybody was told of everything once and the generator kept up. */
  readonly fault: string
}

const warren = { server: 'warren', way: 'positions', webSocket: false, maxVisible: 0 } as const
const colyseus = { server: 'colyseus', way: 'variables', webSocket: true, maxVisible: 0 } as const

/** The rows of a run, those of few users first. */
export function mmoCases({ quick, peers, walk }: BenchOptions): MmoCase[] {
  const few = quick ? [95] : [95, 1000]
  return [
    ...walk.users.map(users => ({ ...warren, users })),
    ...few.map(users => ({ ...warren, way: 'variables' as const, users })),
    ...few.map(users => ({ ...warren, webSocket: true, users })),
    ...few.map(users => ({ ...warren, way: 'variables' as const, webSocket: true, users })),
    ...(peers ? few.map(users => ({ ...colyseus, users })) : []),
    { ...warren, users: quick ? 500 : 2000, maxVisible: 100 },
  ]
}

/** Lets users walk on one server after the other. A case that cannot be measured is named to `onFailure`. */
export async function runMmo(
  options: BenchOptions,
  progress: Progress,
  hasPeers: boolean,
  onFailure: (reason: string) => void,
): Promise<MmoRow[]> {
  const rows: MmoRow[] = []
  for (const one of mmoCases({ ...options, peers: hasPeers })) {
    progress.stage(`MMO, ${titleOf(one)}`)
    try {
      rows.push(await runCase(one, options.walk, text => progress.detail(text)))
    } catch (error) {
      onFailure(`${titleOf(one)}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return rows
}

async function runCase(one: MmoCase, plan: WalkPlan, onNews: (text: string) => void): Promise<MmoRow> {
  const { server, way, webSocket, maxVisible, users } = one
  const world = maxVisible > 0 ? crowdOf(users) : worldOf(users)
  const rig = await WalkRig.build({ server, way, webSocket, maxVisible, world }, onNews)
  try {
    const { result, cost } = await rig.walk(plan, onNews)
    const { closed, ...figures } = result
    return { ...one, ...figures, ...cost, fault: faultOf(result, closed) }
  } finally {
    await rig.close()
  }
}

/** What a case is called. */
export function titleOf({ server, way, webSocket, users, maxVisible }: MmoCase): string {
  const how = WAYS[server][way]
  const crowd = maxVisible > 0 ? `, all on one spot, ${maxVisible} in view` : ''
  return `${server === 'warren' ? 'Warren' : 'Colyseus'}, ${how}, ${webSocket ? 'WebSocket' : 'TCP'}, ${users} users${crowd}`
}

/** What users say and hear, by server. */
export const WAYS: Readonly<Record<MmoServer, Readonly<Record<WalkWay, string>>>> = {
  warren: { positions: 'who comes and goes', variables: 'x and y as user variables' },
  colyseus: { positions: 'x and y in the state', variables: 'x and y in the state' },
}

/** Why a row does not count; empty when it does. */
function faultOf({ count, generatorCpu, seconds, late }: WalkResult, closed: readonly string[]): string {
  if (closed.length > 0) return `${closed.length} lines closed (${closed[0]})`
  const { lost = 0, doubled = 0, invented = 0 } = count ?? {}
  const faults = Object.entries({ lost, doubled, invented }).filter(([, number]) => number > 0)
  if (faults.length > 0) return faults.map(([name, number]) => `${number} ${name}`).join(', ')
  if (generatorCpu / seconds > GENERATOR_BUSY) return 'invalid: the generator is busy'
  if (late > GENERATOR_LATE) return `invalid: moves ${Math.round(late / 1000)} ms late`
  return ''
}
