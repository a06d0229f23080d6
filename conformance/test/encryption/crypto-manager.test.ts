import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connect } from 'node:tls'
import { askForKey } from '../../src/client/crypto-manager.ts'
import type { Endpoint } from '../../src/client/line.ts'
import { refusals } from '../../src/robustness/refusals.ts'
import { greet, Scene } from '../../src/target/scene.ts'
import { everyListener, isRemote } from '../../src/target/target.ts'

const skip = isRemote() && 'needs a server of our own'

test('a key is the bare text of 32 bytes, given once to each session [P-1.4.2]', { skip }, async t => {
  const scene = await Scene.open(t, everyListener)
  const { token } = await greet(await scene.tcp())
  const { head, body } = await askForKey(scene.https, `SessToken=${token}`)
  assert.match(head, /^HTTP\/1\.[01] 200 /)
  assert.match(head, /\r\ncontent-length: 44(\r\n|$)/i)
  assert.match(head, /\r\nconnection: close(\r\n|$)/i)
  assert.doesNotMatch(head, /transfer-encoding/i)
  assert.match(body, /^[0-9A-Za-z+/]{43}=$/)
  assert.equal(Buffer.from(body, 'base64').length, 32)

  const again = await askForKey(scene.https, `SessToken=${token}`)
  assert.match(again.head, /^HTTP\/1\.[01] 200 [\s\S]*content-length: 0/i)
  assert.equal(again.body, '')

  const other = await greet(await scene.tcp())
  assert.notEqual((await askForKey(scene.https, `SessToken=${other.token}`)).body, body)
})

test('without a session there is no key, and that is counted [P-1.4.2]', { skip }, async t => {
  const scene = await Scene.open(t, everyListener)
  const webSocket = await greet(await scene.ws())
  const loggedIn = await scene.tcp()
  const { token } = await greet(loggedIn)
  loggedIn.request('Login', { zoneName: 'BH', userName: 'plain', password: '' })
  await loggedIn.expect('Login')
  const gone = await scene.tcp()
  const left = await greet(gone)
  await gone.leave()
  const { token: current } = await greet(await scene.tcp())
  const bodies = [
    'SessToken=00',
    'SessToken=',
    '',
    '%%%',
    `Token=${current}`,
    `SessToken=${webSocket.token}`,
    `SessToken=${token}`,
    `SessToken=${left.token}`,
  ]
  for (const body of bodies) {
    const answer = await askForKey(scene.https, body)
    assert.match(answer.head, /^HTTP\/1\.[01] 200 /, body)
    assert.equal(answer.body, '', body)
  }
  assert.equal((await refusals(scene.target)).get('key-refused'), bodies.length)
})

test('a body that is too long for a token is not read to its end', { skip }, async t => {
  const scene = await Scene.open(t, everyListener)
  assert.deepEqual(await answerTo(scene.https, `SessToken=${'0'.repeat(5000)}`), {
    status: '200',
    length: '0',
  })
  const { token } = await greet(await scene.tcp())
  assert.equal((await askForKey(scene.https, `SessToken=${token}`)).body.length, 44)
})

test('keys are given on the HTTPS port only [P-1.4.2]', { skip }, async t => {
  const scene = await Scene.open(t, everyListener)
  const { token } = await greet(await scene.tcp())
  const { host, port } = scene.target.http
  const plain = await fetch(`http://${host}:${port}/BlueBox/CryptoManager`, {
    method: 'POST',
    body: `SessToken=${token}`,
  })
  assert.equal(plain.status, 404)
  assert.equal((await askForKey(scene.https, `SessToken=${token}`)).body.length, 44)
})

test('made-up tokens get nothing, and sessions go on', { skip }, async t => {
  const scene = await Scene.open(t, everyListener)
  const client = await scene.encrypted()
  const made = Array.from({ length: 300 }, (_, index) => index.toString(16).padStart(32, '0'))
  assert.equal(await countAnswers(scene.https, made), made.length)
  client.request('Login', { zoneName: 'SecureExamples', userName: 'ann', password: '' })
  await client.expect('Login')
  assert.equal((await refusals(scene.target)).get('key-refused'), made.length)
})

/** Status and length of the answer to a request by HTTP/1.1, when the connection is closed. */
function answerTo({ host, port }: Endpoint, body: string): Promise<{ status?: string; length?: string }> {
  return new Promise((resolve, reject) => {
    let text = ''
    const head = `POST /BlueBox/CryptoManager HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`
    const socket = connect({ host, port, rejectUnauthorized: false }, () => socket.write(head + body))
    socket.on('data', chunk => {
      text += chunk
    })
    socket.on('error', reject)
    socket.on('close', () =>
      resolve({
        ...(/^HTTP\/1\.1 (?<status>\d+) [\s\S]*content-length: (?<length>\d+)/i.exec(text)?.groups ?? {}),
      }),
    )
  })
}

/** Asks for many keys, a hundred at a time. @returns how many empty answers came */
async function countAnswers(https: Endpoint, tokens: readonly string[]): Promise<number> {
  let empty = 0
  const waiting = [...tokens]
  const worker = async (): Promise<void> => {
    for (let token = waiting.pop(); token !== undefined; token = waiting.pop()) {
      const { head, body } = await askForKey(https, `SessToken=${token}`)
      if (head.includes(' 200 ') && body === '') empty++
    }
  }
  await Promise.all(Array.from({ length: 50 }, worker))
  return empty
}
