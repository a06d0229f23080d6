import assert from 'node:assert/strict'
import { readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { DiskFolder, type UploadFolder } from '../../src/upload/folder.ts'
import { filePart, formBody } from './forms.ts'
import { UploadRig } from './upload-rig.ts'

const TINY = { 'a.png': 'x' }
const BODY = formBody([filePart('a.png', 'one'), filePart('b.png', 'two')])

test('files are kept under names of the server, and handed on with those of the client', async t => {
  const rig = await UploadRig.open(t)
  const { status, answer } = await rig.send({ '../../a.png': 'one', 'C:\\x\\b.GIF': 'two' })
  assert.equal(status, 200)
  assert.deepEqual(answer, {
    files: [
      { name: 'a.png', size: 3 },
      { name: 'b.GIF', size: 3 },
    ],
  })
  const [form = assert.fail('nothing was handed on')] = rig.ann.forms
  assert.deepEqual(
    form.files.map(({ name, path, contentType }) => [name, readFileSync(path, 'utf8'), contentType]),
    [
      ['a.png', 'one', 'image/png'],
      ['b.GIF', 'two', 'image/png'],
    ],
  )
  assert.equal(rig.left.length, 2)
  for (const name of rig.left) assert.match(name, /^upload-[\da-f]{32}$/)
  assert.deepEqual(rig.counters, { uploads: 1, uploadedFiles: 2, uploadedBytes: 6 })
  assert.equal(rig.uploads.running, 0)
})

test('an input without a chosen file is passed over', async t => {
  const rig = await UploadRig.open(t)
  const body = formBody([filePart('', '', 'application/octet-stream'), filePart('a.png', 'x')])
  const { text } = { text: await request(rig, body) }
  assert.match(text, /^HTTP\/1\.1 200 .*{"files":\[{"name":"a.png","size":1}\]}\n$/s)
})

describe('an upload is refused, and leaves nothing behind,', () => {
  const settings = { maxFiles: 2, maxFileBytes: 100, maxTotalBytes: 1000 }
  const cases: Readonly<Record<string, readonly [status: number, reason: string, body: string]>> = {
    'with a type that is not taken': [
      415,
      'upload-type',
      formBody([filePart('a.png', 'x'), filePart('b.exe', 'x')]),
    ],
    'with a name that is all dots': [415, 'upload-type', formBody([filePart('...', 'x')])],
    'with a file that has no name': [415, 'upload-type', formBody([filePart('', 'x')])],
    'with a file that is too large': [
      413,
      'upload-file-too-large',
      formBody([filePart('a.png', 'x'), filePart('b.png', 'x'.repeat(101))]),
    ],
    'with too many files': [413, 'upload-too-many-files', formBody(Array(3).fill(filePart('a.png', 'x')))],
    'with a length that is too large': [413, 'upload-too-large', 'x'.repeat(1001)],
    'without a file': [400, 'upload-empty', formBody([])],
    'that ends within a file': [
      400,
      'upload-malformed',
      formBody([filePart('a.png', 'x'), filePart('b.png', 'x')]).slice(0, -30),
    ],
    'that is nonsense': [400, 'upload-malformed', 'nonsense'],
  }
  for (const [what, [status, reason, body]] of Object.entries(cases)) {
    test(what, async t => {
      const rig = await UploadRig.open(t, settings)
      const answer = await request(rig, body)
      assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `))
      assert.match(answer, /\r\nContent-Length: \d+\r\n/)
      assert.match(answer, new RegExp(`{"error":"${reason}","message":".+"}\n$`))
      assert.deepEqual(rig.reasons, [reason])
      assert.deepEqual(rig.left, [])
      assert.deepEqual(rig.ann.forms, [])
      assert.equal(rig.uploads.running, 0)
    })
  }

  test('without a length, as soon as it is too long', async t => {
    const rig = await UploadRig.open(t, settings)
    const head = rig.head(0).replace('Content-Length: 0', 'Transfer-Encoding: chunked')
    const client = rig.raw(head, `7d0\r\n${BODY.padEnd(2000, 'x')}\r\n`)
    await rig.until(() => client.text.endsWith('}\n'))
    assert.match(client.text, /^HTTP\/1\.1 413 .*upload-too-large/s)
    assert.deepEqual(rig.left, [])
    client.socket.destroy()
  })

  test('with a body that is no form', async t => {
    const rig = await UploadRig.open(t)
    const answer = await fetch(rig.url(), { method: 'POST', body: '{}', headers: { 'Content-Type': 'x/y' } })
    assert.equal(answer.status, 415)
    assert.deepEqual(rig.reasons, ['upload-not-multipart'])
    assert.equal((await fetch(rig.url(), { method: 'POST' })).status, 415)
  })

  test('without the token of somebody who is logged in', async t => {
    const rig = await UploadRig.open(t)
    for (const token of ['', 'eve', '__proto__', 'constructor', '%00', 'ann%20']) {
      assert.equal((await rig.send(TINY, { token })).status, 403, token)
    }
    const without = await fetch(rig.url().split('?')[0] ?? '', { method: 'POST', body: new FormData() })
    assert.equal(without.status, 403)
    assert.deepEqual(new Set(rig.reasons), new Set(['upload-no-session']))
  })

  test('where uploads are off, or nobody takes files', async t => {
    const off = await UploadRig.open(t, { enabled: false })
    assert.equal((await off.send(TINY)).status, 404)
    assert.deepEqual(off.reasons, ['upload-off'])
    const rig = await UploadRig.open(t)
    rig.ann.taken = false
    assert.equal((await rig.send(TINY)).status, 404)
    assert.deepEqual(rig.reasons, ['upload-not-taken'])
  })

  test('when the user, or the one who takes files, is gone at its end', async t => {
    const rig = await UploadRig.open(t)
    for (const gone of ['there', 'taken'] as const) {
      const client = rig.raw(rig.head(BODY.length), BODY.slice(0, -5))
      await rig.until(() => rig.left.length === 2)
      rig.ann[gone] = false
      client.socket.write(BODY.slice(-5))
      await rig.until(() => client.text.endsWith('}\n'))
      rig.ann[gone] = true
    }
    assert.deepEqual(rig.reasons, ['upload-no-session', 'upload-not-taken'])
    assert.deepEqual(rig.left, [])
  })

  test('when its client goes away within a file', async t => {
    const rig = await UploadRig.open(t)
    for (const leave of ['end', 'resetAndDestroy'] as const) {
      const client = rig.raw(rig.head(BODY.length), BODY.slice(0, -30))
      await rig.until(() => rig.left.length > 0)
      client.socket[leave]()
      await rig.until(() => rig.uploads.running === 0)
      await client.closed()
    }
    assert.deepEqual(rig.reasons, ['upload-aborted', 'upload-aborted'])
    assert.deepEqual(rig.left, [])
  })

  test('when it takes too long', async t => {
    const rig = await UploadRig.open(t, { timeoutSeconds: 20 })
    const client = rig.raw(rig.head(BODY.length), BODY.slice(0, -5))
    await rig.until(() => rig.left.length > 0)
    rig.advance(19)
    await new Promise(resolve => setImmediate(resolve))
    assert.deepEqual(rig.reasons, [])
    rig.advance(1)
    await rig.until(() => client.text.endsWith('}\n'))
    assert.match(client.text, /^HTTP\/1\.1 408 .*upload-too-slow/s)
    assert.deepEqual(rig.left, [])
    rig.advance(5)
    await client.closed()
  })

  test('when the server stops', async t => {
    const rig = await UploadRig.open(t)
    const client = rig.raw(rig.head(BODY.length), BODY.slice(0, -5))
    await rig.until(() => rig.left.length > 0)
    await rig.uploads.stop()
    assert.deepEqual(rig.left, [])
    await rig.until(() => client.text.endsWith('}\n'))
    assert.match(client.text, /^HTTP\/1\.1 503 .*upload-stopping/s)
    client.socket.destroy()
    assert.equal((await rig.send(TINY)).status, 503)
    await rig.uploads.start()
    assert.equal((await rig.send(TINY)).status, 200)
  })
})

describe('as many uploads at once as may', () => {
  test('of one session, and of all', async t => {
    const rig = await UploadRig.open(t, { maxUploadsPerSession: 2, maxUploads: 3 })
    const begin = (token: string) => rig.raw(rig.head(BODY.length, { token }), BODY.slice(0, -5))
    const clients = [begin('ann'), begin('ann')]
    await rig.until(() => rig.uploads.running === 2)
    assert.equal((await rig.send(TINY)).status, 429)
    clients.push(begin('bob'))
    await rig.until(() => rig.uploads.running === 3)
    assert.equal((await rig.send(TINY, { token: 'bob' })).status, 503)
    for (const { socket } of clients) socket.write(BODY.slice(-5))
    await rig.until(() => clients.every(({ text }) => text.startsWith('HTTP/1.1 200')))
    assert.equal((await rig.send(TINY)).status, 200)
    assert.deepEqual(rig.reasons, ['upload-session-limit', 'upload-server-limit'])
    for (const { socket } of clients) socket.destroy()
  })

  test('are all whole', async t => {
    const rig = await UploadRig.open(t, { maxUploadsPerSession: 40, maxUploads: 40 })
    const contents = Array.from({ length: 40 }, (_, i) => String.fromCharCode(33 + i).repeat(9000))
    const answers = await Promise.all(
      contents.map((content, i) => rig.send({ 'a.png': content }, { token: i % 2 === 0 ? 'ann' : 'bob' })),
    )
    assert.ok(answers.every(({ status }) => status === 200))
    const stored = [...rig.ann.forms, ...rig.bob.forms].flatMap(({ files }) => files)
    assert.deepEqual(new Set(stored.map(({ path }) => readFileSync(path, 'utf8'))), new Set(contents))
    assert.equal(new Set(stored.map(({ path }) => path)).size, 40)
  })
})

describe('the folder', () => {
  test('takes no more than it may hold, until files were taken away', async t => {
    const rig = await UploadRig.open(t, { maxTotalBytes: 10_000, maxFolderBytes: 20_000 })
    while ((await rig.send(TINY)).status === 200) assert.ok(rig.left.length < 10)
    assert.deepEqual(rig.reasons, ['upload-folder-full'])
    assert.equal(rig.left.length, 3, 'three blocks, and one request of the longest')
    for (const { files } of rig.ann.forms) {
      for (const { path } of files) renameSync(path, join(tmpdir(), 'upload-test-moved'))
    }
    rmSync(join(tmpdir(), 'upload-test-moved'))
    assert.equal((await rig.send(TINY)).status, 507, 'it is not looked through for each request')
    rig.advance(5)
    assert.equal((await rig.send(TINY)).status, 200)
  })

  test('loses files that nobody took away', async t => {
    const rig = await UploadRig.open(t, { keepHours: 2 })
    await rig.send(TINY)
    rig.advance(2 * 3600 - 60)
    await rig.uploads.clean()
    assert.equal(rig.left.length, 1)
    rig.advance(120)
    await rig.uploads.clean()
    assert.deepEqual(rig.left, [])
  })

  test('that cannot be written to costs the upload, and is reported', async t => {
    const rig = await UploadRig.open(t, {}, () => new DiskFolder('/dev/null/uploads'))
    const { status, answer } = await rig.send(TINY)
    assert.deepEqual([status, (answer as { error: string }).error], [500, 'upload-failed'])
    assert.equal((rig.faults[0] as NodeJS.ErrnoException).code, 'ENOTDIR')
    assert.equal(rig.uploads.running, 0)
  })

  for (const step of ['write', 'keep'] as const) {
    test(`that is full at ${step} costs the upload, and keeps no part of it`, async t => {
      const rig = await UploadRig.open(t, {}, dir => fullDisk(new DiskFolder(dir), step))
      assert.equal((await rig.send({ 'a.png': 'one', 'b.png': 'two' })).status, 500)
      assert.match(String(rig.faults[0]), /ENOSPC/)
      assert.deepEqual(rig.left, [])
      assert.deepEqual(rig.ann.forms, [])
    })
  }
})

/** Sends a form over a line of its own. @returns the whole response */
async function request(rig: UploadRig, body: string): Promise<string> {
  const head = rig.head(body.length).replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')
  return await rig.raw(head, body).closed()
}

/** A disk that is full when the second file comes to this step. */
function fullDisk(disk: UploadFolder, step: 'write' | 'keep'): UploadFolder {
  let files = 0
  return {
    clean: before => disk.clean(before),
    create: async () => {
      const file = await disk.create()
      const isSecond = ++files === 2
      const fail = () => Promise.reject(new Error('ENOSPC: no space left on device'))
      return {
        write: bytes => (isSecond && step === 'write' ? fail() : file.write(bytes)),
        close: () => file.close(),
        keep: () => (isSecond && step === 'keep' ? fail() : file.keep()),
        discard: () => file.discard(),
      }
    },
  }
}
