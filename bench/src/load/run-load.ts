import { cpus, totalmem } from 'node:os'
import { canPin } from '../child-process.ts'
import type { StepPlan } from '../generator/step.ts'
import { offeredRate } from '../knee.ts'
import type { Progress } from '../progress.ts'
import { whole } from '../table.ts'
import { faultOf } from './fault.ts'
import { findRate } from './find-rate.ts'
import { Fleet } from './fleet.ts'
import { Live } from './live.ts'
import { notesOf } from './load-notes.ts'
import type { LoadOptions } from './load-options.ts'
import type { LoadReport } from './load-report.ts'
import { LoadServer } from './load-server.ts'
import { SCENARIOS, type Scenario } from './scenarios.ts'
import { type ServerWatch, watchServer } from './server-watch.ts'
import { isWebSocket, WAYS } from './ways.ts'

/** Milliseconds without a delivery after which the rest counts as lost. */
const DRAIN = 3000
const PROBES = 24

/** What a run may be accompanied by. */
export interface RunHooks {
  /** Called when the bots are in, with the server that was started for the run. */
  beforeLoad?(server: LoadServer): Promise<void>
  afterLoad?(server: LoadServer): Promise<void>
}

/** Carries out a scenario, against the server that is named or one that is started for it. */
export async function runLoad(
  options: LoadOptions,
  progress: Progress,
  hooks: RunHooks = {},
): Promise<LoadReport> {
  const scenario: Scenario = SCENARIOS[options.scenario]
  const date = new Date().toISOString()
  const own = options.target === undefined ? await startOwn(options, scenario, progress) : undefined
  try {
    const watch = watchServer({
      pid: own?.pid ?? options.pid,
      metrics: own?.metrics ?? options.metrics,
    })
    const before = await residentOf(own, watch)
    const fleet = await muster(options, own, watch, progress)
    try {
      if (own) await hooks.beforeLoad?.(own)
      const outcome = options.sweep
        ? await sweep(fleet, options, scenario, progress)
        : await single(fleet, options, scenario, progress)
      if (own) await hooks.afterLoad?.(own)
      const resident = { before, after: await residentOf(own, watch) }
      const report = { ...outcome, resident, options, date, name: options.name, machine: machine() }
      return { format: 'warren-bench', version: 1, ...report, notes: notesOf(report) }
    } finally {
      await fleet.close()
    }
  } finally {
    await own?.stop()
  }
}

function startOwn(options: LoadOptions, scenario: Scenario, progress: Progress): Promise<LoadServer> {
  progress.stage('starting a server')
  const { reconnectionSeconds } = scenario
  const core = canPin && cpus().length > 1 ? 0 : undefined
  return LoadServer.start({ reconnectionSeconds, maxVisible: options.maxVisible }, core)
}

function muster(
  options: LoadOptions,
  own: LoadServer | undefined,
  watch: ServerWatch,
  progress: Progress,
): Promise<Fleet> {
  const { scenario, clients, roomSize, workers, way, zone, room, maxVisible } = options
  const { dialect, port } = WAYS[way]
  const address = options.target ?? { host: '127.0.0.1', port: own?.portOf(port) ?? 0 }
  const target = {
    dialect,
    ...address,
    webSocket: isWebSocket(way),
    isTunnel: way === 'bluebox',
    ...(zone === undefined ? {} : { zone }),
  }
  progress.stage(`bringing in ${whole(clients)} bots, ${WAYS[way].title}`)
  // The server that was started here has the first core for itself.
  const cores = own !== undefined && canPin ? [...cpus().keys()].slice(1) : []
  return Fleet.muster(
    { scenario, clients, roomSize, workers, target, room, maxVisible, watch, cores },
    { onOpening: count => progress.detail(`${whole(count)} are in`) },
  )
}

type Outcome = Pick<LoadReport, 'main' | 'steps' | 'knee'>

async function single(
  fleet: Fleet,
  options: LoadOptions,
  scenario: Scenario,
  progress: Progress,
): Promise<Outcome> {
  const plan = planOf(options, scenario)
  const rate = plan.messagesPerSecond * scenario.receivers(options.clients, options.roomSize)
  progress.stage(`${options.scenario}: ${whole(rate)} ${scenario.operations ?? scenario.unit} a second`)
  const main = await fleet.step(plan, liveNews(options, scenario, progress))
  return { main, steps: [main], knee: null }
}

async function sweep(
  fleet: Fleet,
  options: LoadOptions,
  scenario: Scenario,
  progress: Progress,
): Promise<Outcome> {
  const receivers = scenario.receivers(options.clients, options.roomSize)
  const start = options.rate ?? receivers
  const warmUp = { messagesPerSecond: start / receivers, warmUp: 0, measure: options.warmUp, drain: DRAIN }
  progress.stage('warming up')
  if (options.warmUp > 0) await fleet.step(warmUp)
  const { knee, steps } = await findRate(fleet, {
    receivers,
    start,
    limit: options.limit,
    warmUp: Math.min(options.warmUp, 500),
    measure: options.measure,
    drain: DRAIN,
    precision: 0.06,
    maxProbes: PROBES,
    onTry(rate, isConfirming) {
      progress.stage(`${isConfirming ? 'confirming' : 'trying'} ${whole(rate)} ${scenario.unit} a second`)
      return liveNews(options, scenario, progress)
    },
  })
  const main = knee.sustained ?? steps[0]
  if (main === undefined) throw new Error('no step was measured')
  const { failed } = knee
  const failure = failed ? `${whole(offeredRate(failed))}: ${faultOf(failed, options.limit)}` : ''
  return { main, steps, knee: { rate: knee.sustained?.rate ?? null, failure } }
}

function planOf(options: LoadOptions, scenario: Scenario): StepPlan {
  const { clients, roomSize, rate, warmUp, measure } = options
  if (rate !== undefined) {
    const messagesPerSecond = rate / scenario.receivers(clients, roomSize)
    return { messagesPerSecond, warmUp, measure, drain: DRAIN }
  }
  const messagesPerSecond = scenario.perSecond?.(clients) ?? 1
  const whole = scenario.measure?.(clients, messagesPerSecond)
  return {
    messagesPerSecond,
    warmUp: whole === undefined ? warmUp : 0,
    measure: whole ?? measure,
    drain: DRAIN,
  }
}

function liveNews({ workers }: LoadOptions, { unit }: Scenario, progress: Progress) {
  const live = new Live(workers, unit, text => progress.line(text))
  return { onSample: live.add.bind(live) }
}

async function residentOf(own: LoadServer | undefined, watch: ServerWatch): Promise<number | null> {
  const collected = own === undefined ? Number.NaN : await own.resident()
  const resident = Number.isFinite(collected) ? collected : (await watch()).resident
  return Number.isFinite(resident) ? resident : null
}

function machine(): LoadReport['machine'] {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
  }
}
