import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { UPLOAD_PATH } from '../../src/upload/routes.ts'
import { FORM_TYPE, filePart, formBody } from './forms.ts'
import { UploadRig } from './upload-rig.ts'

const BODY = formBody([filePart('a.png', 'x')])
const TAKEN = '{"files":[{"name":"a.png","size":1}]}\n'

describe('pages of other origins', () => {
  test('may send files, and read what became of them', async t => {
    const rig = await UploadRig.open(t)
    const ok = await rig.send({ 'a.png': 'x' }, { headers: { Origin: 'https://games.example' } })
    assert.equal(ok.status, 200)
    assert.equal(ok.headers.get('access-control-allow-origin'), '*')
    const refused = await rig.send({ 'a.exe': 'x' })
    assert.equal(refused.status, 415)
    assert.equal(refused.headers.get('access-control-allow-origin'), '*')
    assert.equal(refused.headers.get('content-type'), 'application/json; charset=utf-8')
  })

  test('may ask before, as they do when they watch the progress', async t => {
    const rig = await UploadRig.open(t)
    const response = await fetch(rig.url(), {
      method: 'OPTIONS',
      headers: { Origin: 'https://games.example', 'Access-Control-Request-Method': 'POST' },
    })
    assert.equal(response.status, 204)
    assert.equal(response.headers.get('access-control-allow-origin'), '*')
    assert.equal(response.headers.get('access-control-allow-methods'), 'POST')
    assert.equal(response.headers.get('access-control-allow-headers'), '*')
    assert.equal((await fetch(rig.url())).status, 405)
  })
})

describe('old clients', () => {
  const headers = `Content-Type: ${FORM_TYPE}\r\nContent-Length: ${BODY.length}\r\n`
  const requests: Readonly<Record<string, string>> = {
    'with HTTP/1.0, without Host': `POST ${UPLOAD_PATH}?sessHashId=ann HTTP/1.0\r\n${headers}\r\n${BODY}`,
    'with a stray byte after the body': `POST ${UPLOAD_PATH}?sessHashId=ann HTTP/1.0\r\n${headers}\r\n${BODY}\0`,
    'with the absolute form': `POST http://host:8080${UPLOAD_PATH}?sessHashId=ann HTTP/1.0\r\n${headers}\r\n${BODY}`,
    'with lower-case headers': `POST ${UPLOAD_PATH}?x=1&sessHashId=ann HTTP/1.0\r\n${headers.toLowerCase()}\r\n${BODY}`,
  }
  for (const [what, request] of Object.entries(requests)) {
    test(what, async t => {
      const rig = await UploadRig.open(t)
      const answer = await rig.raw(request).closed()
      assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/)
      assert.match(answer, new RegExp(`\r\nContent-Length: ${TAKEN.length}\r\n`))
      assert.doesNotMatch(answer, /chunked/i)
      assert.ok(answer.endsWith(TAKEN))
      assert.equal(rig.ann.forms.length, 1)
    })
  }

  test('hear of a missing length', async t => {
    const rig = await UploadRig.open(t)
    const request = `POST ${UPLOAD_PATH}?sessHashId=ann HTTP/1.0\r\nContent-Type: ${FORM_TYPE}\r\n\r\n${BODY}`
    assert.match(await rig.raw(request).closed(), /^HTTP\/1\.1 400 .*upload-malformed/s)
  })
})

test('who waits to be asked for the body is asked', async t => {
  const rig = await UploadRig.open(t)
  const client = rig.raw(rig.head(BODY.length).replace('\r\n\r\n', '\r\nExpect: 100-continue\r\n\r\n'))
  await rig.until(() => client.text.includes('100 Continue'))
  client.socket.write(BODY)
  await rig.until(() => client.text.endsWith(TAKEN))
  client.socket.destroy()
})

test('several requests go over one connection', async t => {
  const rig = await UploadRig.open(t)
  const client = rig.raw(rig.head(BODY.length), BODY, rig.head(BODY.length), BODY)
  await rig.until(() => client.text.split(TAKEN).length === 3)
  assert.equal(rig.ann.forms.length, 2)
  client.socket.destroy()
})

describe('what is left of a refused request', () => {
  test('is read and forgotten, so that the client hears why', async t => {
    const rig = await UploadRig.open(t, { maxTotalBytes: 1_000_000 })
    const body = 'x'.repeat(900_000)
    const client = rig.raw(rig.head(body.length, { token: 'nobody' }), body)
    assert.match(await client.closed(), /^HTTP\/1\.1 403 .*\r\nConnection: close\r\n.*upload-no-session/s)
  })

  test('is not read for ever', async t => {
    const rig = await UploadRig.open(t, { maxTotalBytes: 100_000 })
    const client = rig.raw(rig.head(1e9, { token: 'nobody' }))
    await rig.until(() => client.text.endsWith('}\n'))
    assert.match(client.text, /^HTTP\/1\.1 403 /)
    rig.advance(4)
    await new Promise(resolve => setImmediate(resolve))
    assert.equal(client.socket.closed, false)
    rig.advance(1)
    await client.closed()
  })

  test('is not read without end', async t => {
    const rig = await UploadRig.open(t, { maxTotalBytes: 100_000 })
    const client = rig.raw(rig.head(1e9, { token: 'nobody' }))
    while (!client.socket.closed) {
      if (client.socket.writable) client.socket.write('x'.repeat(10_000))
      await new Promise(resolve => setImmediate(resolve))
      assert.ok(client.socket.bytesWritten < 5e8, 'the server goes on reading')
    }
  })
})
