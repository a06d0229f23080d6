/** Warren with one MMO room; limits for one address raised, room counts not told, all else as it comes. */
import { fileURLToPath } from 'node:url'
import { createServer, loadConfig } from '@warren/server'
import { AREA, UPDATE_MILLIS } from '../mmo/world.ts'
import { reportReady } from './child.ts'

const file = fileURLToPath(new URL('../../walk/warren.config.json', import.meta.url))
const { config, problems } = await loadConfig({ file, env: {}, flags: {}, cwd: process.cwd() })
if (!config)
  throw new Error(problems.map(({ file, path, message }) => `${file} ${path} ${message}`).join('\n'))
const maxVisibleUsers = Number(process.argv[3] ?? 0)
const zones = config.zones.map(zone => ({
  ...zone,
  rooms: zone.rooms.map(room => ({
    ...room,
    mmo: room.mmo && {
      ...room.mmo,
      aoi: { kind: 'int', ...AREA, z: 0 } as const,
      proximityMillis: UPDATE_MILLIS,
      maxVisibleUsers,
      streamPositions: process.argv[4] === 'streaming',
    },
  })),
}))
const listening = await createServer({ ...config, zones }).start()
const port = process.argv[2] === 'tcp' ? listening.tcp : listening.http
if (port === undefined) throw new Error('Warren does not listen')
reportReady(port)
