/** Warren with a room for each client, with an extension that echoes or without; limits raised, all else as it comes. */
import { fileURLToPath } from 'node:url'
import { createServer, loadConfig } from '@warren/server'
import { reportReady } from './child.ts'

/** Rooms, each for one client: a public message then has one receiver. */
const ROOMS = 1000

const file = fileURLToPath(new URL('../../calls/warren.config.json', import.meta.url))
const { config, problems } = await loadConfig({ file, env: {}, flags: {}, cwd: process.cwd() })
if (!config)
  throw new Error(problems.map(({ file, path, message }) => `${file} ${path} ${message}`).join('\n'))
const zones = config.zones.map(zone => ({
  ...zone,
  extensions: process.argv[4] === 'extension' ? zone.extensions : [],
  maxRooms: ROOMS,
  rooms: zone.rooms.flatMap(room =>
    Array.from({ length: ROOMS }, (_, number) => ({ ...room, name: `Own ${number}` })),
  ),
}))
const listening = await createServer({ ...config, zones }).start()
const port = process.argv[2] === 'tcp' ? listening.tcp : listening.http
if (port === undefined) throw new Error('Warren does not listen')
reportReady(port)
