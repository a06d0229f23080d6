/** Warren with UDP and HTTPS, whose zone answers `echo` by UDP to those who called by it, else by the line. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer, defineExtension, loadConfig, t } from '@warren/server'

const file = fileURLToPath(new URL('../../warren/warren.config.json', import.meta.url))
const { config, problems } = await loadConfig({
  file,
  env: {},
  flags: { udp: 0, https: 0, 'log-level': 'error' },
  cwd: process.cwd(),
})
if (!config)
  throw new Error(problems.map(({ file, path, message }) => `${file} ${path} ${message}`).join('\n'))
const dataDir = mkdtempSync(join(tmpdir(), 'bench-'))
const [zone] = config.zones
const echo = defineExtension({
  requests: { echo: { params: t.sfsObject() } },
  messages: { echo: t.sfsObject() },
  init({ handle, send }) {
    handle({ echo: ({ user, params, overUdp }) => send('echo', params, user, { udp: overUdp }) })
  },
})
const server = createServer({
  ...config,
  extensions: { ...config.extensions, definitions: { echo } },
  dataDir,
  limits: { ...config.limits, datagramsPerSecond: 1_000_000 },
  zones: config.zones
    .map(one => ({ ...one, extensions: [{ name: 'echo', config: {} }] }))
    .flatMap(one => [one, { ...one, name: `${one.name} encrypted`, isEncrypted: true }]),
})
const { tcp, udp, https } = await server.start()
rmSync(dataDir, { recursive: true })
process.on('disconnect', () => process.exit(0))
process.send?.({ type: 'ready', tcp, udp, https, zone: zone?.name })
