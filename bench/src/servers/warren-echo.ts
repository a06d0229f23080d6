/** Warren with its TCP, HTTP and UDP ports, whose zone answers `echo` with the parameters. */
import { fileURLToPath } from 'node:url'
import { createServer, defineExtension, loadConfig, t } from '@warren/server'
import { reportLines } from './child.ts'

const file = fileURLToPath(new URL('../../warren/warren.config.json', import.meta.url))
const { config, problems } = await loadConfig({ file, env: {}, flags: { udp: 0 }, cwd: process.cwd() })
if (!config)
  throw new Error(problems.map(({ file, path, message }) => `${file} ${path} ${message}`).join('\n'))
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
  limits: { ...config.limits, datagramsPerSecond: 1_000_000 },
  zones: config.zones.map(zone => ({ ...zone, extensions: [{ name: 'echo', config: {} }] })),
})
const { tcp, http, udp } = await server.start()
if (tcp === undefined || http === undefined || udp === undefined) throw new Error('Warren does not listen')
reportLines({ tcp, http, udp })
