import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { connect as connectTls } from 'node:tls'
import type { Endpoint } from '../../src/client/line.ts'
import { DIFFERENCES } from '../../src/replay/differences.ts'
import { Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

const FILE = new URL('../../fixtures/traces/i06_policy_request.json', import.meta.url)
/** The recorder wrote the zero byte as text, and of the answer no more than this many characters. */
const ZERO = '\\0'
const CUT = /\u2026\(\d+ chars\)$/
/** As far as the answers agree; whom the file then grants is for the operator to say. */
const SHARED = /^[\s\S]*<cross-domain-policy>/
const DIFFERENCE = 'policy-files-grant-whom-you-name'

interface RawStep {
  readonly http?: string
  readonly ev?: string
}

function recorded(): { readonly request: string; readonly answer: string } {
  const { steps } = JSON.parse(readFileSync(FILE, 'utf8')) as { steps: readonly RawStep[] }
  const [asked = '', answered = ''] = steps.map(({ http }) => http)
  assert.ok(asked.endsWith(ZERO))
  assert.match(answered, CUT)
  assert.equal(steps[2]?.ev, 'tcp-closed')
  return { request: asked.replace(ZERO, '\0'), answer: answered.replace(CUT, '') }
}

/** All that is answered until the line is closed. */
function ask(socket: Socket, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    socket.on('error', reject)
    socket.on('data', chunk => {
      text += chunk.toString('latin1')
    })
    socket.on('close', () => resolve(text))
    socket.write(request, 'latin1')
  })
}

const plain = ({ host, port }: Endpoint): Socket => connect({ host, port })
const secure = ({ host, port }: Endpoint): Socket => connectTls({ host, port, rejectUnauthorized: false })

test('i06: a probe for the policy is answered as recorded on every port, but for whom it grants', {
  skip: isRemote() && 'needs listeners of our own',
}, async t => {
  assert.ok(DIFFERENCES.some(({ anchor }) => anchor === DIFFERENCE))
  const scene = await Scene.open(t, () => ({
    listen: { tcp: 0, http: 0, udp: 'off', https: 0, electro: 0 },
    flash: { domains: ['*'], policyPort: 0 },
  }))
  const { tcp, http, https, electro, policy } = scene.target
  assert.ok(https && electro && policy)
  const { request, answer } = recorded()
  const head = SHARED.exec(answer)?.[0]
  assert.ok(head)
  const sockets = [plain(tcp), secure(tcp), plain(http), secure(https), plain(electro), plain(policy)]
  const ports = [tcp, http, https, electro, policy]
    .map(({ port }) => port)
    .toSorted((one, other) => one - other)
  for (const socket of sockets) {
    assert.equal(
      await ask(socket, request),
      `${head}<allow-access-from domain="*" to-ports="${ports.join(',')}"/></cross-domain-policy>\0`,
    )
  }
})
