import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createServer, loadConfig, type WarrenServer } from '@warren/server'
import { chromium } from 'playwright-core'
import { ensureBrowser } from '../browser.ts'
import { browserBundle, MAX_BROWSER_BYTES } from '../build/bundle-size.ts'
import { buildPackages, PUBLISHED } from '../build/packages.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PATIENCE = 20_000

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
  for (const [name, text] of Object.entries(PROJECT)) {
    mkdirSync(dirname(join(project, name)), { recursive: true })
    writeFileSync(join(project, name), text)
  }
  const packed = run('npm', [
    'pack',
    '--json',
    '--pack-destination',
    folder,
    ...PUBLISHED.map(name => join(dist, name)),
  ])
  for (const { name, filename } of JSON.parse(packed) as { name: string; filename: string }[]) {
    const target = join(project, 'node_modules', name)
    mkdirSync(target, { recursive: true })
    run('tar', ['-xzf', join(folder, filename), '-C', target, '--strip-components=1'])
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

test('a page of a stock Vite project and a Node program meet in a room and chat', async t => {
  const project = join(folder, 'game')
  run(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], project)
  const { tcp, http } = server.status().listening

  const preview = await import('vite').then(({ preview }) =>
    preview({
      root: project,
      configFile: false,
      logLevel: 'silent',
      preview: { port: 0, host: '127.0.0.1' },
    }),
  )
  t.after(() => preview.close())
  const browser = await chromium.launch({ executablePath: ensureBrowser(), args: ['--no-sandbox'] })
  t.after(() => browser.close())
  const page = await browser.newPage()
  page.setDefaultTimeout(PATIENCE)
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(error.message))
  await page.goto(`${preview.resolvedUrls?.local[0]}?port=${http}`)
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
