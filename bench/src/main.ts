/** `npm run bench`: Warren, its floors and its peers, all in one run. */
import { type Candidate, languageCandidates, tcpCandidates, webSocketCandidates } from './candidates.ts'
import { type Area, type BenchOptions, parseOptions, USAGE } from './options.ts'
import { Patience } from './patience.ts'
import { installPeers } from './peers/install-peers.ts'
import { Progress } from './progress.ts'
import { markdownReport, textReport } from './report.ts'
import { type BenchResults, newResults, saveResults } from './results.ts'
import { runAoi } from './rows/aoi-rows.ts'
import { runCalls } from './rows/call-rows.ts'
import { runCodec } from './rows/codec-rows.ts'
import { runCpu } from './rows/cpu-rows.ts'
import { runIdle } from './rows/idle-rows.ts'
import { runMmo } from './rows/mmo-rows.ts'
import { runPresence } from './rows/presence-rows.ts'
import { runResume } from './rows/resume-rows.ts'
import { runSdk } from './rows/sdk-rows.ts'
import { runSweep } from './rows/sweep-rows.ts'
import { runTransports } from './rows/transport-rows.ts'

/** Where peers are compared. */
const PEER_AREAS: readonly Area[] = ['chat', 'idle', 'mmo']

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    console.log(USAGE)
    return 0
  }
  const options = parseOptions(process.argv.slice(2))
  const progress = new Progress()
  const started = Date.now()
  const needsPeers = options.peers && PEER_AREAS.some(area => options.areas.has(area))
  const hasPeers = needsPeers && installPeers(text => progress.note(text))
  const results = newResults(options)
  for (const { name, run } of tasksOf(options, hasPeers, progress, results)) {
    try {
      await run()
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      results.failures.push(`${name}: ${summaryOf(reason)}`)
      progress.note(`${name} failed: ${reason}`)
    }
  }
  results.about.seconds = (Date.now() - started) / 1000
  progress.end()
  console.log(textReport(results))
  const path = saveResults(results, markdownReport(results))
  console.log(`\nWritten to ${path}.json and ${path}.md`)
  return results.failures.length > 0 ? 1 : 0
}

/** The first line, and the one that names the error when that is another. */
function summaryOf(reason: string): string {
  const lines = reason.split('\n')
  const named = lines.slice(1).find(line => line.includes('Error'))
  return [lines[0], named?.trim()].filter(line => line).join('; ')
}

interface Task {
  readonly name: string
  readonly run: () => Promise<void>
}

function tasksOf(
  options: BenchOptions,
  hasPeers: boolean,
  progress: Progress,
  results: BenchResults,
): Task[] {
  const { areas } = options
  const context = { options, progress, patience: new Patience(options.patience) }
  const present = (candidate: Candidate) => hasPeers || !candidate.isPeer
  const tasks: Task[] = []
  const add = (name: string, run: () => Promise<void>) => tasks.push({ name, run })
  for (const [area, candidates] of [
    ['chat', webSocketCandidates],
    ['tcp', tcpCandidates],
  ] as const) {
    for (const clients of areas.has(area) ? options.clients : []) {
      for (const candidate of candidates.filter(present)) {
        add(`${candidate.name}, ${clients} clients`, async () => {
          results.sustained.push(...(await runSweep(candidate, clients, context)))
        })
      }
    }
  }
  if (areas.has('transports')) {
    add('round trips', async () => {
      results.transports.push(...(await runTransports(options, progress)))
    })
  }
  if (areas.has('resume')) {
    add('resume', async () => {
      results.resume.push(await runResume(options, progress))
    })
  }
  for (const candidates of areas.has('cpu') ? [webSocketCandidates, tcpCandidates] : []) {
    for (const clients of options.clients) {
      const own = candidates.filter(candidate => !candidate.isPeer)
      add(`CPU, ${clients} clients`, async () => {
        results.cpu.push(...(await runCpu(own, clients, context)))
      })
    }
  }
  for (const clients of areas.has('es3') ? options.clients : []) {
    add(`ElectroServer 3, ${clients} clients`, async () => {
      results.es3.push(...(await runCpu(languageCandidates, clients, context)))
    })
  }
  for (const webSocket of areas.has('extension') ? [false, true] : []) {
    add(`calls over ${webSocket ? 'WebSocket' : 'TCP'}`, async () => {
      results.calls.push(...(await runCalls(webSocket, context)))
    })
  }
  if (areas.has('idle')) {
    // Colyseus knows no session outside a room, so it has no idle row.
    const idle = webSocketCandidates.filter(present).filter(candidate => candidate.dialect !== 'colyseus')
    for (const candidate of idle) {
      add(`${candidate.name}, idle`, async () => {
        results.idle.push(await runIdle(candidate, options, progress))
      })
    }
  }
  if (areas.has('codec')) {
    add('codec', async () => {
      progress.stage('codec')
      results.codec.push(...(await runCodec(options)))
    })
  }
  if (areas.has('sdk')) {
    add('client libraries', async () => {
      results.sdk.push(...(await runSdk(options, progress)))
    })
  }
  if (areas.has('aoi')) {
    add('area of interest', async () => {
      results.aoi.push(...(await runAoi(options, progress)))
    })
  }
  if (areas.has('mmo')) {
    add('MMO rooms', async () => {
      const onFailure = (reason: string) => results.failures.push(`MMO, ${reason}`)
      results.mmo.push(...(await runMmo(context, hasPeers, onFailure)))
    })
  }
  if (areas.has('presence')) {
    add('presence', async () => {
      results.presence.push(...(await runPresence(options, progress)))
    })
  }
  return tasks
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.error(USAGE)
  process.exitCode = 2
}
