import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { canPin } from './child-process.ts'
import type { BenchOptions } from './options.ts'
import { peerVersions } from './peers/install-peers.ts'
import type { AoiRow } from './rows/aoi-rows.ts'
import type { CallRow } from './rows/call-rows.ts'
import type { CodecRow } from './rows/codec-rows.ts'
import type { CpuRow } from './rows/cpu-rows.ts'
import type { IdleRow } from './rows/idle-rows.ts'
import type { MmoRow } from './rows/mmo-rows.ts'
import type { PresenceRow } from './rows/presence-rows.ts'
import type { ResumeResults } from './rows/resume-rows.ts'
import type { SdkRow } from './rows/sdk-rows.ts'
import type { SustainedRow } from './rows/sweep-rows.ts'
import type { TransportRow } from './rows/transport-rows.ts'

const folder = fileURLToPath(new URL('../results/', import.meta.url))

/** On what a run was made. */
export interface MachineAbout {
  readonly date: string
  readonly commit: string
  readonly node: string
  readonly kernel: string
  readonly cpu: string
  readonly cores: number
  readonly memoryBytes: number
  readonly isPinned: boolean
  readonly peers: Record<string, string>
}

/** Everything that a run found out. */
export interface BenchResults {
  readonly about: MachineAbout & {
    readonly isQuick: boolean
    readonly floorTickMillis: number
    seconds: number
  }
  readonly sustained: SustainedRow[]
  readonly transports: TransportRow[]
  readonly resume: ResumeResults[]
  readonly cpu: CpuRow[]
  /** The same of clients of SFS2X and of ElectroServer 3, the former first. */
  readonly es3: CpuRow[]
  readonly calls: CallRow[]
  readonly idle: IdleRow[]
  readonly codec: CodecRow[]
  readonly sdk: SdkRow[]
  readonly aoi: AoiRow[]
  readonly mmo: MmoRow[]
  readonly presence: PresenceRow[]
  /** Rows that could not be measured. */
  readonly failures: string[]
}

/** What can be said of the machine and the versions now. */
export function aboutMachine(): MachineAbout {
  return {
    date: new Date().toISOString(),
    commit: commit(),
    node: process.version,
    kernel: release(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    isPinned: canPin,
    peers: peerVersions(),
  }
}

/** An empty result with the circumstances of the run. */
export function newResults(options: BenchOptions): BenchResults {
  return {
    about: { ...aboutMachine(), isQuick: options.quick, floorTickMillis: options.floorTick, seconds: 0 },
    sustained: [],
    transports: [],
    resume: [],
    cpu: [],
    es3: [],
    calls: [],
    idle: [],
    codec: [],
    sdk: [],
    aoi: [],
    mmo: [],
    presence: [],
    failures: [],
  }
}

/** Writes the result as JSON and as Markdown into bench/results. @returns the paths, without extension */
export function saveResults(results: BenchResults, markdown: string): string {
  mkdirSync(folder, { recursive: true })
  const path = `${folder}${results.about.date.replaceAll(':', '-').slice(0, 19)}`
  writeFileSync(`${path}.json`, `${JSON.stringify(results, null, 2)}\n`)
  writeFileSync(`${path}.md`, markdown)
  return path
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return 'unknown'
  }
}
