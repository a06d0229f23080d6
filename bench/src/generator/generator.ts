/** The load generator: a child process that is told what to do over IPC and keeps one core to itself. */
import { cpuSeconds, machineCpuSeconds } from '../proc.ts'
import { Callers } from './callers.ts'
import { Crowd } from './crowd.ts'
import type { Dialect, DialectName, Member } from './dialect.ts'
import { colyseus } from './dialects/colyseus.ts'
import { plain } from './dialects/plain.ts'
import { socketIo } from './dialects/socketio.ts'
import { ReadBuffer } from './line.ts'
import type { GeneratorReply, GeneratorRequest } from './protocol.ts'

/** Connections that are set up at a time. */
const PARALLEL = 64

const dialects: Record<DialectName, () => Promise<Dialect>> = {
  plain: async () => plain,
  colyseus: async () => colyseus,
  socketio: async () => socketIo,
  // Loaded when needed: it builds its requests with the codec, which the floors do without.
  sfs2x: async () => (await import('./dialects/sfs2x.ts')).createSfs2x(),
  es3: async () => (await import('./dialects/es3.ts')).createEs3(),
  calls: async () => (await import('./dialects/calls.ts')).createCalls(),
}

let crowd: Crowd | undefined
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
  const dialect = await dialects[request.target.dialect]()
  const buffer = new ReadBuffer()
  const started = performance.now()
  members = await inParallel(request.clients, async () => {
    const member = await dialect.open(request.target, buffer)
    if (request.join) await dialect.join(member)
    return member
  })
  const cpu = { server: () => cpuSeconds(request.serverPid), machine: machineCpuSeconds }
  if (request.join && request.calls === true) {
    callers = new Callers(members, dialect, cpu)
  } else if (request.join) {
    crowd = new Crowd(members, dialect, cpu)
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
    return await current.run(request.plan)
  } finally {
    clearInterval(timer)
  }
}

async function inParallel(count: number, make: () => Promise<Member>): Promise<Member[]> {
  const made: Member[] = []
  let begun = 0
  const work = async () => {
    while (begun < count) {
      begun++
      made.push(await make())
      if (made.length % 100 === 0) reply({ type: 'opening', clients: made.length })
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, work))
  return made
}

function reply(message: GeneratorReply): void {
  process.send?.(message)
}
