import { Child } from '../child-process.ts'
import { WAYS, type Way } from '../generator/echo-lines.ts'
import type { TripReply, TripRequest } from '../generator/round-trips.ts'
import type { BenchOptions } from '../options.ts'
import { cpuSeconds, machineCpuSeconds } from '../proc.ts'
import type { Progress } from '../progress.ts'
import { GENERATOR_CORE, SERVER_CORE } from '../rig.ts'
import type { LinePorts } from '../servers/child.ts'

/** Warren and the floor take turns: a machine that gets slower meanwhile does so for both. */
const ROUNDS = 5
const ZONE = 'BasicExamples'

/** Tunnel requests a second, for tunnels that there are not. */
const ATTACKS = [1000, 4000]

/** How long calls and their answers took on one kind of line, one at a time. */
export interface TransportRow {
  readonly way: Way
  readonly server: string
  readonly trips: number
  /** Microseconds. */
  readonly p50: number
  readonly p99: number
  /** What other processes took of the machine meanwhile, in cores. */
  readonly otherCpu: number
}

type Ready = { readonly type: 'ready' } & LinePorts
type Generator = Child<TripRequest, TripReply | { readonly type: 'ready' }>

interface Subject {
  readonly name: string
  readonly server: Child<string, Ready>
  readonly generator: Generator
  readonly ports: LinePorts
}

/** Measures round trips over every kind of line, to Warren and to the bare floors; then to Warren under attack. */
export async function runTransports(options: BenchOptions, progress: Progress): Promise<TransportRow[]> {
  const trips = options.quick ? 500 : 2000
  progress.stage('round trips')
  const subjects = [
    await start('Warren', 'servers/warren-echo.ts', ZONE),
    await start('floor', 'servers/floor-echo.ts', undefined),
  ]
  try {
    const times = new Map<string, number[]>()
    const others = meter(subjects.flatMap(({ server, generator }) => [server.pid, generator.pid]))
    for (let round = 0; round <= ROUNDS; round++) {
      for (const way of WAYS) {
        for (const { name, generator } of subjects) {
          progress.stage(`${name}: round trips over ${way}, round ${round}`)
          const measured = await run(generator, way, trips)
          // The first round compiles.
          if (round > 0) times.set(`${way} ${name}`, [...(times.get(`${way} ${name}`) ?? []), ...measured])
        }
      }
    }
    const otherCpu = others()
    const rows = WAYS.flatMap(way =>
      subjects.map(({ name }) => rowOf(way, name, times.get(`${way} ${name}`) ?? [], otherCpu)),
    )
    const [warren] = subjects
    return warren === undefined ? rows : [...rows, ...(await underAttack(warren, trips * ROUNDS, progress))]
  } finally {
    for (const { server, generator } of subjects) {
      await generator.stop()
      await server.stop()
    }
  }
}

async function underAttack(
  { server, generator, ports }: Subject,
  trips: number,
  progress: Progress,
): Promise<TransportRow[]> {
  const rows: TransportRow[] = []
  for (const perSecond of ATTACKS) {
    const attack = new Child<string, { readonly type: 'ready' }>({
      script: 'generator/tunnel-attack.ts',
      args: [String(ports.http), String(perSecond)],
      core: GENERATOR_CORE,
    })
    await attack.awaitReply('ready')
    for (const way of WAYS) {
      progress.stage(`Warren: round trips over ${way} under attack`)
      const others = meter([server.pid, generator.pid, attack.pid])
      const times = await run(generator, way, trips)
      rows.push(rowOf(way, `Warren, ${perSecond.toLocaleString('en')} bogus requests/s`, times, others()))
    }
    await attack.stop()
  }
  return rows
}

async function start(name: string, script: string, zone: string | undefined): Promise<Subject> {
  const server = new Child<string, Ready>({ script, core: SERVER_CORE })
  const { tcp, http, udp } = await server.awaitReply('ready')
  const generator: Generator = new Child({ script: 'generator/round-trips.ts', core: GENERATOR_CORE })
  await generator.awaitReply('ready')
  const ports = { tcp, http, udp }
  await generator.ask({ type: 'open', ports, zone }, 'opened')
  return { name, server, generator, ports }
}

async function run(generator: Generator, way: Way, trips: number): Promise<readonly number[]> {
  const reply = await generator.ask({ type: 'run', way, trips }, 'times')
  return reply.type === 'times' ? reply.times : []
}

/** Starts to measure. @returns what tells the cores that processes other than these took since then */
function meter(pids: readonly number[]): () => number {
  const others = () => machineCpuSeconds() - pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0)
  const [before, started] = [others(), performance.now()]
  return () => Math.max(0, (others() - before) / ((performance.now() - started) / 1000))
}

function rowOf(way: Way, server: string, times: readonly number[], otherCpu: number): TransportRow {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
  return { way, server, trips: sorted.length, p50: at(0.5), p99: at(0.99), otherCpu }
}
