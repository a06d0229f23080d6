import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, it } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { FlashPolicy } from '../../src/transport/flash-policy.ts'
import { httpOpening } from '../../src/transport/http-opening.ts'
import type { Route } from '../../src/transport/routes.ts'
import { openRig, type Rig } from './rig.ts'

const MAX = 1000
const PLAIN = 'GET /page HTTP/1.1\nHost: example.com\n\n'

const openingOf = (text: string) => httpOpening(Buffer.from(text, 'latin1'), MAX)

function textOf(text: string): string {
  const opening = openingOf(text)
  assert.equal(opening.type, 'request')
  return opening.type === 'request' ? opening.bytes.toString('latin1') : ''
}

/** The paths that were asked for. */
class Asked {
  readonly paths: string[] = []
  readonly route: Route = {
    method: 'GET',
    path: '/',
    prefix: true,
    handle: (request, response) => {
      this.paths.push(request.url ?? '')
      response.setHeader('Content-Length', 2)
      response.end('hi')
    },
  }
}

async function open(rig: Rig, transport: 'ws' | 'wss'): Promise<Socket> {
  const options = { port: rig.port, host: '127.0.0.1' }
  const socket = transport === 'ws' ? connect(options) : connectTls({ ...options, rejectUnauthorized: false })
  socket.on('error', () => {})
  await once(socket, transport === 'ws' ? 'connect' : 'secureConnect')
  return socket
}

/** Everything that the server answers until it closes. */
async function answer(socket: Socket): Promise<string> {
  const chunks: Buffer[] = []
  socket.on('data', chunk => chunks.push(chunk))
  await once(socket, 'close')
  return Buffer.concat(chunks).toString('latin1')
}

describe('what an HTTP connection begins with', () => {
  it('is made a strict request when its lines end in line feeds only, and is the last one', () => {
    assert.equal(textOf(PLAIN), 'GET /page HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n')
    assert.equal(textOf('HEAD / HTTP/1.0\n\n'), 'HEAD / HTTP/1.0\r\nConnection: close\r\n\r\n')
    assert.equal(
      textOf('GET / HTTP/1.1\nConnection: keep-alive\n\nGET /second HTTP/1.1\n\n'),
      'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
    )
  })

  it('is left alone when it could be read in two ways', () => {
    for (const text of [
      'GET / HTTP/1.1\r\nHost: a\n\n',
      'GET / HTTP/1.1\nHost: a\r\n\n\n',
      'GET / HTTP/1.1\nHost: a\rb\n\n',
      'GET / HTTP/1.1\nContent-Length: 3\n\nabc',
      'GET / HTTP/1.1\ncontent-length : 3\n\nabc',
      'GET / HTTP/1.1\nTransfer-Encoding: chunked\n\n',
      'GET / HTTP/1.1\nUpgrade: websocket\n\n',
      'POST / HTTP/1.1\n\n',
      'GET /\n\n',
      '\nGET / HTTP/1.1\n\n',
    ]) {
      assert.equal(textOf(text), text)
    }
  })

  it('is not known before its lines have come, and not waited for beyond the bound', () => {
    for (let length = 1; length < PLAIN.length; length++)
      assert.equal(openingOf(PLAIN.slice(0, length)).type, 'undecided', PLAIN.slice(0, length))
    assert.equal(openingOf(`GET / HTTP/1.1\n${'a'.repeat(MAX)}`).type, 'request')
    assert.equal(openingOf('a'.repeat(MAX)).type, 'request')
  })

  it('is a policy request or may become one', () => {
    assert.equal(openingOf('<policy-file-request/>\0').type, 'policy-request')
    assert.equal(openingOf('<pol').type, 'undecided')
    assert.equal(openingOf('<XmlDoc>\n').type, 'request')
  })
})

for (const transport of ['ws', 'wss'] as const) {
  describe(`an HTTP port (${transport})`, () => {
    const policy = () => new FlashPolicy({ domains: ['games.example.com'], ports: [9875] })

    it('answers the request of a movie, which ends its lines in line feeds and sends them one by one', async () => {
      const asked = new Asked()
      await using rig = await openRig(transport, { routes: [asked.route] })
      const socket = await open(rig, transport)
      const answered = answer(socket)
      for (const line of ['GET / HTTP/1.1\n', 'Host: example.com\n', '\n']) {
        socket.write(line)
        await new Promise(resolve => setImmediate(resolve))
      }
      assert.match(await answered, /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\nhi$/)
      assert.deepEqual(asked.paths, ['/'])
      assert.deepEqual(rig.reasons, [])
    })

    it('reads nothing behind such a request', async () => {
      const asked = new Asked()
      await using rig = await openRig(transport, { routes: [asked.route] })
      const socket = await open(rig, transport)
      const answered = answer(socket)
      socket.write(`${PLAIN}GET /smuggled HTTP/1.1\r\n\r\n`)
      await new Promise(resolve => setImmediate(resolve))
      socket.write('GET /late HTTP/1.1\r\n\r\n')
      await answered
      assert.deepEqual(asked.paths, ['/page'])
    })

    it('answers strict requests in any pieces, one after the other', async () => {
      const asked = new Asked()
      await using rig = await openRig(transport, { routes: [asked.route] })
      const socket = await open(rig, transport)
      const answered = answer(socket)
      for (const letter of 'GET /one HTTP/1.1\r\n\r\n') {
        socket.write(letter)
        await new Promise(resolve => setImmediate(resolve))
      }
      socket.write('GET /two HTTP/1.1\r\nConnection: close\r\n\r\n')
      await answered
      assert.deepEqual(asked.paths, ['/one', '/two'])
    })

    it('refuses a bare line feed in every other request', async () => {
      await using rig = await openRig(transport)
      const socket = await open(rig, transport)
      const answered = answer(socket)
      socket.write('POST / HTTP/1.1\nContent-Length: 1\n\na')
      assert.match(await answered, /^HTTP\/1\.1 400 /)
      assert.deepEqual(rig.reasons, ['malformed-request'])
    })

    it('answers Flash Player with the policy file, in any pieces', async () => {
      await using rig = await openRig(transport, { policy: policy() })
      const socket = await open(rig, transport)
      const answered = answer(socket)
      for (const letter of '<policy-file-request/>\0') {
        socket.write(letter)
        await new Promise(resolve => setImmediate(resolve))
      }
      assert.equal(await answered, policy().file.toString('latin1'))
      assert.equal(rig.lines.stats.policyRequests, 1)
      assert.deepEqual(rig.reasons, [])
    })

    it('closes on a policy request when there is no policy, and on one that stops half way', async () => {
      await using rig = await openRig(transport)
      const first = await open(rig, transport)
      const answered = answer(first)
      first.write('<policy-file-request/>\0')
      assert.equal(await answered, '')
      const second = await open(rig, transport)
      const ended = answer(second)
      second.write('<policy')
      second.end()
      assert.equal(await ended, '')
    })
  })
}
