/** A worker of `warren bench`: a process that is told what to do over IPC and has a share of the bots. */
import { machineMicros } from '../generator/clock.ts'
import { SCENARIOS, type Scenario } from './scenarios.ts'
import type { WorkerReply, WorkerRequest } from './worker-protocol.ts'
import type { Workload } from './workload.ts'

const SAMPLE_MICROS = 1_000_000

let workload: Workload | undefined

process.on('disconnect', () => process.exit(0))
process.on('message', (request: WorkerRequest) => {
  handle(request).then(reply, error => reply({ type: 'failed', reason: String(error?.stack ?? error) }))
})

async function handle(request: WorkerRequest): Promise<WorkerReply> {
  if (request.type === 'open') {
    const scenario: Scenario = SCENARIOS[request.scenario]
    workload = await scenario.create(request.assignment)
    await workload.open(clients => reply({ type: 'opening', clients }))
    return { type: 'opened' }
  }
  const current = workload
  if (current === undefined) throw new Error('the worker has no bots')
  return request.type === 'load' ? load(current, request) : settle(current, request)
}

async function load(
  current: Workload,
  { plan, start }: Extract<WorkerRequest, { type: 'load' }>,
): Promise<WorkerReply> {
  const stop = everySecond(start, () => reply({ type: 'sample', sample: current.meter.sample() }))
  try {
    const done = await current.load(plan, start, isStart => reply({ type: 'edge', isStart }))
    reply({ type: 'sample', sample: current.meter.sample() })
    return { type: 'loaded', ...done }
  } finally {
    stop()
  }
}

async function settle(
  current: Workload,
  { sent, silence }: Extract<WorkerRequest, { type: 'settle' }>,
): Promise<WorkerReply> {
  const count = await current.settle(sent, silence)
  const sample = current.meter.sample()
  return { type: 'settled', count, closed: current.closed.slice(0, 100), figures: current.figures(), sample }
}

/** Calls something at each full second after `start`, however late the one before was. @returns ends it */
function everySecond(start: number, call: () => void): () => void {
  let timer: NodeJS.Timeout | undefined
  let second = 0
  const wait = () => {
    const now = machineMicros()
    second = Math.max(second + 1, Math.ceil((now - start) / SAMPLE_MICROS))
    timer = setTimeout(
      () => {
        call()
        wait()
      },
      (start + second * SAMPLE_MICROS - now) / 1000,
    )
  }
  wait()
  return () => clearTimeout(timer)
}

function reply(message: WorkerReply): void {
  process.send?.(message)
}
