import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { CASES, type CaseName } from '../aoi-cases.ts'
import { canPin } from '../child-process.ts'
import type { BenchOptions } from '../options.ts'
import type { Progress } from '../progress.ts'
import { SERVER_CORE } from '../rig.ts'

/** What a tick costs: taking the positions, and finding what they change in what each user sees. */
export interface AoiRow {
  readonly key: CaseName
  readonly name: string
  readonly users: number
  /** Others in view of a user, on average, at the start. */
  readonly inView: number
  /** Users who came into a view or left one, in a tick. */
  readonly changes: number
  /** Milliseconds. */
  readonly median: number
  readonly p95: number
  readonly ticks: number
  /** What other processes took of the machine meanwhile, in cores. */
  readonly otherCpu: number
}

/** Runs each case of aoi-cases.ts in a process of its own on the server's core. */
export async function runAoi(options: BenchOptions, progress: Progress): Promise<AoiRow[]> {
  const rows: AoiRow[] = []
  for (const key of Object.keys(CASES) as CaseName[]) {
    const { name, users } = CASES[key]
    progress.stage(`area of interest: ${name}`)
    const script = fileURLToPath(new URL('../aoi.ts', import.meta.url))
    const command = [process.execPath, script, key, options.quick ? '40' : '200']
    if (canPin) command.unshift('taskset', '-c', String(SERVER_CORE))
    const [program, ...args] = command as [string, ...string[]]
    const { stdout } = await promisify(execFile)(program, args)
    rows.push({ key, name, users, ...(JSON.parse(stdout) as Omit<AoiRow, 'key' | 'name' | 'users'>) })
  }
  return rows
}
