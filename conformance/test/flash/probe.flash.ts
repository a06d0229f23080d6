import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { inflateSync } from 'node:zlib'
import { createServer, loadConfig } from '@warren/server'
import { openStage, STAGE_HOST } from '../../../tools/flash/stage.ts'

/** Built by `haxe -main Probe -swf probe.swf -swf-version 11 -swf-header 100:100:24:FFFFFF` with Haxe 4.2.5. */
const PROBE = new URL('probe.swf', import.meta.url)

test('a movie of the second virtual machine speaks both protocols over XMLSocket and Socket', async () => {
  const flags = { tcp: 0, udp: 'off', http: 0, https: 'off', electro: 0, db: 'memory', 'log-level': 'error' }
  const { config } = await loadConfig({ env: {}, flags, cwd: import.meta.dirname })
  assert.ok(config)
  const server = createServer({ ...config, flash: { ...config.flash, domains: [STAGE_HOST] } })
  const { tcp, http, electro } = await server.start()
  try {
    const proxy = `ws://127.0.0.1:${http}/socket-proxy`
    await using stage = await openStage([
      { host: '127.0.0.1', port: 9875, proxyUrl: `${proxy}/${electro}` },
      { host: '127.0.0.1', port: 9933, proxyUrl: `${proxy}/${tcp}` },
    ])
    await stage.play(readFileSync(PROBE))
    await stage.heard(/^XMLSocket .*<Action>LoginResponse<.*<Result>Accepted</)
    await stage.heard('Socket 128 0 18')
  } finally {
    await server.stop()
  }
})

test('the probe in the repository is what its source compiles to', t => {
  const version = spawnSync('haxe', ['--version'], { encoding: 'utf8' }).stdout?.trim()
  if (version !== '4.2.5') return t.skip('needs Haxe 4.2.5')
  const output = join(mkdtempSync(join(tmpdir(), 'probe-')), 'probe.swf')
  const args = ['-main', 'Probe', '-swf', output, '-swf-version', '11', '-swf-header', '100:100:24:FFFFFF']
  const { status, stderr } = spawnSync('haxe', args, { cwd: import.meta.dirname, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  assert.ok(bodyOf(readFileSync(output)).equals(bodyOf(readFileSync(PROBE))))
})

/** Without compression, which is not the same everywhere. */
function bodyOf(swf: Buffer): Buffer {
  return swf[0] === 0x43 ? inflateSync(swf.subarray(8)) : swf.subarray(8)
}
