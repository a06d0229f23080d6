/** `npm run bench`: Warren, its floors and its peers, all in one run. */
import { type Candidate, tcpCandidates, webSocketCandidates } from './candidates.ts'
import { type BenchOptions, parseOptions, USAGE } from './options.ts'
import { Patience } from './patience.ts'
import { installPeers } from './peers.ts'
import { Progress } from './progress.ts'
import { markdownReport, textReport } from './report.ts'
import { type BenchResults, newResults, saveResults } from './results.ts'
import { runCodec } from './rows/codec-rows.ts'
import { type CrowdJob, runCrowd } from './rows/crowd-rows.ts'
import { runIdle } from './rows/idle-rows.ts'

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    console.log(USAGE)
    return 0
  }
  const options = parseOptions(process.argv.slice(2))
  const progress = new Progress()
  const started = Date.now()
  const needsPeers = options.peers && (options.areas.has('chat') || options.areas.has('idle'))
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
  const patience = new Patience(options.patience)
  const present = (candidate: Candidate) => hasPeers || !candidate.isPeer
  const tasks: Task[] = jobsOf(options)
    .filter(job => present(job.candidate))
    .map(job => ({
      name: `${job.candidate.name}, ${job.clients} clients`,
      run: async () => {
        const { sustained, cpu } = await runCrowd(job, options, progress, patience)
        results.sustained.push(...sustained)
        results.cpu.push(...cpu)
      },
    }))
  if (areas.has('idle')) {
    // Colyseus knows no session outside a room, so it has no idle row.
    const idle = webSocketCandidates.filter(present).filter(candidate => candidate.dialect !== 'colyseus')
    for (const candidate of idle) {
      const run = async () => void results.idle.push(await runIdle(candidate, options, progress))
      tasks.push({ name: `${candidate.name}, idle`, run })
    }
  }
  if (areas.has('codec')) {
    const run = async () => {
      progress.stage('codec')
      results.codec.push(...(await runCodec(options)))
    }
    tasks.push({ name: 'codec', run })
  }
  return tasks
}

function jobsOf({ areas, clients }: BenchOptions): CrowdJob[] {
  const jobs: CrowdJob[] = []
  for (const count of clients) {
    for (const candidate of webSocketCandidates) {
      const cpu = areas.has('cpu') && !candidate.isPeer
      const sweep = areas.has('chat')
      if (sweep || cpu) jobs.push({ candidate, clients: count, sweep, cpu })
    }
  }
  for (const count of clients) {
    for (const candidate of tcpCandidates) {
      const cpu = areas.has('cpu')
      const sweep = areas.has('tcp')
      if (sweep || cpu) jobs.push({ candidate, clients: count, sweep, cpu })
    }
  }
  return jobs
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.error(USAGE)
  process.exitCode = 2
}
