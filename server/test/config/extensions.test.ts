import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadConfig } from '../../src/config/load.ts'
import { problemLine } from '../../src/config/problem.ts'
import { workspace } from './workspace.ts'

const ZONE = 'zones/Arena.zone.json'
const EXTENSION = 'export default { init() {} }'

async function load(cwd: string, env: Readonly<Record<string, string>> = {}) {
  const { config, problems } = await loadConfig({ env, cwd })
  return { config, problems: problems.map(problemLine) }
}

test('the folder extensions beside the configuration is used if it is there', async t => {
  const cwd = workspace(t, {
    [ZONE]: { name: 'Arena', extensions: ['duel', { name: 'chat', config: { words: 3 } }] },
    'extensions/duel/index.ts': EXTENSION,
    'extensions/chat/index.ts': EXTENSION,
  })
  const { config, problems } = await load(cwd)
  assert.deepEqual(problems, [])
  assert.deepEqual(config?.extensions.dirs, [join(cwd, 'extensions')])
  assert.deepEqual(config?.zones[0]?.extensions, [
    { name: 'duel', config: {} },
    { name: 'chat', config: { words: 3 } },
  ])
})

test('an extension that zone, room or clients name and that is not there is an error at that place', async t => {
  const cwd = workspace(t, {
    [ZONE]: {
      name: 'Arena',
      extensions: ['duel', 'doul'],
      clientRoomExtensions: ['rps'],
      rooms: [{ name: 'Ring', extensions: [{ name: 'ring' }] }],
    },
    'extensions/duel/index.ts': EXTENSION,
  })
  const { config, problems } = await load(cwd)
  assert.equal(config, undefined)
  assert.deepEqual(problems, [
    'zones/Arena.zone.json: extensions[1]: there is no extension "doul" (allowed: "duel")',
    'zones/Arena.zone.json: clientRoomExtensions[0]: there is no extension "rps" (allowed: "duel")',
    'zones/Arena.zone.json: rooms[0].extensions[0]: there is no extension "ring" (allowed: "duel")',
  ])
})

test('a name that would lead out of the folder is refused', async t => {
  const cwd = workspace(t, { [ZONE]: { name: 'Arena', extensions: ['../duel'] } })
  const { problems } = await load(cwd)
  assert.match(problems[0] ?? '', /^zones\/Arena\.zone\.json: extensions\[0\]/)
})

test('a folder that the configuration names must be there', async t => {
  const cwd = workspace(t, { 'warren.config.json': { extensions: { dir: 'logic' } } })
  const { problems } = await load(cwd)
  assert.deepEqual(problems, [`warren.config.json: extensions.dir: ${join(cwd, 'logic')} cannot be read`])
})

test('extensions are watched unless NODE_ENV is production, or as the configuration says', async t => {
  const plain = workspace(t)
  assert.equal((await load(plain)).config?.extensions.watch, true)
  assert.equal((await load(plain, { NODE_ENV: 'production' })).config?.extensions.watch, false)
  const told = workspace(t, { 'warren.config.json': { extensions: { watch: true } } })
  assert.equal((await load(told, { NODE_ENV: 'production' })).config?.extensions.watch, true)
})

test('a configuration in code can bring extensions without a folder', async t => {
  const cwd = workspace(t, {
    'warren.config.ts': 'export default { extensions: { definitions: { inline: { init() {} } } } }',
    [ZONE]: { name: 'Arena', extensions: ['inline'] },
  })
  const { config, problems } = await load(cwd)
  assert.deepEqual(problems, [])
  assert.equal(typeof config?.extensions.definitions.inline?.init, 'function')
  const wrong = workspace(t, {
    'warren.config.ts': 'export default { extensions: { definitions: { inline: {} } } }',
  })
  assert.match((await load(wrong)).problems[0] ?? '', /must be made by defineExtension/)
})
