/** The load generator: a child process that is told what to do over IPC and keeps one core to itself. */
import { cpuSeconds, machineCpuSeconds } from '../proc.ts'
import { Callers } from './callers.ts'
import { Crowd } from './crowd.ts'
import { type CpuMeter, runStep } from './crowd-step.ts'
import type { Member } from './dialect.ts'
import { dialectOf } from './dialects.ts'
import { inParallel } from './in-parallel.ts'
import { ReadBuffer } from './line.ts'
import type { GeneratorReply, GeneratorRequest } from './protocol.ts'
import { oneRoom } from './seating.ts'

let crowd: Crowd | undefined
let cpu: CpuMeter = { server: () => 0, machine: machineCpuSeconds }
let callers: Callers | undefined
let members: Member[] = []

process.on('disconnect', () => process.exit(0))
process.on('message', (request: GeneratorRequest) => {
  handle(request).then(reply, error => reply({ type: 'failed', reason: String(error?.stack ?? error) }))
})

async function handle(request: GeneratorRequest): Promise<GeneratorReply> {
  switch (request.type) {
    case 'open':
      return { type: 'opened', seconds: await open(request) }
    case 'run':
      return { type: 'result', result: await run(request) }
    case 'call':
      if (callers === undefined) throw new Error('nobody is there to call')
      return { type: 'called', result: await callers.run(request.plan) }
    case 'count':
      return { type: 'counted', open: members.filter(member => !member.line.closed).length }
  }
}

async function open(request: Extract<GeneratorRequest, { type: 'open' }>): Promise<number> {
  const dialect = await dialectOf(request.target.dialect)
  let roomId = 0
  const buffer = new ReadBuffer()
  const started = performance.now()
  const make = async () => {
    const member = await dialect.open(request.target, buffer)
    if (request.join) roomId = await dialect.join(member)
    return member
  }
  members = await inParallel(request.clients, make, clients => reply({ type: 'opening', clients }))
  cpu = { server: () => cpuSeconds(request.serverPid), machine: machineCpuSeconds }
  if (request.join && request.calls === true) {
    callers = new Callers(members, dialect, cpu)
  } else if (request.join) {
    crowd = new Crowd(members, dialect, oneRoom(members.length, roomId))
  } else {
    for (const { line } of members) {
      line.onClose = () => {}
      line.sink = { frame: (bytes, start, end) => dialect.other(line, bytes, start, end) }
    }
  }
  return (performance.now() - started) / 1000
}

async function run(request: Extract<GeneratorRequest, { type: 'run' }>) {
  const current = crowd
  if (!current) throw new Error('nobody is in the room')
  const timer = setInterval(() => reply({ type: 'running', delivered: current.delivered }), 500)
  try {
    return await runStep(current, request.plan, members.length, cpu)
  } finally {
    clearInterval(timer)
  }
}

function reply(message: GeneratorReply): void {
  process.send?.(message)
}
