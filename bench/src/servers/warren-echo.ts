/** Warren with its TCP and HTTP ports, whose zone answers `echo` with the parameters. */
import { fileURLToPath } from 'node:url'
import { createServer, loadConfig } from '@warren/server'
import { reportLines } from './child.ts'

const file = fileURLToPath(new URL('../../warren/warren.config.json', import.meta.url))
const { config, problems } = await loadConfig({ file, env: {}, flags: {}, cwd: process.cwd() })
if (!config)
  throw new Error(problems.map(({ file, path, message }) => `${file} ${path} ${message}`).join('\n'))
const server = createServer(config)
for (const { name } of config.zones)
  server.api.onRequest(name, 'echo', ({ params, answer }) => answer(params))
const { tcp, http } = await server.start()
if (tcp === undefined || http === undefined) throw new Error('Warren does not listen')
reportLines({ tcp, http })
