/**
 * Everything that must be green, in the order of how soon it answers. Stops at the first step that is not.
 * `--without-tests` leaves out the tests; other arguments are the test files to run. `--flash` runs the tests in which
 * Flash movies play, and nothing else: they take a minute, one after the other.
 */
import { type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureBrowser } from './browser.ts'
import { runTests } from './test-lanes.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Folders that the compiler sees with other types than the rest, those that take longest first. */
const PROJECTS = [
  'tsconfig.json',
  'examples/tsconfig.json',
  'client/tsconfig.json',
  'server/src/domain/tsconfig.json',
  'codec/tsconfig.json',
  'server/src/site/public/tsconfig.json',
]
const CORES = availableParallelism()
/** More than there are cores: most tests wait a good part of their time. */
const TEST_LANES = CORES + 2
/** Where Node keeps what it has compiled: the processes of the tests load the same modules. */
const COMPILED = join(ROOT, 'node_modules', '.cache', 'node-compiled')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'without-tests': { type: 'boolean' }, flash: { type: 'boolean' } },
})

if (values.flash === true) {
  await step('Browser', () => console.log(ensureBrowser()))
  await step('Flash', () => test(filesLike('{conformance,examples/*,tools}/test/**/*.flash.ts'), 1))
} else {
  await step('Format and lint', () => run([tool('@biomejs/biome/bin/biome'), 'check', '.']))
  await step('Types', checkTypes)
  await step('Architecture', () => run(['tools/check-architecture.ts']))
  if (values['without-tests'] !== true) {
    await step('Browser', () => console.log(ensureBrowser()))
    await step('Tests', () => test(testFiles(), TEST_LANES))
  }
}

function testFiles(): string[] {
  if (positionals.length > 0) return positionals
  return filesLike('{codec,client,server,cli,conformance,bench,examples/*,tools}/**/*.test.ts')
}

function filesLike(pattern: string): string[] {
  const files = globSync(pattern, {
    cwd: ROOT,
    exclude: name => name === 'node_modules' || name.endsWith('/node_modules'),
  })
  if (files.length === 0) throw new Error(`No file is like ${pattern}`)
  return files.sort()
}

/** Compiles the projects, as many at once as there are cores. */
async function checkTypes(): Promise<void> {
  const left = [...PROJECTS]
  const worker = async () => {
    for (let project = left.shift(); project !== undefined; project = left.shift())
      await run([tool('typescript/bin/tsc'), '-p', project])
  }
  await Promise.all(Array.from({ length: CORES }, worker))
}

async function test(files: readonly string[], lanes: number): Promise<void> {
  const isWell = await runTests(files, {
    cwd: ROOT,
    lanes,
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
  })
  if (!isWell) throw new Error('Not all tests passed')
}

async function step(name: string, work: () => void | Promise<void>): Promise<void> {
  console.log(`\n== ${name}`)
  const started = performance.now()
  try {
    await work()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
  console.log(`ok, ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

/** Runs a program under this Node; its failure ends everything. */
async function run(args: readonly string[], options: SpawnOptions = {}): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit', ...options })
  const [status]: (number | null)[] = await once(child, 'exit')
  if (status !== 0) process.exit(status ?? 1)
}

/** The program of an installed package. */
function tool(path: string): string {
  return join(ROOT, 'node_modules', path)
}
