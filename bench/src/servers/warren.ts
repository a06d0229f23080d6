/** Warren with the limits for one address raised and one large room; all else as it comes. */
import { fileURLToPath } from 'node:url'
import { createServer, loadConfig } from '@warren/server'
import { reportReady } from './child.ts'

const file = fileURLToPath(new URL('../../warren/warren.config.json', import.meta.url))
/** Clients of ElectroServer 3 have a TCP port of their own. */
const isElectro = process.argv[4] === 'electro'
const flags = isElectro ? { electro: 0 } : {}
const { config, problems } = await loadConfig({ file, env: {}, flags, cwd: process.cwd() })
if (!config)
  throw new Error(problems.map(({ file, path, message }) => `${file} ${path} ${message}`).join('\n'))
const listening = await createServer(config).start()
const tcp = isElectro ? listening.electro : listening.tcp
const port = process.argv[2] === 'tcp' ? tcp : listening.http
if (port === undefined) throw new Error('Warren does not listen')
reportReady(port)
