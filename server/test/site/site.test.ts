import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Example } from '../../src/site/examples.ts'
import { siteRoutes } from '../../src/site/site.ts'
import type { ServerStatus } from '../../src/status.ts'
import { Routes, requestPath } from '../../src/transport/routes.ts'

const EXAMPLES = fileURLToPath(new URL('../../../examples', import.meta.url))

const STATUS: ServerStatus = {
  uptimeSeconds: 5,
  sessions: 3,
  listening: { http: 8080 },
  zones: [{ name: 'Arena', users: 2, rooms: [{ name: 'Pit', users: 1, maxUsers: 9, isMmo: true }] }],
}

/** Serves the site; gives a function that fetches a path as it is, dots included. */
async function site(t: TestContext, examplesDir: string | undefined = EXAMPLES) {
  const routes = new Routes(siteRoutes({ status: () => STATUS, examplesDir }))
  const exchange = { address: '127.0.0.1', isSecure: false, hold: () => undefined }
  const server = createServer(async (request, response) => {
    const match = routes.match(request.method, requestPath(request.url))
    if ('handle' in match) await match.handle(request, response, exchange)
    else response.writeHead(404).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  return (path: string) => fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' })
}

test('the home page runs no inline script or style', async t => {
  const response = await (await site(t))('/')
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8')
  const policy = response.headers.get('content-security-policy') ?? ''
  assert.match(policy, /script-src 'self'/)
  assert.doesNotMatch(policy, /unsafe/)
  const page = await response.text()
  assert.doesNotMatch(page, /<script(?![^>]* src=)|<style| style=| on[a-z]+="/)
})

test('the status is JSON, with the examples that are there', async t => {
  const response = await (await site(t))('/status.json')
  const { examples, ...status } = (await response.json()) as ServerStatus & { examples: Example[] }
  assert.deepEqual(status, STATUS)
  assert.equal(examples.find(({ path }) => path === '/examples/chat/')?.title, 'Chat')
})

test('an example is served with the packages that it depends on', async t => {
  const get = await site(t)
  assert.match(await (await get('/examples/chat/')).text(), /Join the chat/)
  const client = await get('/examples/chat/packages/sfs2x-api.js')
  assert.equal(client.headers.get('content-type'), 'text/javascript; charset=utf-8')
  assert.match(await client.text(), /SFS2X/)
  const redirect = await get('/examples/chat')
  assert.equal(redirect.status, 308)
  assert.equal(redirect.headers.get('location'), '/examples/chat/')
})

test('an example is served with the sources of its packages, and whatever those depend on', async t => {
  const folder = folderWith(t, {
    'game/package.json': manifest('game', { 'our-client': '1.0.0' }),
    'game/public/index.html': 'a page',
    'node_modules/our-client/package.json': manifest('our-client', { zip: '2.0.0' }, './src/index.ts'),
    'node_modules/our-client/src/index.ts': 'export const one: number = 1',
    'node_modules/our-client/test/secret.ts': '',
    'node_modules/our-client/node_modules/zip/package.json': manifest('zip', {}, { import: './esm/_zip.js' }),
    'node_modules/our-client/node_modules/zip/esm/_zip.js': 'export const zip = 2',
  })
  const get = await site(t, folder)
  const packages = '/examples/game/packages'
  assert.match(await (await get(`${packages}/our-client/index.ts`)).text(), /^export const one {9}= 1/)
  assert.equal(await (await get(`${packages}/zip/esm/_zip.js`)).text(), 'export const zip = 2')
  assert.equal((await get(`${packages}/our-client/test/secret.ts`)).status, 404)
})

test('an example is called as it says, and its page gets the code that it has in common with its extension', async t => {
  const folder = folderWith(t, {
    'my-mmo/package.json': JSON.stringify({ name: 'my-mmo', displayName: 'My MMO' }),
    'my-mmo/public/index.html': 'a page',
    'my-mmo/common/map.ts': 'export const width: number = 10',
    'my-mmo/extensions/map/index.ts': '',
  })
  const get = await site(t, folder)
  const { examples } = JSON.parse(await (await get('/status.json')).text())
  assert.equal(examples[0].title, 'My MMO')
  assert.match(await (await get('/examples/my-mmo/common/map.ts')).text(), /^export const width {9}= 10/)
  assert.equal((await get('/examples/my-mmo/extensions/map/index.ts')).status, 404)
})

test('an example whose packages are not installed says which', async t => {
  const folder = folderWith(t, {
    'game/package.json': manifest('game', { 'our-client': '1.0.0' }),
    'game/public/index.html': 'a page',
    'node_modules/our-client/package.json': manifest('our-client', { zip: '2.0.0' }, './src/index.ts'),
    'node_modules/our-client/src/index.ts': '',
  })
  await assert.rejects(site(t, folder), /our-client\/package\.json asks for zip, which is not installed$/)
})

/** A new folder with these files. */
function folderWith(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'warren-site-'))
  t.after(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

function manifest(name: string, dependencies: Readonly<Record<string, string>>, entry?: unknown): string {
  const exports = entry === undefined ? undefined : { '.': entry }
  return JSON.stringify({ name, version: '1.0.0', type: 'module', dependencies, exports })
}

test('nothing outside the public folders is served', async t => {
  const get = await site(t)
  for (const path of [
    '/site/%2e%2e/site.ts',
    '/site/..%2fsite.ts',
    '/site/tsconfig.json',
    '/site/nothing.html',
    '/examples/chat/package.json',
    '/examples/chat/../package.json',
    '/examples/chat/%2e%2e/package.json',
    '/examples/chat/.hidden.js',
    '/examples/chat/sfs2x.d.ts',
    '/examples/chat/packages/zod.js',
    '/examples/hello-extension/package.json',
    '/examples/hello-extension/extensions/hello/index.ts',
    '/examples/hello-extension/test/dice.test.ts',
    '/examples/hello-extension/client/sfs2x-global.d.ts',
    '/examples/hello-extension/client/../package.json',
    '/examples/hello-extension/packages/@warren/codec/nothing.ts',
    '/examples/hello-extension/packages/@warren/server/index.ts',
    '/examples/nothing/',
  ]) {
    assert.equal((await get(path)).status, 404, path)
  }
})

/** A folder with one example in it, whose page has the code that is given. */
async function exampleOf(t: TestContext, { page = '', main = '' }: { page?: string; main?: string }) {
  const folder = await mkdtemp(join(tmpdir(), 'warren-site-'))
  t.after(() => rm(folder, { recursive: true }))
  const example = join(folder, 'dice')
  await mkdir(join(example, 'public'), { recursive: true })
  await mkdir(join(example, 'client'))
  await writeFile(join(example, 'package.json'), '{ "description": "Dice." }')
  await writeFile(join(example, 'contract.ts'), 'export const sides: number = 6\n')
  await writeFile(join(example, 'public', 'index.html'), page)
  await writeFile(join(example, 'client', 'main.ts'), main)
  return { folder, example }
}

test('TypeScript is served as JavaScript, with every line and column where it was', async t => {
  const main = "import type { A } from './a.ts'\nconst a: A = 1\nexport { a }\n"
  const { folder } = await exampleOf(t, { main })
  const get = await site(t, folder)
  const script = await get('/examples/dice/client/main.ts')
  assert.equal(script.headers.get('content-type'), 'text/javascript; charset=utf-8')
  const stripped = await script.text()
  assert.equal(stripped.length, main.length)
  assert.equal(stripped.split('\n')[1], 'const a    = 1')
  assert.match(await (await get('/examples/dice/contract.ts')).text(), /^export const sides {9}= 6\n$/)
})

test('a script that changed is served as it is now', async t => {
  const { folder, example } = await exampleOf(t, { main: 'export const a: number = 1\n' })
  const get = await site(t, folder)
  const path = '/examples/dice/client/main.ts'
  assert.match(await (await get(path)).text(), /= 1/)
  const file = join(example, 'client', 'main.ts')
  await writeFile(file, 'export const a: number = 2\n')
  await utimes(file, 1, 1)
  assert.match(await (await get(path)).text(), /= 2/)
  await rm(file)
  assert.equal((await get(path)).status, 404)
})

test('the import maps of a page are allowed by their hashes, and nothing else that is inline', async t => {
  const map = '\n{ "imports": { "a": "./a.ts" } }\n'
  const page = `<script type="importmap">${map}</script><script>alert(1)</script>`
  const { folder } = await exampleOf(t, { page })
  const get = await site(t, folder)
  const policy = (await get('/examples/dice/')).headers.get('content-security-policy') ?? ''
  const hash = createHash('sha256').update(map).digest('base64')
  assert.ok(policy.includes(`script-src 'self' 'sha256-${hash}';`), policy)
})

test('a site without examples has its home page', () => {
  const routes = siteRoutes({ status: () => STATUS, examplesDir: undefined })
  assert.ok(routes.some(route => route.path === '/'))
  assert.ok(!routes.some(route => route.path.startsWith('/examples')))
})
