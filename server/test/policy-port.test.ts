import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer as createNetServer } from 'node:net'
import { test } from 'node:test'
import { createServer, loadConfig, type WarrenServer } from '../src/index.ts'

const REQUEST = '<policy-file-request/>\0'

/** A server that lets the movies of one host in. */
async function serverWith(
  policyPort: number | 'off',
  domains: readonly string[] = ['games.example.com'],
): Promise<WarrenServer> {
  const flags = { tcp: 0, udp: 'off', http: 0, https: 'off', electro: 0, db: 'memory', 'log-level': 'silent' }
  const { config, problems } = await loadConfig({ env: {}, flags, cwd: import.meta.dirname })
  assert.ok(config, JSON.stringify(problems))
  return createServer({ ...config, flash: { domains: [...domains], policyPort } })
}

async function ask(port: number | undefined): Promise<string> {
  assert.ok(port)
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.on('data', chunk => {
    text += chunk.toString('latin1')
  })
  socket.write(REQUEST)
  await once(socket, 'close')
  return text
}

test('every TCP port gives Flash Player the same policy file [P-14.1.2]', async () => {
  const server = await serverWith(0)
  const { tcp, http, electro, policy } = await server.start()
  try {
    const files = await Promise.all([tcp, http, electro, policy].map(ask))
    assert.deepEqual([...new Set(files)], [files[0]])
    const granted = /domain="games\.example\.com" to-ports="([\d,]+)"/
      .exec(files[0] ?? '')?.[1]
      ?.split(',')
      .map(Number)
    for (const port of [tcp, http, electro]) assert.ok(granted?.includes(port ?? 0), `${port} is not granted`)
    assert.equal(server.status().sessions, 0)
  } finally {
    await server.stop()
  }
})

test('players that look on the web find the same policy, and none while nobody is named [P-14.1.6]', async () => {
  const server = await serverWith('off')
  try {
    const { http } = await server.start()
    const response = await fetch(`http://127.0.0.1:${http}/crossdomain.xml`)
    assert.equal(response.headers.get('content-type'), 'text/x-cross-domain-policy')
    assert.equal(`${await response.text()}\0`, await ask(http))
  } finally {
    await server.stop()
  }
  const silent = await serverWith('off', [])
  try {
    const { http } = await silent.start()
    assert.equal((await fetch(`http://127.0.0.1:${http}/crossdomain.xml`)).status, 404)
  } finally {
    await silent.stop()
  }
})

test('a server goes on without a policy port that it cannot have [P-14.1.3]', async () => {
  const other = createNetServer()
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  const server = await serverWith((other.address() as AddressInfo).port)
  try {
    const { policy, electro } = await server.start()
    assert.equal(policy, undefined)
    assert.match(await ask(electro), /^<\?xml version="1\.0"\?>\n/)
  } finally {
    await server.stop()
    other.close()
  }
})
