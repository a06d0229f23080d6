import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LaneCounts } from './test-lane.ts'

const LANE = fileURLToPath(new URL('test-lane.ts', import.meta.url))
/** Groups for each lane: enough that no lane is done long before the others. */
const GROUPS_A_LANE = 5
/** A process that has not ended by then never does: something that a test opened holds it. */
const GROUP_TIMEOUT_MILLIS = 8 * 60_000
/** Hooks around all tests of a file, which would be around those of its whole group. */
const HOOKS = /^(before|after)(Each)?\(/m

/** How test files are run. */
export interface LaneOptions {
  /** The folder that the files are named from. */
  readonly cwd: string
  /** Processes at once. */
  readonly lanes: number
  readonly env: NodeJS.ProcessEnv
}

/**
 * Runs test files in groups, each in a process of its own: most files load the same modules, which are then loaded once
 * for all of a group. A file with hooks of its own is a group. What a group says is printed when it is done.
 * @returns whether all is well
 */
export async function runTests(files: readonly string[], { cwd, lanes, env }: LaneOptions): Promise<boolean> {
  const alone = files.filter(file => lanes === 1 || HOOKS.test(readFileSync(resolve(cwd, file), 'utf8')))
  const together = files.filter(file => !alone.includes(file))
  const groups = [...alone.map(file => [file]), ...dealt(together, lanes * GROUPS_A_LANE)]
  const total = { passed: 0, failed: 0, skipped: 0 }
  let done = 0
  let isWell = true
  const lane = async () => {
    for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
      const { counts, output, status } = await runGroup(group, { cwd, env })
      process.stdout.write(output)
      done += group.length
      isWell &&= status === 0 && counts !== undefined
      total.passed += counts?.passed ?? 0
      total.failed += counts?.failed ?? 0
      total.skipped += counts?.skipped ?? 0
      console.log(`-- ${done} of ${files.length} files, ${total.passed} passed, ${total.failed} failed`)
      const end = status ?? 'a signal, as one does that something holds open,'
      if (counts === undefined) console.error(`A process ended with ${end} amid ${group.join(' ')}`)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  return isWell
}

/** Deals files out, so that those that are neighbours, and often alike, go to different groups. */
function dealt(files: readonly string[], count: number): string[][] {
  const groups = Array.from({ length: count }, (): string[] => [])
  for (const [index, file] of files.entries()) groups[index % count]?.push(file)
  return groups.filter(group => group.length > 0)
}

async function runGroup(files: readonly string[], { cwd, env }: Pick<LaneOptions, 'cwd' | 'env'>) {
  const child = fork(LANE, files, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    timeout: GROUP_TIMEOUT_MILLIS,
    killSignal: 'SIGKILL',
  })
  const chunks: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
  let counts: LaneCounts | undefined
  child.on('message', message => {
    counts = message as LaneCounts
  })
  const [status]: (number | null)[] = await once(child, 'close')
  return { counts, status, output: Buffer.concat(chunks).toString() }
}
