/** Warren with its TCP and HTTP ports, whose zone answers `echo` with the parameters. */
import { fileURLToPath } from 'node:url'
import { createServer, defineExtension, loadConfig, t } from '@warren/server'
import { reportLines } from './child.ts'

const file = fileURLToPath(new URL('../../warren/warren.config.json', import.meta.url))
const { config, problems } = await loadConfig({ file, env: {}, flags: {}, cwd: process.cwd() })
if (!config)
  throw new Error(problems.map(({ file, path, message }) => `${file} ${path} ${message}`).join('\n'))
const echo = defineExtension({
  requests: { echo: { params: t.sfsObject(), response: t.sfsObject() } },
  init: ({ handle }) => handle({ echo: ({ params }) => params }),
})
const server = createServer({
  ...config,
  extensions: { ...config.extensions, definitions: { echo } },
  zones: config.zones.map(zone => ({ ...zone, extensions: [{ name: 'echo', config: {} }] })),
})
const { tcp, http } = await server.start()
if (tcp === undefined || http === undefined) throw new Error('Warren does not listen')
reportLines({ tcp, http })
