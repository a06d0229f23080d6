import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { type TestContext, test } from 'node:test'
import { defineExtension, type ServerConfig, type ServerEvents } from '@warren/server'
import { loggedIn } from '../../src/official/arrivals.ts'
import { extended } from '../../src/target/extended.ts'
import { Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs an extension of the test' }

type Uploaded = ServerEvents['fileUpload']

/** An extension that remembers what it was told of. */
function collector() {
  const events: Uploaded[] = []
  const extension = defineExtension({ init: ({ on }) => on('fileUpload', event => void events.push(event)) })
  return { events, extension }
}

/** A server whose zone BH0 takes files. */
async function openScene(t: TestContext, upload: Partial<ServerConfig['upload']> = {}) {
  const { events, extension } = collector()
  const scene = await Scene.open(t, config => ({
    ...extended({ zone: { extension } })(config),
    upload: { ...config.upload, ...upload },
  }))
  return { scene, events }
}

function uploadUrl({ target }: Scene, token: string): string {
  return `http://${target.http.host}:${target.http.port}/BlueBox/SFS2XFileUpload?sessHashId=${token}`
}

function form(files: Readonly<Record<string, string>>, fields: Readonly<Record<string, string>> = {}) {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.append(name, value)
  for (const [name, text] of Object.entries(files)) data.append('file', new Blob([text]), name)
  return data
}

async function send(scene: Scene, token: string, body: FormData) {
  const response = await fetch(uploadUrl(scene, token), { method: 'POST', body })
  return { status: response.status, answer: await response.json() }
}

test('files of the official client reach the extension of its zone [P-12]', OWN, async t => {
  const { scene, events } = await openScene(t)
  const client = await loggedIn(scene, 'Ann')
  const body = form({ 'me.png': 'my face', 'you.GIF': 'yours' }, { album: 'holidays' })
  const { status, answer } = await send(scene, client.sfs.sessionToken, body)
  assert.equal(status, 200)
  assert.deepEqual(answer, {
    files: [
      { name: 'me.png', size: 7 },
      { name: 'you.GIF', size: 5 },
    ],
  })
  assert.equal(events.length, 1)
  const [{ user, files, fields } = assert.fail('no event')] = events
  assert.equal(user.name, 'Ann')
  assert.deepEqual(Object.fromEntries(fields), { album: 'holidays' })
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
