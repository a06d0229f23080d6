import { Child } from '../child-process.ts'
import type { BenchOptions } from '../options.ts'
import { BUDDIES } from '../presence/crowd.ts'
import type { StormReply, StormRequest } from '../presence/storm.ts'
import { cpuSeconds, machineCpuSeconds } from '../proc.ts'
import type { Progress } from '../progress.ts'
import { GENERATOR_CORE, SERVER_CORE } from '../rig.ts'
import type { ServerReport, ServerUse } from '../servers/child.ts'
import { longestOf } from '../turns.ts'

const ZONE = 'BasicExamples'
const LOGINS_A_SECOND = 1000
const SIZES = [1000, 3000, 10_000]
const QUICK_SIZES = [300, 1000]

/** What it costs that so many users come, each of whom has buddies. */
export interface PresenceRow {
  readonly users: number
  /** Times that somebody was to be told that a buddy came, and that somebody was. */
  readonly expected: number
  readonly told: number
  /** Milliseconds from when a login was due to when a buddy heard of it. */
  readonly p50: number
  readonly p99: number
  /** Seconds of CPU of the server, and of the clock. */
  readonly cpu: number
  readonly seconds: number
  /** Milliseconds of the server's event loop. */
  readonly longestTurn: number
  /** Lists that did not come. */
  readonly missingLists: number
  /** What other processes took of the machine meanwhile, in cores; the crowd is none of them. */
  readonly otherCpu: number
}

/** A storm for each size, each with a server, a database and users of its own. */
export async function runPresence(options: BenchOptions, progress: Progress): Promise<PresenceRow[]> {
  const rows: PresenceRow[] = []
  for (const users of options.quick ? QUICK_SIZES : SIZES) {
    progress.stage(`presence: ${users} users with ${BUDDIES} buddies each`)
    rows.push(await runStorm(users))
  }
  return rows
}

async function runStorm(users: number): Promise<PresenceRow> {
  const server = new Child<string, ServerReport>({
    script: 'servers/warren-presence.ts',
    args: [String(users)],
    nodeFlags: ['--expose-gc'],
    core: SERVER_CORE,
  })
  const crowd = new Child<StormRequest, StormReply>({ script: 'presence/storm.ts', core: GENERATOR_CORE })
  try {
    await crowd.awaitReply('ready')
    const ready = await server.awaitReply('ready')
    if (ready.type !== 'ready') throw new Error('The server is not ready')
    await crowd.ask({ type: 'open', port: ready.port, users, zone: ZONE }, 'opened')
    server.tell('watch')
    const busyBefore = busyWithout(server.pid, crowd.pid)
    const before = await useOf(server)
    // Of two buddies the first to come is told of the other.
    const expected = (users * BUDDIES) / 2
    const reply = await crowd.ask({ type: 'storm', perSecond: LOGINS_A_SECOND, expected }, 'over')
    if (reply.type !== 'over') throw new Error(`the crowd said ${reply.type}`)
    const after = await useOf(server)
    const others = busyWithout(server.pid, crowd.pid) - busyBefore
    const { told, lists, p50, p99 } = reply
    const longestTurn = longestOf(after.turns)
    const used = { cpu: after.cpu - before.cpu, seconds: after.at - before.at, longestTurn }
    return {
      users,
      expected,
      told,
      p50,
      p99,
      ...used,
      missingLists: users - lists,
      otherCpu: Math.max(0, others / used.seconds),
    }
  } finally {
    await crowd.stop()
    await server.stop()
  }
}

/** Seconds that the machine was busy with other things. */
function busyWithout(...pids: readonly number[]): number {
  return pids.reduce((rest, pid) => rest - cpuSeconds(pid), machineCpuSeconds())
}

async function useOf(server: Child<string, ServerReport>): Promise<ServerUse> {
  const reply = await server.ask('use', 'used')
  if (reply.type !== 'used') throw new Error(`the server said ${reply.type}`)
  return reply
}
