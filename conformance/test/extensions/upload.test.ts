import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import {
  type AnyDefinition,
  defineExtension,
  type ServerConfig,
  type ServerEvents,
  t as shape,
} from '@warren/server'
import { loggedIn } from '../../src/official/arrivals.ts'
import { SFS2X } from '../../src/official/official-client.ts'
import { extended } from '../../src/target/extended.ts'
import { greet, logIn, Scene, settled } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs an extension of the test' }

type Uploaded = ServerEvents['fileUpload']

/** An extension that remembers what it was told of. */
function collector() {
  const events: Uploaded[] = []
  const extension = defineExtension({ init: ({ on }) => on('fileUpload', event => void events.push(event)) })
  return { events, extension }
}

/** A server whose zone BH0 runs the extension. */
async function openScene(
  t: TestContext,
  extension: AnyDefinition,
  upload: Partial<ServerConfig['upload']> = {},
): Promise<{ readonly scene: Scene; readonly dir: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'uploads-'))
  const scene = await Scene.open(t, config => ({
    ...extended({ zone: { extension } })(config),
    upload: { ...config.upload, dir, ...upload },
  }))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  return { scene, dir }
}

function form(files: Readonly<Record<string, string>>, fields: Readonly<Record<string, string>> = {}) {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  for (const [name, text] of Object.entries(files)) data.append('file', new Blob([text]), name)
  return data
}

async function send({ target: { http } }: Scene, token: string, body: FormData = form({ 'a.png': 'x' })) {
  const url = `http://${http.host}:${http.port}/BlueBox/SFS2XFileUpload?sessHashId=${token}`
  const response = await fetch(url, { method: 'POST', body })
  const answer = (await response.json()) as { readonly files?: unknown; readonly error?: string }
  return { status: response.status, ...answer }
}

test('files of the official client reach the extension of its zone [P-12.4]', OWN, async t => {
  const { events, extension } = collector()
  const { scene } = await openScene(t, extension)
  const client = await loggedIn(scene, 'Ann')
  const body = form({ 'me.png': 'my face', 'you.GIF': 'yours' }, { album: 'holidays' })
  assert.deepEqual(await send(scene, client.sfs.sessionToken, body), {
    status: 200,
    files: [
      { name: 'me.png', size: 7 },
      { name: 'you.GIF', size: 5 },
    ],
  })
  assert.equal(events.length, 1)
  const [{ user, files, fields } = assert.fail('no event')] = events
  assert.equal(user.name, 'Ann')
  assert.deepEqual([...fields], [['album', 'holidays']])
  assert.deepEqual(
    files.map(({ name, size, path }) => [name, size, readFileSync(path, 'utf8')]),
    [
      ['me.png', 7, 'my face'],
      ['you.GIF', 5, 'yours'],
    ],
  )
  for (const { path } of files) {
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.match(basename(path), /^upload-[\da-f]{32}$/)
  }
})

test('an extension moves a file and tells everybody [P-12.4]', OWN, async t => {
  const home = mkdtempSync(join(tmpdir(), 'avatars-'))
  t.after(() => rmSync(home, { recursive: true, force: true }))
  const avatars = defineExtension({
    messages: { avatar: { user: shape.int(), bytes: shape.int() } },
    init({ on, send: tell, zone }) {
      on('fileUpload', async ({ user, files: [file] }) => {
        if (file === undefined) return
        await rename(file.path, join(home, `${user.id}.png`))
        tell('avatar', { user: user.id, bytes: file.size }, zone)
      })
    },
  })
  const { scene, dir } = await openScene(t, avatars)
  const [ann, bob] = [await loggedIn(scene, 'Ann'), await loggedIn(scene, 'Bob')]
  await send(scene, ann.sfs.sessionToken, form({ 'me.png': 'my face' }))
  const { cmd, params } = await bob.expect('extensionResponse')
  assert.ok(params instanceof SFS2X.SFSObject)
  const id = ann.sfs.mySelf.id
  assert.deepEqual([cmd, params.getInt('user'), params.getInt('bytes')], ['avatar', id, 7])
  assert.equal(readFileSync(join(home, `${id}.png`), 'utf8'), 'my face')
  assert.deepEqual(readdirSync(dir), [])
})

test('a token is good while its user is logged in, and no longer [P-12.2]', OWN, async t => {
  const { events, extension } = collector()
  const { scene, dir } = await openScene(t, extension)
  const client = await scene.tcp()
  const { token } = await greet(client)
  const refused = { status: 403, error: 'upload-no-session' }
  const tried = async () => {
    const { status, error } = await send(scene, token)
    return { status, error }
  }
  assert.deepEqual(await tried(), refused, 'before the login')
  await logIn(client, 'BH0', 'Ann')
  assert.equal((await send(scene, token)).status, 200)
  client.request('Logout', {})
  await client.find('Logout')
  assert.deepEqual(await tried(), refused, 'after the logout')
  const player = await logIn(client, 'BH0', 'Ann')
  assert.equal((await send(scene, token)).status, 200)
  const { token: next } = await greet(client)
  assert.deepEqual(await tried(), refused, 'after another handshake')
  assert.equal((await send(scene, next)).status, 200)
  await settled(player.client)
  await client.leave()
  const probe = await scene.greeted()
  assert.deepEqual((await send(scene, next)).status, 403, 'after the line was closed')
  await probe.leave()
  assert.equal(events.length, 3)
  assert.equal(readdirSync(dir).length, 3)
})

test('users of a zone without an extension for files are refused [P-12.2]', OWN, async t => {
  const { events, extension } = collector()
  const { scene, dir } = await openScene(t, extension)
  const elsewhere = await scene.greeted()
  const { token } = await greet(elsewhere)
  await logIn(elsewhere, 'BH', 'Ann')
  const { status, error } = await send(scene, token)
  assert.deepEqual([status, error], [404, 'upload-not-taken'])
  assert.deepEqual([events.length, readdirSync(dir).length], [0, 0])
})

test('refusals are counted by name, and uploads with their bytes [P-12.3]', OWN, async t => {
  const { scene } = await openScene(t, collector().extension, { maxFileBytes: 5 })
  const client = await loggedIn(scene, 'Ann')
  const token = client.sfs.sessionToken
  await send(scene, token)
  await send(scene, token, form({ 'a.exe': 'x' }))
  await send(scene, token, form({ 'a.png': 'too long' }))
  await send(scene, 'wrong')
  const { http } = scene.target
  const metrics = await (await fetch(`http://${http.host}:${http.port}/metrics`)).text()
  for (const line of [
    'warren_refusals_total{reason="upload-type"} 1',
    'warren_refusals_total{reason="upload-file-too-large"} 1',
    'warren_refusals_total{reason="upload-no-session"} 1',
    'warren_uploads_total 1',
    'warren_uploaded_files_total 1',
    'warren_uploaded_bytes_total 1',
    'warren_uploads_running 0',
  ]) {
    assert.ok(metrics.includes(`${line}\n`), line)
  }
})

test('a server without uploads says so [P-12.3]', OWN, async t => {
  const { scene } = await openScene(t, collector().extension, { enabled: false })
  const client = await loggedIn(scene, 'Ann')
  assert.equal((await send(scene, client.sfs.sessionToken)).error, 'upload-off')
})

test('an extension of a room that wants files does not start', OWN, async t => {
  const ofRoom = defineExtension({ level: 'room', init: ({ on }) => on('fileUpload', () => undefined) })
  await assert.rejects(
    Scene.open(t, extended({ rooms: { Lobby: ofRoom } })),
    /A room never hears of fileUpload/,
  )
})

test('a server that stops waits for no upload, and leaves none half done', OWN, async t => {
  const { scene, dir } = await openScene(t, collector().extension)
  const client = await loggedIn(scene, 'Ann')
  let push: ((text: string) => void) | undefined
  const body = new ReadableStream<Uint8Array>({
    start: controller => {
      push = text => controller.enqueue(new TextEncoder().encode(text))
    },
  })
  push?.('--b\r\nContent-Disposition: form-data; name="f"; filename="a.png"\r\n\r\nhalf of it')
  const { http } = scene.target
  const url = `http://${http.host}:${http.port}/BlueBox/SFS2XFileUpload?sessHashId=${client.sfs.sessionToken}`
  const headers = { 'Content-Type': 'multipart/form-data; boundary=b' }
  const sent = fetch(url, { method: 'POST', headers, body, duplex: 'half' }).catch(() => undefined)
  while (readdirSync(dir).length === 0) await new Promise(resolve => setImmediate(resolve))
  await scene.target.own?.stop()
  assert.deepEqual(readdirSync(dir), [])
  assert.ok(existsSync(dir))
  await sent
})
