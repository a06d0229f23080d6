// Starts everything, also on a fresh machine: runs on Node 20 without any package. Installs what is missing, then
// hands over to the pinned Node.
import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pinnedNode, runInstead } from '../cli/bin/pinned-node.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** What each npm script runs. */
const PROGRAMS = {
  start: ['cli/src/main.ts', 'start'],
  test: ['tools/test.ts'],
  flash: ['tools/test.ts', '--flash'],
  check: ['tools/test.ts', '--without-tests'],
  generate: ['tools/generate.ts'],
  build: ['tools/build.ts'],
  docs: ['tools/reference.ts'],
  bench: ['bench/src/main.ts'],
  lobby: ['bench/src/lobby.ts'],
  peers: ['bench/src/peers/main.ts'],
  guard: ['bench/src/guard/main.ts'],
  profile: ['bench/src/profile/main.ts'],
  fuzz: ['codec/fuzz/run.ts'],
}

const [command = '', ...rest] = process.argv.slice(2)
const program = PROGRAMS[command]
if (program === undefined) fail(`There is no "${command}"; there are ${Object.keys(PROGRAMS).join(', ')}.`)
if (Number.parseInt(process.versions.node, 10) < 20)
  fail(`Node 20 or newer is needed; this is ${process.version}.`)

if (!isInstalled()) install()
const node = checkedNode()
const path = [join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
process.exitCode = await runInstead(node, [join(ROOT, program[0]), ...program.slice(1), ...rest], {
  env: { ...process.env, PATH: path },
  endWithParent: process.env.npm_lifecycle_event !== undefined,
})

/** Whether the packages are there, and not from before the lock file changed. */
function isInstalled() {
  try {
    const installed = statSync(join(ROOT, 'node_modules', '.package-lock.json')).mtimeMs
    return installed >= statSync(join(ROOT, 'package-lock.json')).mtimeMs
  } catch {
    return false
  }
}

function install() {
  console.error('Installing packages (npm ci), this takes a minute ...')
  const started = Date.now()
  const npm = process.env.npm_execpath
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const [file, ...before] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm']
  const { status, error, stdout, stderr } = spawnSync(file, [...before, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32' && npm === undefined,
  })
  if (status !== 0) fail(`npm ci failed.\n${error?.message ?? `${stdout}${stderr}`}`)
  console.error(`Installed in ${Math.round((Date.now() - started) / 1000)} s`)
}

/** The pinned Node, after it has said its version. */
function checkedNode() {
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).devDependencies.node
  const node = pinnedNode(import.meta.url)
  const said = node && spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim()
  if (node !== undefined && said === `v${wanted}`) return node
  return fail(
    `The pinned Node ${wanted} is not there${said ? `, but ${said}` : ''}. It comes with the npm package "node", whose\n` +
      'install script was not run. Run: npm ci --ignore-scripts=false',
  )
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
