import { Child } from '../child-process.ts'
import type { ResumeReply, ResumeRequest } from '../generator/resumes.ts'
import { RESUME_WAYS, type ResumeWay } from '../generator/resuming-user.ts'
import type { BenchOptions } from '../options.ts'
import type { Progress } from '../progress.ts'
import { GENERATOR_CORE, SERVER_CORE } from '../rig.ts'
import type { LinePorts, ServerReport } from '../servers/child.ts'

const ZONE = 'BasicExamples'
/** Messages that are told while there is no line. */
const MISSED = 20
/** Messages that wait for each frozen session, and how long they are. */
const WAITING = 100

/** How long it took to come back. */
export interface ResumeRow {
  readonly way: ResumeWay
  readonly resumes: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

/** What sessions without a line hold. */
export interface FrozenRow {
  readonly waiting: string
  readonly sessions: number
  /** Bytes. */
  readonly perSession: number
}

export interface ResumeResults {
  readonly times: readonly ResumeRow[]
  readonly frozen: readonly FrozenRow[]
}

type Server = Child<
  string,
  ({ readonly type: 'ready' } & LinePorts) | Extract<ServerReport, { type: 'collected' }>
>
type Generator = Child<ResumeRequest, ResumeReply | { readonly type: 'ready' }>

/** Measures resumes on loopback, then what sessions without a line hold. */
export async function runResume(options: BenchOptions, progress: Progress): Promise<ResumeResults> {
  progress.stage('resume')
  const server: Server = new Child({
    script: 'servers/warren-resume.ts',
    nodeFlags: ['--expose-gc'],
    core: SERVER_CORE,
  })
  const ready = await server.awaitReply('ready')
  if (ready.type !== 'ready') throw new Error('The server is not ready')
  const generator: Generator = new Child({ script: 'generator/resumes.ts', core: GENERATOR_CORE })
  try {
    await generator.awaitReply('ready')
    await generator.ask({ type: 'open', ports: { tcp: ready.tcp, http: ready.http }, zone: ZONE }, 'done')
    const times: ResumeRow[] = []
    for (const way of RESUME_WAYS) {
      progress.stage(`resume over ${way}`)
      times.push(await timesOf(way, generator, options.quick ? 200 : 1000))
    }
    return { times, frozen: await frozenRows(server, generator, options.quick ? 500 : 2000, progress) }
  } finally {
    await generator.stop()
    await server.stop()
  }
}

async function timesOf(way: ResumeWay, generator: Generator, resumes: number): Promise<ResumeRow> {
  // The first ones compile.
  await generator.ask({ type: 'resume', way, times: resumes / 10, missed: MISSED }, 'times')
  const reply = await generator.ask({ type: 'resume', way, times: resumes, missed: MISSED }, 'times')
  const sorted = (reply.type === 'times' ? reply.times : []).toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
  return { way, resumes: sorted.length, p50: at(0.5), p99: at(0.99) }
}

async function frozenRows(
  server: Server,
  generator: Generator,
  sessions: number,
  progress: Progress,
): Promise<FrozenRow[]> {
  progress.stage(`${sessions} frozen sessions`)
  // Tables have grown once: what is measured is not the server's own.
  await generator.ask({ type: 'freeze', sessions, joins: false }, 'done')
  const before = await used(server)
  await generator.ask({ type: 'freeze', sessions, joins: false }, 'done')
  const empty = await used(server)
  const members = sessions / 4
  await generator.ask({ type: 'freeze', sessions: members, joins: true }, 'done')
  const joined = await used(server)
  await generator.ask({ type: 'say', times: WAITING }, 'done')
  const full = await used(server)
  return [
    { waiting: 'nothing', sessions, perSession: (empty - before) / sessions },
    {
      waiting: `${WAITING} messages of 64 characters, beside the session`,
      sessions: members,
      perSession: (full - joined) / members,
    },
  ]
}

async function used(server: Server): Promise<number> {
  const reply = await server.ask('collect', 'collected')
  return reply.type === 'collected' ? reply.used : Number.NaN
}
