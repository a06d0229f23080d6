import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { test } from 'node:test'
import type { Endpoint } from '../../src/client/line.ts'
import { Scene } from '../../src/target/scene.ts'

const FILE = new URL('../../fixtures/traces/k01_websocket_upgrade_and_secure.json', import.meta.url)
/** What an answer must say as the recorded one did. Dates differ, and extensions are declined on purpose. */
const COMPARED = ['upgrade', 'connection', 'sec-websocket-accept', 'sec-websocket-protocol']

interface Exchange {
  readonly request: string
  readonly answer: string
}

function recorded(): readonly Exchange[] {
  const { steps } = JSON.parse(readFileSync(FILE, 'utf8')) as { steps: { http?: string }[] }
  const texts = steps.flatMap(({ http }) => (http === undefined ? [] : [http]))
  return Array.from({ length: texts.length / 2 }, (_, index) => ({
    request: texts[2 * index] ?? '',
    answer: texts[2 * index + 1] ?? '',
  }))
}

/** The head of the answer to bytes. */
function headOf({ host, port }: Endpoint, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect({ host, port }, () => socket.write(request))
    socket.on('error', reject)
    socket.on('data', chunk => {
      text += chunk.toString('latin1')
      if (!text.includes('\r\n\r\n')) return
      socket.destroy()
      resolve(text)
    })
  })
}

function said(head: string): unknown {
  const [status = '', ...lines] = head.split('\r\n')
  const headers = new Map(
    lines.map(line => {
      const [name = '', ...value] = line.split(':')
      return [name.toLowerCase(), value.join(':').trim().toLowerCase()]
    }),
  )
  return { status: status.slice(0, 12), headers: COMPARED.map(name => headers.get(name)) }
}

test('k01: upgrades to WebSocket are answered as recorded, apart from a second compression', async t => {
  const scene = await Scene.open(t)
  const exchanges = recorded()
  assert.equal(exchanges.length, 5)
  for (const { request, answer } of exchanges) {
    const head = await headOf(scene.target.http, request)
    assert.deepEqual(said(head), said(answer), request)
    assert.doesNotMatch(head, /sec-websocket-extensions/i)
  }
})
