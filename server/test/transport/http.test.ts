import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { Agent, request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import type { Route } from '../../src/transport/http.ts'
import { Routes, requestPath, requestQuery } from '../../src/transport/routes.ts'
import { openRig, type Rig } from './rig.ts'

function text(path: string, body: string, more: Partial<Route> = {}): Route {
  return {
    method: 'GET',
    path,
    handle: (_request, response) => {
      response.end(body)
    },
    ...more,
  }
}

/** Sends bytes and reads until the server closes. */
async function talk(rig: Rig, ...parts: string[]): Promise<string> {
  const socket = connect(rig.port, '127.0.0.1')
  socket.on('error', () => {})
  let answer = ''
  socket.on('data', chunk => {
    answer += chunk
  })
  for (const part of parts) socket.write(part)
  await once(socket, 'close')
  return answer
}

describe('the routes of the HTTP port', () => {
  const routes = new Routes([
    text('/', 'home'),
    text('/a', 'a'),
    text('/a', 'a post', { method: 'POST' }),
    text('/files/', 'files', { prefix: true }),
    text('/files/deep/', 'deep', { prefix: true }),
    text('/files/exact', 'exact'),
  ])
  const pathOf = (method: string, path: string) => {
    const match = routes.match(method, path)
    return 'path' in match ? `${match.method} ${match.path}` : match.allowed
  }

  it('are found by method and path, the most exact first', () => {
    assert.equal(pathOf('GET', '/'), 'GET /')
    assert.equal(pathOf('HEAD', '/a'), 'GET /a')
    assert.equal(pathOf('POST', '/a'), 'POST /a')
    assert.equal(pathOf('GET', '/files/x'), 'GET /files/')
    assert.equal(pathOf('GET', '/files/deep/x'), 'GET /files/deep/')
    assert.equal(pathOf('GET', '/files/exact'), 'GET /files/exact')
  })

  it('say what would be allowed', () => {
    assert.deepEqual(pathOf('DELETE', '/a'), ['GET', 'POST'])
    assert.deepEqual(pathOf('GET', '/nothing'), [])
  })

  it('may not be two for the same', () => {
    assert.throws(() => new Routes([text('/a', '1'), text('/a', '2')]), /GET \/a/)
  })
})

it('the path of a request is read from every form of its target', () => {
  assert.equal(requestPath('/a/b?c=/d'), '/a/b')
  assert.equal(requestPath('http://host:8080/a?b'), '/a')
  assert.equal(requestPath('http://host'), '/')
  assert.equal(requestPath('*'), '*')
  assert.equal(requestPath(undefined), '/')
})

it('the query of a request is read from every form of its target', () => {
  assert.equal(requestQuery('/a?b=%41&b=2&c').get('b'), 'A')
  assert.equal(requestQuery('http://host/a?b=1').get('b'), '1')
  assert.equal(requestQuery('/a').get('b'), null)
  assert.equal(requestQuery(undefined).size, 0)
})

describe('the HTTP port', () => {
  it('serves its routes with headers that protect the pages', async () => {
    await using rig = await openRig('ws', { routes: [text('/', 'home')] })
    const response = await fetch(`http://127.0.0.1:${rig.port}/?x`)
    assert.equal(response.status, 200)
    assert.equal(await response.text(), 'home')
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'self'/)
  })

  it('answers what it does not have with 404, and a wrong method with 405', async () => {
    await using rig = await openRig('ws', { routes: [text('/', 'home')] })
    const missing = await fetch(`http://127.0.0.1:${rig.port}/missing`)
    assert.equal(missing.status, 404)
    assert.equal(missing.headers.get('transfer-encoding'), null)
    const wrong = await fetch(`http://127.0.0.1:${rig.port}/`, { method: 'POST' })
    assert.equal(wrong.status, 405)
    assert.equal(wrong.headers.get('allow'), 'GET')
  })

  it('serves HTTPS with a certificate', async () => {
    await using rig = await openRig('wss', { routes: [text('/', 'home')] })
    const agent = new Agent({ rejectUnauthorized: false })
    const request = httpsRequest({ port: rig.port, host: '127.0.0.1', agent }).end()
    const [response] = await once(request, 'response')
    assert.equal(response.statusCode, 200)
    response.resume()
    await once(response, 'end')
    agent.destroy()
  })

  it('answers 500 when a route fails, and goes on', async () => {
    const fail = text('/fail', '', { handle: () => Promise.reject(new Error('boom')) })
    await using rig = await openRig('ws', { routes: [text('/', 'home'), fail] })
    assert.equal((await fetch(`http://127.0.0.1:${rig.port}/fail`)).status, 500)
    assert.match(String(rig.faults[0]?.error), /boom/)
    assert.equal((await fetch(`http://127.0.0.1:${rig.port}/`)).status, 200)
  })

  it('reads requests of old clients: HTTP/1.0, no Host, absolute form', async () => {
    await using rig = await openRig('ws', { routes: [text('/', 'home')] })
    assert.match(await talk(rig, 'GET / HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 200 [\s\S]*home$/)
    assert.match(await talk(rig, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'), /^HTTP\/1\.1 200 /)
    assert.match(await talk(rig, 'GET http://x:8080/ HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 200 /)
  })

  it('answers a request that is followed by a stray byte', async () => {
    const slow = text('/slow', '', {
      method: 'POST',
      handle: async (request, response) => {
        let body = ''
        for await (const chunk of request) body += chunk
        response.end(`got ${body}`)
      },
    })
    await using rig = await openRig('ws', { routes: [slow] })
    const answer = await talk(rig, 'POST /slow HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi\0')
    assert.match(answer, /^HTTP\/1\.1 200 [\s\S]*got hi$/)
    assert.deepEqual(rig.reasons, [])
  })

  it('refuses what is no HTTP and headers that are too long', async () => {
    await using rig = await openRig('ws', { routes: [text('/', 'home')] })
    assert.match(await talk(rig, 'nonsense\r\n\r\n'), /^HTTP\/1\.1 400 /)
    assert.match(await talk(rig, `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /)
    assert.deepEqual(rig.reasons, ['malformed-request', 'malformed-request'])
  })

  it('ends a connection whose headers come too slowly', async () => {
    await using rig = await openRig('ws', {
      limits: { handshakeTimeoutSeconds: 10 },
      routes: [text('/', 'home')],
    })
    const socket = connect(rig.port, '127.0.0.1')
    const closed = once(socket, 'close')
    socket.on('error', () => {})
    await once(socket, 'connect')
    for (let i = 0; i < 9; i++) {
      socket.write(i === 0 ? 'GET / HTTP/1.1\r\n' : `X-${i}: y\r\n`)
      rig.pass(1)
      await new Promise(resolve => setImmediate(resolve))
    }
    assert.deepEqual(rig.reasons, [])
    rig.pass(2)
    await closed
    assert.deepEqual(rig.reasons, ['request-timeout'])
    assert.equal(rig.lines.size, 0)
  })

  it('ends a second request on a connection whose headers come too slowly', async () => {
    await using rig = await openRig('ws', {
      limits: { handshakeTimeoutSeconds: 4 },
      routes: [text('/', 'home')],
    })
    const socket = connect(rig.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await once(socket, 'data')
    socket.write('GET / HTTP/1.1\r\n')
    await new Promise(resolve => setTimeout(resolve, 20))
    const closed = once(socket, 'close')
    rig.pass(5)
    await closed
    assert.deepEqual(rig.reasons, ['request-timeout'])
  })

  it('lets a connection go that is kept alive and asks for nothing, without a complaint', async () => {
    await using rig = await openRig('ws', {
      limits: { handshakeTimeoutSeconds: 4 },
      routes: [text('/', 'home')],
    })
    const socket = connect(rig.port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    await once(socket, 'data')
    const closed = once(socket, 'close')
    rig.pass(5)
    await closed
    assert.deepEqual(rig.reasons, [])
  })

  it('ends a request whose body or response takes for ever', async () => {
    let waiting: ServerResponse | undefined
    const hang = text('/hang', '', {
      handle: (_request, response) => {
        waiting = response
      },
    })
    await using rig = await openRig('ws', { routes: [hang] })
    const socket = connect(rig.port, '127.0.0.1')
    const closed = once(socket, 'close')
    socket.on('error', () => {})
    socket.write('GET /hang HTTP/1.1\r\nHost: x\r\n\r\n')
    while (waiting === undefined) await new Promise(resolve => setImmediate(resolve))
    rig.pass(59)
    assert.deepEqual(rig.reasons, [])
    rig.pass(2)
    await closed
    assert.deepEqual(rig.reasons, ['request-timeout'])
  })

  it('gives a route the time that it asks for', async () => {
    let isHeld = false
    const held = text('/held', '', {
      handle: (_request, _response, exchange) => {
        exchange.hold(100_000)
        isHeld = true
      },
    })
    await using rig = await openRig('ws', { routes: [held] })
    const socket = connect(rig.port, '127.0.0.1')
    const closed = once(socket, 'close')
    socket.on('error', () => {})
    socket.write('GET /held HTTP/1.1\r\nHost: x\r\n\r\n')
    while (!isHeld) await new Promise(resolve => setImmediate(resolve))
    rig.pass(100)
    assert.deepEqual(rig.reasons, [])
    rig.pass(11)
    await closed
    assert.deepEqual(rig.reasons, ['request-timeout'])
  })

  it('lets a response end when the server shuts down', async () => {
    let waiting: ServerResponse | undefined
    const slow = text('/slow', '', {
      handle: (_request, response) => {
        waiting = response
      },
    })
    await using rig = await openRig('ws', { routes: [slow] })
    const answer = talk(rig, 'GET /slow HTTP/1.1\r\nHost: x\r\n\r\n')
    while (waiting === undefined) await new Promise(resolve => setImmediate(resolve))
    const done = rig.lines.shutdown()
    waiting.end('late')
    await done
    assert.match(await answer, /late/)
  })
})
