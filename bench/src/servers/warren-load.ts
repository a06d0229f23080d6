/**
 * Warren for `warren bench`: limits for one address raised, rooms may come and go, all else as it comes. Its first
 * argument is JSON as in `LoadServerSettings`.
 */
import { fileURLToPath } from 'node:url'
import { createServer, loadConfig } from '@warren/server'
import { reportLines } from './child.ts'
import type { LoadServerSettings } from './load-server-settings.ts'
import { obeyProfiler } from './profiler.ts'

const settings: LoadServerSettings = JSON.parse(process.argv[2] ?? '{}')
const file = fileURLToPath(new URL('../../warren/warren.config.json', import.meta.url))
const { config, problems } = await loadConfig({ file, env: {}, flags: { electro: 0 }, cwd: process.cwd() })
if (!config)
  throw new Error(problems.map(({ file, path, message }) => `${file} ${path} ${message}`).join('\n'))
const zones = config.zones.map(zone => ({
  ...zone,
  userReconnectionSeconds: settings.reconnectionSeconds,
  clientRoomMaxVisibleUsers: settings.maxVisible,
  maxRooms: 30_000,
  maxRoomsCreatedPerUser: 30_000,
}))
const limits = { ...config.limits, maxTunnelsPerAddress: 100_000 }
const { tcp, http, electro } = await createServer({ ...config, limits, zones }).start()
if (tcp === undefined || http === undefined) throw new Error('Warren does not listen')
obeyProfiler()
reportLines({ tcp, http, electro })
