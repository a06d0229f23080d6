/** Warren with the limits for one address raised and one large room; all else as it comes. */
import { fileURLToPath } from 'node:url'
import { createServer, loadConfig } from '@warren/server'
import { reportReady } from './child.ts'

const file = fileURLToPath(new URL('../../warren/warren.config.json', import.meta.url))
const { config, problems } = await loadConfig({ file, env: {}, flags: {}, cwd: process.cwd() })
if (!config)
  throw new Error(problems.map(({ file, path, message }) => `${file} ${path} ${message}`).join('\n'))
const listening = await createServer(config).start()
const port = process.argv[2] === 'tcp' ? listening.tcp : listening.http
if (port === undefined) throw new Error('Warren does not listen')
reportReady(port)
