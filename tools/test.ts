/**
 * Everything that must be green, in the order of how soon it answers. Stops at the first step that is not.
 * `--without-tests` leaves out the tests; other arguments are the test files to run.
 */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureBrowser } from './browser.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Folders that the compiler sees with other types than the rest. */
const PROJECTS = [
  'tsconfig.json',
  'codec/tsconfig.json',
  'client/tsconfig.json',
  'server/src/domain/tsconfig.json',
  'server/src/site/public/tsconfig.json',
  'examples/chat/tsconfig.json',
  'examples/hello-extension/tsconfig.json',
  'examples/connector/tsconfig.json',
  'examples/simple-mmo/tsconfig.json',
]
/** No test takes longer than this; one that hangs fails. */
const TEST_TIMEOUT_MILLIS = 120_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'without-tests': { type: 'boolean' } },
})

step('Format and lint', () => run(tool('@biomejs/biome/bin/biome'), 'check', '.'))
step('Types', () => {
  for (const project of PROJECTS) run(tool('typescript/bin/tsc'), '-p', project)
})
step('Architecture', () => run('tools/check-architecture.ts'))
if (values['without-tests'] !== true) {
  step('Browser', () => console.log(ensureBrowser()))
  headline('Tests')
  // Node leaves one core free, on two that is one file at a time; most files wait a good part of theirs.
  const concurrency = Math.max(2, availableParallelism())
  run(
    '--test',
    '--test-reporter=spec',
    `--test-timeout=${TEST_TIMEOUT_MILLIS}`,
    `--test-concurrency=${concurrency}`,
    ...testFiles(),
  )
}

function testFiles(): string[] {
  if (positionals.length > 0) return positionals
  const files = globSync('{codec,client,server,cli,conformance,bench,examples/*,tools}/**/*.test.ts', {
    cwd: ROOT,
    exclude: name => name === 'node_modules' || name.endsWith('/node_modules'),
  })
  if (files.length === 0) throw new Error('No test was found')
  return files.sort()
}

function step(name: string, work: () => void): void {
  headline(name)
  const started = performance.now()
  try {
    work()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
  console.log(`ok, ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

function headline(name: string): void {
  console.log(`\n== ${name}`)
}

/** Runs a program under this Node; its failure ends everything. */
function run(...args: string[]): void {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

/** The program of an installed package. */
function tool(path: string): string {
  return join(ROOT, 'node_modules', path)
}
