import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { isRecent, pinnedNode } from '../bin/pinned-node.mjs'

const BIN = fileURLToPath(new URL('../bin/warren.mjs', import.meta.url))

interface Warren {
  readonly child: ChildProcess
  /** The first line on standard output. */
  readonly firstLine: Promise<string>
  /** All of it, when the process is over. */
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>
}

/** Runs the command in an empty folder, with nothing in its environment that it looks at. */
function warren(
  t: TestContext,
  args: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Warren {
  const cwd = mkdtempSync(join(tmpdir(), 'warren-cli-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true })
    writeFileSync(join(cwd, name), text)
  }
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env: {} })
  t.after(() => {
    child.kill('SIGKILL')
    rmSync(cwd, { recursive: true })
  })
  let out = ''
  let err = ''
  const firstLine = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', chunk => {
      out += chunk
      if (out.includes('\n')) resolve(out.slice(0, out.indexOf('\n')))
    })
    child.on('close', () => reject(new Error(`It ended without a line:\n${err}`)))
  })
  firstLine.catch(() => undefined)
  child.stderr.on('data', chunk => {
    err += chunk
  })
  return { child, firstLine, ended: once(child, 'close').then(([code]) => ({ code, out, err })) }
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`the ready line is all that start prints, and ${signal} ends it with 0`, async t => {
    const { child, firstLine, ended } = warren(t, [
      'start',
      '--tcp=0',
      '--udp=0',
      '--http=0',
      '--https=0',
      '--electro=0',
    ])
    const ports = /^warren ready tcp=(\d+) udp=\d+ http=(\d+) https=\d+ electro=\d+$/.exec(await firstLine)
    assert.ok(ports)
    const health = await fetch(`http://127.0.0.1:${ports[2]}/health`)
    assert.equal(health.status, 200)
    await health.text()
    child.kill(signal)
    const { code, out } = await ended
    assert.equal(code, 0)
    assert.equal(out, `${ports[0]}\n`)
  })
}

test('a listener that is off is not open', async t => {
  const { child, firstLine, ended } = warren(t, [
    'start',
    '--tcp=off',
    '--http=0',
    '--udp=off',
    '--https=off',
    '--electro=0',
  ])
  assert.match(await firstLine, /^warren ready http=\d+ electro=\d+$/)
  child.kill('SIGTERM')
  assert.equal((await ended).code, 0)
})

test('a taken port is one line on standard error, and 1', async t => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.after(() => other.close())
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const { ended } = warren(t, [
    'start',
    '--tcp',
    String(port),
    '--http=0',
    '--https=off',
    '--electro=0',
    '--log-level=silent',
  ])
  const { code, out, err } = await ended
  assert.equal(code, 1)
  assert.equal(out, '')
  assert.match(err, new RegExp(`^warren: [^\\n]*127\\.0\\.0\\.1:${port}[^\\n]*\\n$`))
})

test('start with a problem in the configuration says which, and opens nothing', async t => {
  const { code, out, err } = await warren(t, ['start', '--tcp', 'on']).ended
  assert.equal(code, 1)
  assert.equal(out, '')
  assert.match(err, /^warren: --tcp: is "on" \(allowed: a whole number from 0 to 65535, or "off"\)\n$/)
})

test('check prints every problem and fails; without problems it says so', async t => {
  const bad = await warren(t, ['check'], {
    'warren.config.json': '{ "host": 5, "listen": { "tcp": -1 } }',
  }).ended
  assert.equal(bad.code, 1)
  assert.match(bad.out, /^warren\.config\.json: host: is 5 \(allowed: .+\)$/m)
  assert.match(bad.out, /^warren\.config\.json: listen\.tcp: is -1 \(allowed: .+\)$/m)
  const good = await warren(t, ['check']).ended
  assert.equal(good.code, 0)
  assert.equal(
    good.out,
    'No problems; zones: BasicExamples, SimpleMMOWorld, Island, SimpleMMOWorld2, SpaceWar\n',
  )
})

test('check names every extension that does not load, or cannot run where it is named', async t => {
  const extension = (body: string) => `import { defineExtension, t } from '@warren/server'\n${body}\n`
  const { code, out } = await warren(t, ['check'], {
    'zones/Arena.zone.json': JSON.stringify({
      name: 'Arena',
      extensions: ['broken', 'wordless', 'ofRooms', { name: 'set', config: { speed: 'fast' } }],
      rooms: [{ name: 'Hall', extensions: ['ofRooms'] }],
    }),
    'extensions/broken/index.ts': extension('export default defineExtension({'),
    'extensions/wordless/index.ts': extension('export const word = 1'),
    'extensions/unnamed/index.ts': extension('throw new Error("nobody cares")'),
    'extensions/ofRooms/index.ts': extension("export default defineExtension({ level: 'room', init() {} })"),
    'extensions/set/index.ts': extension(
      'export default defineExtension({ config: { speed: t.int() }, init() {} })',
    ),
  }).ended
  assert.equal(code, 1)
  const lines = out.trim().split('\n')
  assert.equal(lines.length, 4, out)
  assert.match(out, /^extensions: The extension "broken" cannot be loaded: /m)
  assert.match(out, /^extensions: The extension "wordless" cannot be loaded: it must export default/m)
  assert.match(out, /^extensions: The extension "ofRooms" belongs to a room; zone Arena is none$/m)
  assert.match(out, /^extensions: The extension "set" of zone Arena has a wrong config: speed is a string/m)
})

test('a configuration in TypeScript can use defineConfig', async t => {
  const server = new URL('../../server/src/index.ts', import.meta.url).href
  const { ended } = warren(t, ['check'], {
    'warren.config.ts': `import { defineConfig } from '${server}'\nexport default defineConfig({ listen: { http: 0 } })\n`,
  })
  assert.equal((await ended).code, 0)
})

test('a command line that makes no sense ends with 2', async t => {
  const { code, out, err } = await warren(t, ['start', '--nonsense']).ended
  assert.deepEqual([code, out], [2, ''])
  assert.match(err, /--nonsense/)
})

test('--version prints the version', async t => {
  assert.match((await warren(t, ['--version']).ended).out, /^\d+\.\d+\.\d+\n$/)
})

test('an older Node is told from a recent one, and the pinned one is found', () => {
  assert.deepEqual(['20.1.0', '23.11.1', '24.0.0', '26.1.0'].map(isRecent), [false, false, true, true])
  assert.match(pinnedNode(import.meta.url) ?? '', /node_modules\/node\/bin\/node$/)
})

const ACCOUNT_ZONES = {
  'zones/A.zone.json': '{ "name": "A", "accounts": { "login": true, "stockClients": false } }',
}

test('accounts are added, listed, given a new password and removed', async t => {
  const cwd = mkdtempSync(join(tmpdir(), 'warren-accounts-'))
  t.after(() => rmSync(cwd, { recursive: true }))
  mkdirSync(join(cwd, 'zones'))
  for (const [name, text] of Object.entries(ACCOUNT_ZONES)) writeFileSync(join(cwd, name), text)
  const account = async (input: string, ...args: string[]) => {
    const child = spawn(process.execPath, [BIN, 'account', ...args], { cwd, env: {} })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += chunk))
    child.stdin.end(input)
    const [code] = await once(child, 'close')
    return [code, said]
  }
  const email = '--email=kermit@example.org'
  assert.deepEqual(await account('secret one\n', 'add', 'Kermit', email, '--privilege=moderator'), [
    0,
    'Kermit was added\n',
  ])
  assert.deepEqual(await account('secret one\n', 'add', 'kermit'), [
    1,
    'warren: Somebody has that name already\n',
  ])
  assert.deepEqual(await account('', 'add', 'Piggy'), [1, 'warren: The password is missing\n'])
  assert.deepEqual(await account('', 'list', '--zone', 'A'), [0, 'Kermit\tkermit@example.org\tactive\t2\n'])
  assert.deepEqual(await account('other', 'passwd', 'KERMIT'), [0, 'KERMIT has a new password\n'])
  assert.deepEqual(await account('other', 'passwd', 'Piggy'), [1, 'warren: there is no account Piggy\n'])
  assert.deepEqual(await account('', 'remove', 'kermit'), [0, 'kermit was removed\n'])
  assert.deepEqual(await account('', 'remove', 'kermit'), [1, 'warren: there is no account kermit\n'])
  assert.deepEqual(await account('', 'list', '--zone', 'B'), [1, 'warren: there is no zone B\n'])
})

test('a zone that needs the key of accounts and has none keeps the server from starting', async t => {
  const zone = '{ "name": "A", "accounts": { "login": true } }'
  const { ended } = warren(t, ['start', '--tcp=0', '--http=0'], { 'zones/A.zone.json': zone })
  const { code, err } = await ended
  assert.equal(code, 1)
  assert.match(err, /accounts\.stockClients: needs the key WARREN_ACCOUNTS_KEY/)
})

test('bench loads a server, says so in its exit code, and ends with its processes when it is asked to', async t => {
  const [help, mistake, endless] = [
    warren(t, ['bench', '--help']),
    warren(t, ['bench', 'dance']),
    warren(t, ['bench', 'idle', '--clients', '2', '--seconds', '600']),
  ]
  help.firstLine.catch(() => undefined)
  assert.match((await help.ended).out, /^Usage: warren bench <scenario>/)
  assert.equal((await mistake.ended).code, 2)
  const loading = new Promise<void>(resolve => {
    endless.child.stderr?.on('data', chunk => String(chunk).includes('1 s:') && resolve())
  })
  await loading
  endless.child.kill('SIGINT')
  assert.equal((await endless.ended).code, 130)
})
