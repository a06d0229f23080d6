import assert from 'node:assert/strict'
import { test } from 'node:test'
import { OfficialClient, SFS2X } from '../../src/official/official-client.ts'
import { type LogLine, OwnProcess } from '../../src/target/own-process.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs files of the server' }

const ZONE = JSON.stringify({ name: 'Live', extensions: ['counter'], rooms: [{ name: 'Hall' }] })
const WORD = (word: string) => `export const word: string = '${word}'\n`
const COUNTER = `
import { defineExtension, t } from '@warren/server'
import { word } from './words/word.ts'

interface State {
  count: number
}

export default defineExtension({
  requests: { next: { response: { word: t.string(), count: t.int() } } },
  init(extension) {
    const state: State = { count: 0 }
    run(extension, state)
    return state
  },
  reload(extension, state) {
    run(extension, state)
    return state
  },
})

function run({ handle }: { handle(handlers: { next(): { word: string; count: number } }): void }, state: State) {
  handle({ next: () => ({ word, count: ++state.count }) })
}
`

test(
  'a changed file of an extension, nested ones too, takes over from a running one: users stay, state stays',
  OWN,
  async t => {
    const server = await OwnProcess.start(t, {
      'zones/Live.zone.json': ZONE,
      'extensions/counter/index.ts': COUNTER,
      'extensions/counter/words/word.ts': WORD('one'),
    })
    const [ann, bob] = await Promise.all([member(server, 'Ann'), member(server, 'Bob')])
    t.after(() => Promise.all([ann.leave(), bob.leave()]))
    assert.deepEqual(await next(ann), ['one', 1])
    assert.deepEqual(await next(bob), ['one', 2])

    server.write('extensions/counter/words/word.ts', WORD('two'))
    await server.logged(reloaded(1))
    assert.deepEqual(await next(ann), ['two', 3])
    assert.deepEqual(await next(bob), ['two', 4])

    server.write('extensions/counter/words/word.ts', "export const word = 'thr")
    const broken = await server.logged(({ msg }) => /does not load; the old one goes on/.test(msg))
    assert.equal(broken.extension, 'counter')
    assert.deepEqual(await next(ann), ['two', 5])

    server.write('extensions/counter/words/word.ts', WORD('three'))
    await server.logged(reloaded(2))
    assert.deepEqual(await next(bob), ['three', 6])
    assert.deepEqual(ann.unread(), [])
  },
)

test('a new version whose start fails leaves the old one at work', OWN, async t => {
  const server = await OwnProcess.start(t, {
    'zones/Live.zone.json': ZONE,
    'extensions/counter/index.ts': COUNTER,
    'extensions/counter/words/word.ts': WORD('one'),
  })
  const ann = await member(server, 'Ann')
  t.after(() => ann.leave())
  assert.deepEqual(await next(ann), ['one', 1])
  server.write(
    'extensions/counter/index.ts',
    COUNTER.replaceAll('run(extension, state)', "throw new Error('not today')"),
  )
  await server.logged(({ msg }) => msg === 'The new version does not start')
  assert.deepEqual(await next(ann), ['one', 2])
})

/** The nth time that the extension was loaded anew. */
function reloaded(nth: number): (line: LogLine) => boolean {
  const seen = new Set<LogLine>()
  return line => {
    if (line.msg !== 'An extension changed and was loaded anew') return false
    seen.add(line)
    return seen.size === nth
  }
}

async function member(server: OwnProcess, name: string): Promise<OfficialClient> {
  const client = new OfficialClient(server.http)
  await client.connect()
  client.send(new SFS2X.LoginRequest(name, '', undefined, 'Live'))
  await client.find('login')
  return client
}

async function next(client: OfficialClient): Promise<[string, number]> {
  client.send(new SFS2X.ExtensionRequest('next', new SFS2X.SFSObject()))
  const { params } = await client.find('extensionResponse')
  assert.ok(params instanceof SFS2X.SFSObject)
  return [params.getUtfString('word') ?? '', params.getInt('count') ?? 0]
}
