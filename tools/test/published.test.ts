import assert from 'node:assert/strict'
import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createServer, loadConfig, type WarrenServer } from '@warren/server'
import { chromium } from 'playwright-core'
import { ensureBrowser } from '../browser.ts'
import { browserBundle, MAX_BROWSER_BYTES } from '../build/bundle-size.ts'
import { buildPackages, PUBLISHED, packPackages } from '../build/packages.ts'
import { snippetsOf } from '../guide.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PATIENCE = 20_000
/** What the second one of a name reads. */
const TAKEN = 'Somebody is in zone BasicExamples by the name Kermit already (code 6)\n'

/** What somebody writes who begins with Vite, TypeScript and our client. */
const PROJECT = {
  'package.json': JSON.stringify({ name: 'game', private: true, type: 'module' }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'ES2023',
      module: 'ESNext',
      moduleResolution: 'bundler',
      lib: ['ES2023', 'DOM'],
      types: ['node'],
      strict: true,
      skipLibCheck: false,
      noEmit: true,
    },
    include: ['src'],
  }),
  'index.html': '<!doctype html><pre id="log"></pre><script type="module" src="/src/page.ts"></script>',
  'src/chat.ts': `import { type SmartFox } from '@warren/client'

    export async function chat(sfs: SmartFox, name: string, show: (line: string) => void): Promise<void> {
      sfs.on('publicMessage', ({ sender, message }) => show(\`\${sender.name}: \${message}\`))
      // @ts-expect-error there is no such event
      sfs.on('publicMassage', () => {})
      await sfs.connect()
      const { user } = await sfs.login(name)
      await sfs.join('The Lobby')
      show(\`\${user.name} is in\`)
      sfs.say(\`hello from \${name}\`)
    }`,
  'src/page.ts': `import { SmartFox } from '@warren/client'
    import { chat } from './chat'

    const log = document.querySelector('#log')!
    const port = Number(new URLSearchParams(location.search).get('port'))
    const sfs = new SmartFox({ host: '127.0.0.1', port, zone: 'BasicExamples' })
    chat(sfs, 'Page', line => log.append(line + '\\n')).catch(error => log.append(String(error)))`,
  'src/movie.ts': `import { ElectroServer, type RoomObject } from '@warren/client/electroserver'
    import { Socket, XMLSocket } from '@warren/client/flash'

    export function movie(show: (line: string) => void): readonly RoomObject[] {
      const es = ElectroServer.getInstance()
      es.messageReceived = (type, message, from) => show(\`\${type} \${from}: \${message}\`)
      // @ts-expect-error a private message is for somebody
      es.sendMessage('private', 'Hello')
      new XMLSocket().onXML = xml => show(String(xml.firstChild))
      new Socket().on('ioError', ({ error }) => show(error.message))
      return es.getRoomList()
    }`,
  'src/program.ts': `import { ElectroServer } from '@warren/client/electroserver/node'
    import { Socket } from '@warren/client/flash/node'
    import { SmartFox } from '@warren/client/node'

    if (ElectroServer.getInstance().isConnected || new Socket().connected) throw new Error('Nobody is connected')
    const sfs = new SmartFox({ host: '127.0.0.1', port: Number(process.argv[2]), zone: 'BasicExamples' })
    await sfs.connect()
    await sfs.login('Program')
    await sfs.join('The Lobby')
    sfs.say('hello from Program')
    await sfs.next('publicMessage')
    console.log('said it')
    process.stdin.once('data', () => {
      sfs.disconnect()
      process.stdin.destroy()
    })`,
}

/** The chat that the guide to the client has its reader write. */
const CHAT = Object.fromEntries(
  snippetsOf('client.md').flatMap(({ file, code }) => (file === undefined ? [] : [[file, code] as const])),
)

let folder: string
let dist: string
let server: WarrenServer

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'warren-published-'))
  dist = join(folder, 'dist')
  await buildPackages(dist)
  installInto(join(folder, 'game'))
  const flags = { tcp: 0, udp: 'off', http: 0, https: 'off', electro: 'off', 'log-level': 'error' }
  const { config, problems } = await loadConfig({ env: {}, flags, cwd: folder })
  assert.ok(config, JSON.stringify(problems))
  server = createServer({ ...config, examplesDir: undefined })
  await server.start()
})

after(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Packs what was built, and unpacks it into a project beside what it depends on. */
function installInto(project: string): void {
  const chat = Object.entries(CHAT).map(([name, text]) => [`chat/${name}`, text] as const)
  for (const [name, text] of Object.entries({ ...PROJECT, ...Object.fromEntries(chat) })) {
    mkdirSync(dirname(join(project, name)), { recursive: true })
    writeFileSync(join(project, name), text)
  }
  for (const [index, file] of packPackages(dist).entries()) {
    const target = join(project, 'node_modules/@warren', PUBLISHED[index] ?? '')
    mkdirSync(target, { recursive: true })
    run('tar', ['-xzf', file, '-C', target, '--strip-components=1'])
    const { dependencies = {} } = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'))
    for (const dependency of Object.keys(dependencies)) install(project, dependency)
  }
  install(project, '@types/node')
}

/** What is not ours comes from where our own packages have it. */
function install(project: string, name: string): void {
  if ((PUBLISHED as readonly string[]).includes(name.replace('@warren/', ''))) return
  const link = join(project, 'node_modules', name)
  mkdirSync(dirname(link), { recursive: true })
  const places = ['client/node_modules', 'node_modules'].map(place => join(ROOT, place, name))
  symlinkSync(places.find(place => existsSync(place)) ?? name, link)
}

function run(file: string, args: readonly string[], cwd = folder): string {
  const { NODE_TEST_CONTEXT, NODE_ENV, ...env } = process.env
  const { status, stdout, stderr, error } = spawnSync(file, args, { cwd, env, encoding: 'utf8' })
  assert.equal(status, 0, `${file} ${args.join(' ')}\n${error ?? ''}${stdout}${stderr}`)
  return stdout
}

test('a page loads no more for the client than it may', async () => {
  const { main } = await browserBundle(join(folder, 'game/node_modules/@warren'))
  assert.ok(main.bytes > 5000, 'the client is not in it')
  assert.ok(main.bytes <= MAX_BROWSER_BYTES, `${main.bytes} bytes`)
})

test('the declarations of the packages fit a strict project', () => {
  run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc')], join(folder, 'game'))
})

test('the chat of the guide is what its readers get: a terminal and a page', async t => {
  const project = join(folder, 'game/chat')
  assert.deepEqual(Object.keys(CHAT), [
    'tsconfig.json',
    'public/sfs-config.xml',
    'chat.ts',
    'index.html',
    'page.ts',
  ])
  run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc')], project)
  const { tcp, http } = server.status().listening
  const file = join(project, 'public/sfs-config.xml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('9933', String(tcp)).replace('8080', String(http)))

  const { page, complaints } = await visit(t, project)
  await page.getByText('(you)').waitFor()
  const program = spawn(process.execPath, ['chat.ts', 'Kermit'], {
    cwd: project,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  t.after(() => program.kill())
  const lines = createInterface(program.stdout)[Symbol.asyncIterator]()
  const next = async () => (await lines.next()).value as string
  assert.match(await next(), /^In the lobby: Guest#\d+, Kermit$/)
  await page.getByRole('listitem').filter({ hasText: 'Kermit' }).waitFor()
  program.stdin.write('hello from the terminal\n')
  assert.equal(await next(), 'Kermit: hello from the terminal')
  await page.getByText('Kermit: hello from the terminal').waitFor()
  await page.locator('input').fill('hello from the page')
  await page.getByRole('button').click()
  assert.match(await next(), /^Guest#\d+: hello from the page$/)

  const second = promisify(execFile)(process.execPath, ['chat.ts', 'Kermit'], { cwd: project })
  await assert.rejects(second, { code: 1, stdout: TAKEN })
  const exited = once(program, 'exit')
  program.stdin.end()
  assert.equal(await next(), '(over: manual)')
  assert.deepEqual(await exited, [0, null])
  await page.getByRole('listitem').filter({ hasText: 'Kermit' }).waitFor({ state: 'detached' })
  assert.deepEqual(complaints, [])
})

test('a page of a stock Vite project and a Node program meet in a room and chat', async t => {
  const project = join(folder, 'game')
  const { tcp, http } = server.status().listening
  const { page, complaints } = await visit(t, project, `?port=${http}`)
  await page.getByText('Page is in').waitFor()
  await page.getByText('Page: hello from Page').waitFor()

  const program = spawn(process.execPath, ['src/program.ts', String(tcp)], {
    cwd: project,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  t.after(() => program.kill())
  const [line] = await once(createInterface(program.stdout), 'line')
  assert.equal(line, 'said it')
  await page.getByText('Program: hello from Program').waitFor()
  program.stdin.end('bye\n')
  const [code] = await once(program, 'exit')
  assert.equal(code, 0)
  assert.deepEqual(complaints, [])
})

/** Builds a project with Vite and opens its page. */
async function visit(t: TestContext, project: string, query = '') {
  run(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], project)
  const { preview: serve } = await import('vite')
  const preview = await serve({
    root: project,
    configFile: false,
    logLevel: 'silent',
    preview: { port: 0, host: '127.0.0.1' },
  })
  t.after(() => preview.close())
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox'] })
  t.after(() => browser.close())
  const page = await browser.newPage()
  page.setDefaultTimeout(PATIENCE)
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  await page.goto(`${preview.resolvedUrls?.local[0]}${query}`)
  return { page, complaints }
}
