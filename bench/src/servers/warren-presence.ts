/** `node warren-presence.ts <users>`: Warren with a SQLite database in which every user has a list of buddies. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SFSType } from '@warren/codec'
import { createServer, loadConfig } from '@warren/server'
import { createStore } from '@warren/server/internal'
import { buddiesOf, nameOf } from '../presence/crowd.ts'
import { reportReady } from './child.ts'

const users = Number(process.argv[2])
const folder = mkdtempSync(join(tmpdir(), 'warren-presence-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const db = join(folder, 'lists.sqlite')

/** What most users tell of themselves. */
const variablesOf = (user: number) => [
  text('$__BV_STATE__', 'Available'),
  text('$__BV_NICKNAME__', `Nick ${user}`),
]
const text = (name: string, value: string) => ({ name, value: { type: SFSType.UTF_STRING, value } }) as const

const store = createStore({ type: 'sqlite', file: db })
await store.open()
const saves = Array.from({ length: users }, (_, user) => {
  const buddies = buddiesOf(user, users).map(buddy => ({ name: nameOf(buddy), isBlocked: false }))
  return store.buddies.save('BasicExamples', nameOf(user), { buddies, variables: variablesOf(user) })
})
await Promise.all(saves)
await store.close()

const file = fileURLToPath(new URL('../../warren/warren.config.json', import.meta.url))
const flags = { db: `sqlite:${db}` }
const { config, problems } = await loadConfig({ file, env: {}, flags, cwd: process.cwd() })
if (!config)
  throw new Error(problems.map(({ file, path, message }) => `${file} ${path} ${message}`).join('\n'))
const { tcp } = await createServer(config).start()
if (tcp === undefined) throw new Error('Warren does not listen')
reportReady(tcp)
