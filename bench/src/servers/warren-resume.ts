/** Warren with its TCP and HTTP ports, whose zone keeps the users of lost lines for long. */
import { fileURLToPath } from 'node:url'
import { createServer, loadConfig } from '@warren/server'
import { reportLines } from './child.ts'

const RECONNECTION_SECONDS = 3600

const file = fileURLToPath(new URL('../../warren/warren.config.json', import.meta.url))
const { config, problems } = await loadConfig({ file, env: {}, flags: {}, cwd: process.cwd() })
if (!config)
  throw new Error(problems.map(({ file, path, message }) => `${file} ${path} ${message}`).join('\n'))
const zones = config.zones.map(zone => ({ ...zone, userReconnectionSeconds: RECONNECTION_SECONDS }))
const { tcp, http } = await createServer({ ...config, zones }).start()
if (tcp === undefined || http === undefined) throw new Error('Warren does not listen')
reportLines({ tcp, http })
