import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { ensureBrowser } from '../browser.ts'
import { moduleOf, type Snippet, snippetsOf } from '../guide.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const GUIDES = ['extensions.md', 'from-sfs2x-extensions.md']
/** What the guides have installed, and where it is here. */
const PACKAGES = {
  warren: 'cli',
  '@warren/server': 'server',
  '@warren/client': 'client',
  '@types': 'node_modules/@types',
  'sfs2x-api': 'node_modules/sfs2x-api',
}
const PATIENCE = 20_000

/** A new folder with the packages that the guides install, and these files in it. */
function folderWith(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'warren-guide-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const [name, target] of Object.entries(PACKAGES)) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(ROOT, target), link)
  }
  for (const [name, text] of Object.entries({ 'package.json': '{ "type": "module" }', ...files })) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  return folder
}

function run(cwd: string, ...args: string[]): string {
  const { NODE_TEST_CONTEXT, NODE_ENV, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' })
  assert.equal(status, 0, `${args.join(' ')}\n${stdout}${stderr}`)
  return stdout
}

const WARREN = join(ROOT, 'cli/bin/warren.mjs')
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc')

/** The files that the first guide has its reader write. */
function filesOfTutorial(): Record<string, string> {
  const named = snippetsOf('extensions.md').flatMap(({ file, code }) =>
    file === undefined ? [] : [[file, code]],
  )
  return Object.fromEntries(named)
}

test('the TypeScript of the guides compiles as it stands there, with the settings that they name', t => {
  const files: Record<string, string> = {}
  let count = 0
  for (const guide of GUIDES) {
    const isCode = ({ language, file }: Snippet) => language === 'ts' && file === undefined
    for (const snippet of snippetsOf(guide).filter(isCode)) {
      // The name says on which line of the guide the code begins.
      files[`extensions/${guide}-${snippet.line}.ts`] = moduleOf(snippet)
      count++
    }
  }
  assert.ok(count > 10)
  run(folderWith(t, { ...filesOfTutorial(), ...files }), TSC)
})

test('what the guides show of the test kit runs', t => {
  const usesKit = ({ code, file }: Snippet) => file === undefined && code.includes("'@warren/server/testing'")
  const programs = GUIDES.flatMap(guide => snippetsOf(guide).filter(usesKit))
  assert.ok(programs.length > 0)
  for (const program of programs) run(folderWith(t, { 'program.ts': program.code }), 'program.ts')
})

test('the ten minutes of the guide lead where it says', { timeout: 110_000 }, async t => {
  const files = filesOfTutorial()
  assert.deepEqual(Object.keys(files), [
    'extensions/guess/index.ts',
    'zones/MyGame.zone.json',
    'extensions/guess/guess.test.ts',
    'extensions/guess/config.json',
    'warren.config.ts',
    'pages/guess/package.json',
    'pages/guess/public/index.html',
    'pages/guess/public/guess.js',
    'tsconfig.json',
  ])
  const folder = folderWith(t, files)
  assert.match(run(folder, WARREN, 'check'), /^No problems; zones: MyGame$/m)
  assert.match(run(folder, '--test', '--test-reporter=tap'), /^# pass 2$/m)
  const schema = JSON.parse(run(folder, WARREN, 'schema', 'guess'))
  assert.equal(schema.properties.highest.default, 100)

  const { http, logged } = await start(t, folder)
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox'] })
  t.after(() => browser.close())
  const page = await browser.newPage()
  page.setDefaultTimeout(PATIENCE)
  await page.goto(`http://127.0.0.1:${http}/examples/guess/`)
  await said(page, 'Guess a number.', 1)

  await guess(page, 21)
  await said(page, 'It is 20 at most', 2)
  await guess(page, 0)
  await said(page, 'number is 0, less than 1', 3)
  await win(page)

  const reloaded = logged('An extension changed and was loaded anew')
  const file = join(folder, 'extensions/guess/index.ts')
  writeFileSync(file, readFileSync(file, 'utf8').replace('It is', 'You may guess'))
  await reloaded
  const before = await page.getByRole('listitem').count()
  await guess(page, 21)
  await said(page, 'You may guess 20 at most', before + 1)
})

/** Starts the server on free ports and waits until it is ready. */
async function start(t: TestContext, cwd: string) {
  const { NODE_TEST_CONTEXT, NODE_ENV, ...env } = process.env
  const args = [WARREN, 'start', '--tcp', '0', '--http', '0', '--udp', 'off', '--electro', 'off']
  const server = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  t.after(() => end(server))
  const lines: string[] = []
  const waiting: { readonly text: string; readonly found: () => void }[] = []
  createInterface(server.stderr).on('line', line => {
    lines.push(line)
    for (const { text, found } of waiting) if (line.includes(text)) found()
  })
  const http = await new Promise<string>((resolve, reject) => {
    createInterface(server.stdout).on('line', line => {
      const port = /^warren ready .*\bhttp=(\d+)/.exec(line)?.[1]
      if (port !== undefined) resolve(port)
    })
    server.on('exit', () => reject(new Error(`The server ended:\n${lines.join('\n')}`)))
  })
  /** Waits for a line of the log that is still to come. */
  const logged = (text: string) => new Promise<void>(found => waiting.push({ text, found }))
  return { http, logged }
}

async function end(server: ChildProcess): Promise<void> {
  const ended = new Promise(resolve => server.once('exit', resolve))
  if (server.exitCode !== null || !server.kill()) return
  await ended
}

async function guess(page: Page, number: number): Promise<void> {
  await page.getByLabel('A number').fill(String(number))
  await page.getByRole('button', { name: 'Guess' }).click()
}

/** Waits for the newest line of the page, which has this many. */
async function said(page: Page, text: string, count: number): Promise<void> {
  await page.locator(`li:first-child:nth-last-child(${count})`, { hasText: text }).waitFor()
}

/** Halves what is left until the number is right. */
async function win(page: Page): Promise<void> {
  let [low, high] = [1, 20]
  for (;;) {
    const number = Math.floor((low + high) / 2)
    const newest = page.getByRole('listitem').first()
    const count = await page.getByRole('listitem').count()
    await guess(page, number)
    await page.locator(`li:nth-last-child(${count + 1})`).waitFor()
    if ((await page.getByText('knew it').count()) > 0) break
    if ((await newest.textContent()) === 'higher') low = number + 1
    else high = number - 1
    assert.ok(low <= high)
  }
  await page.getByText('right', { exact: true }).waitFor()
}
