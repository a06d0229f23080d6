import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { createServer, loadConfig, type WarrenServer } from '@warren/server'
import { freePort } from '../../../tools/connection-guide/proxies.ts'

const EXAMPLE = fileURLToPath(new URL('..', import.meta.url))
const PATIENCE = 30_000

let server: WarrenServer
let port: number

before(async () => {
  const flags = {
    tcp: 0,
    udp: 'off',
    http: 'off',
    https: 'off',
    electro: 'off',
    db: 'memory',
    'log-level': 'error',
  }
  const { config, problems } = await loadConfig({ env: {}, flags, cwd: import.meta.dirname })
  assert.ok(config, JSON.stringify(problems))
  server = createServer({ ...config, examplesDir: undefined })
  port = (await server.start()).tcp ?? 0
})

after(() => server?.stop())

/** Runs the program to its end. @returns what it printed, without times and colours, and its exit code */
function run(...args: string[]): Promise<{ readonly lines: string[]; readonly code: number }> {
  return new Promise(resolve => {
    const program = [`${EXAMPLE}/node/connect.ts`, ...args]
    execFile(process.execPath, program, { timeout: PATIENCE }, (error, stdout) => {
      const lines = stripVTControlCharacters(stdout).trim().split('\n')
      resolve({
        lines: lines.map(line => line.replace(/^[\d:.]{12} +/, '').replace(/ {2,}/, ': ')),
        code: typeof error?.code === 'number' ? error.code : 0,
      })
    })
  })
}

test('the program connects with what a file says, loses its line twice, and misses nothing', async () => {
  const { lines, code } = await run(
    '--config',
    `${EXAMPLE}/public/sfs-config.xml`,
    '--port',
    String(port),
    '--kills',
    '2',
  )
  const text = lines.join('\n')
  assert.equal(code, 0, text)
  assert.match(
    text,
    /^configLoadSuccess: 127\.0\.0\.1:9933, zone BasicExamples\nconnection: success, by tcp\nlogin: Guest#\d+ in BasicExamples\nroomJoin: Line \d+$/m,
  )
  assert.equal(text.match(/^connectionRetry: after message \d+ the line is lost$/gm)?.length, 2)
  assert.equal(
    text.match(/^connectionResume: back by tcp after \d+ ms, packets sent again: \d+$/gm)?.length,
    2,
  )
  const [, sent, back] =
    /(\d+) messages sent, (\d+) came back; 2 lost lines; .* 0 twice or out of order\./.exec(text) ?? []
  assert.ok(Number(sent) >= 12, text)
  assert.equal(back, sent)
})

test('the program says that nobody listens, and fails', async () => {
  const { lines, code } = await run('--port', String(await freePort()), '--kills', '1')
  assert.equal(code, 1)
  assert.deepEqual(
    lines.slice(1).map(line => line.replace(/:.*/, '')),
    ['connectionAttemptHttp', 'socketError', 'connection', 'error'],
  )
  assert.match(lines.at(-1) ?? '', /^error: No line to 127\.0\.0\.1:\d+: connect ECONNREFUSED/)
})

test('the program says why it cannot connect, and fails', async () => {
  const { lines, code } = await run('--port', String(port), '--zone', 'Nowhere', '--kills', '1')
  assert.equal(code, 1)
  assert.equal(lines.at(-1), 'error: There is no zone Nowhere')
})
