import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PAGE = 'virtual:page'

/** The files of which something is in a page that imports this of the client, as the bundler rendered them. */
async function filesIn(imported: string): Promise<readonly string[]> {
  const code = `import { ${imported} } from '@warren/client'\nglobalThis.used = [${imported}]`
  const built = await build({
    configFile: false,
    root: `${ROOT}/client`,
    logLevel: 'silent',
    plugins: [
      {
        name: 'page',
        resolveId: id => (id.endsWith(PAGE) ? `\0${PAGE}` : undefined),
        load: id => (id === `\0${PAGE}` ? code : undefined),
      },
    ],
    build: { write: false, lib: { entry: PAGE, formats: ['es'] } },
  })
  const [output] = Array.isArray(built) ? built : [built]
  assert.ok(output !== undefined && 'output' in output)
  const chunks = output.output.filter((file): file is Rolldown.OutputChunk => file.type === 'chunk')
  return chunks.flatMap(({ modules }) =>
    Object.entries(modules).flatMap(([id, { renderedLength }]) =>
      renderedLength === 0 || id.startsWith('\0') ? [] : [relative(ROOT, id)],
    ),
  )
}

/** What no single request needs: the client, what it knows, its lines, and what reads the server's messages. */
const REST =
  /^client\/src\/(smart-fox|connection|mirror\/mirror|session\/|transport\/)|^codec\/src\/(decode|.*server-message)/

for (const [name, own] of [
  ['LogoutRequest', 'session'],
  ['JoinRoomRequest', 'room'],
  ['KickUserRequest', 'moderation'],
  ['AddBuddyRequest', 'buddy'],
  ['InviteUsersRequest', 'game'],
  ['SetUserPositionRequest', 'mmo'],
  ['ExtensionRequest', 'extension'],
  ['SetUserVariablesRequest', 'variable'],
] as const) {
  test(`a page that imports ${name} alone has no other requests and no client in it`, async () => {
    const files = await filesIn(name)
    const requests = files.filter(file => /^client\/src\/requests\/.*-requests?\.ts$/.test(file))
    assert.deepEqual(
      requests.filter(file => !file.includes(`/${own}-request`)),
      [],
    )
    assert.equal(requests.length, 1, files.join('\n'))
    assert.deepEqual(
      files.filter(file => REST.test(file)),
      [],
    )
  })
}

test('a page that imports conditions has nothing else of the client in it', async () => {
  assert.deepEqual(await filesIn('rooms'), ['client/src/match-expression.ts'])
})

/** Flash had one ElectroServer for a whole movie: its `getInstance` is the one place that remembers for all. */
const SHARED = /^client\/src\/(node\/electroserver|electroserver\/electro-server)\.ts$/

test('modules of the client keep nothing: two clients in one page know nothing of each other', () => {
  const files = globSync('client/src/**/*.ts', { cwd: ROOT })
  assert.ok(files.length > 100)
  const variable = /^(?:export )?(?:let|var) |^ +static (?:override )?#?\w+(?::[^=(]*)?(?:=|$)/m
  // Sets and tables that are read only say so by their types.
  const collection = /^(?:export )?const \w+ = (?:new (?:Map|Set|WeakMap|WeakSet)\b|\[\])/m
  const keeping = files.filter(file => {
    const text = readFileSync(`${ROOT}/${file}`, 'utf8')
    return variable.test(text) || collection.test(text)
  })
  assert.deepEqual(
    keeping.filter(file => !SHARED.test(file)),
    [],
  )
  assert.equal(keeping.length, 2)
})
