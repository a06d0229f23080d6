import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { RawClient } from '../../src/client/raw-client.ts'
import { connectTcp } from '../../src/client/tcp-line.ts'
import { OwnProcess } from '../../src/target/own-process.ts'
import { greet, logIn } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a server that may be hurt' }

const ZONE = JSON.stringify({ name: 'Trouble', extensions: ['trouble'], rooms: [{ name: 'Hall' }] })
const CONFIG = JSON.stringify({
  extensions: {
    blockedHandlerSeconds: 1,
    handlerTimeoutSeconds: 1,
    slowHandlerMillis: 200,
    memoryGrowthBytes: 20_000_000,
  },
})
const TROUBLE = `
import { defineExtension } from '@warren/server'

const hoard: unknown[] = []

export default defineExtension({
  requests: {
    throws: { response: {} },
    rejects: { response: {} },
    hangs: { response: {} },
    blocks: { response: {} },
    spins: { response: {} },
    hoards: { response: {} },
    straysInTimer: { response: {} },
    straysInPromise: { response: {} },
    fine: { response: {} },
  },
  init({ handle }) {
    handle({
      throws() {
        throw new Error('thrown')
      },
      rejects: async () => {
        await undefined
        throw new Error('rejected')
      },
      hangs: () => new Promise(() => undefined),
      blocks() {
        const end = Date.now() + 5000
        while (Date.now() < end);
        return {}
      },
      async spins() {
        for (;;) await undefined
      },
      hoards() {
        for (let n = 0; n < 1_000_000; n++) hoard.push({ n })
        return {}
      },
      straysInTimer() {
        setTimeout(() => {
          throw new Error('strayed from a timer')
        }, 1)
        return {}
      },
      straysInPromise() {
        void Promise.reject(new Error('strayed from a promise'))
        return {}
      },
      fine: () => ({}),
    })
  },
})
`

/** A player of a server that runs the extension above. */
async function trouble(t: Parameters<typeof OwnProcess.start>[0]) {
  const server = await OwnProcess.start(t, {
    'warren.config.json': CONFIG,
    'zones/Trouble.zone.json': ZONE,
    'extensions/trouble/index.ts': TROUBLE,
  })
  const client = await RawClient.on(onPacket => connectTcp(server.tcp, onPacket))
  await greet(client)
  await logIn(client, 'Trouble', 'Ann')
  const ask = (command: string) =>
    client.request('CallExtension', { command, roomId: -1, params: new SFSObject() })
  /** The code of a failure; `fine` when there is none. */
  const answer = async (command: string, patience?: number): Promise<string> => {
    ask(command)
    const message = await client.next(patience)
    if (message.name !== 'ExtensionResponse') throw new Error(`Got ${message.name}`)
    const { params } = message.fields as { readonly params: SFSObject }
    return params.has('$error') ? params.getSFSObject('$error').getUtfString('code') : 'fine'
  }
  return { server, client, ask, answer }
}

test(
  'what an extension throws and rejects is answered, logged with stack and command, and counted',
  OWN,
  async t => {
    const { server, answer } = await trouble(t)
    assert.equal(await answer('throws'), 'failed')
    assert.equal(await answer('rejects'), 'failed')
    for (const [command, message] of [
      ['throws', 'thrown'],
      ['rejects', 'rejected'],
    ]) {
      const line = await server.logged(({ msg }) => msg === `The handler of request ${command} failed`)
      assert.equal(line.extension, 'trouble')
      const { message: text, stack } = line.err as { readonly message: string; readonly stack: string }
      assert.equal(text, message)
      assert.match(stack, /extensions\/trouble\/index\.ts/)
    }
    assert.equal(await server.metric('warren_extension_faults_total{extension="trouble",kind="error"}'), 2)
    assert.equal(await answer('fine'), 'fine')
  },
)

test(
  'a promise that never ends is given up, and what the client asked meanwhile is answered then',
  OWN,
  async t => {
    const { server, ask, answer, client } = await trouble(t)
    ask('hangs')
    ask('fine')
    const first = await client.expect('ExtensionResponse')
    assert.equal(first.params.getSFSObject('$error').getUtfString('code'), 'timeout')
    assert.equal((await client.expect('ExtensionResponse')).command, 'fine')
    await server.logged(({ msg }) => msg === 'The handler of request hangs did not end and was given up')
    assert.equal(await server.metric('warren_extension_faults_total{extension="trouble",kind="timeout"}'), 1)
    assert.equal(await answer('fine'), 'fine')
  },
)

test('a handler that holds the server is named while it does, and afterwards', OWN, async t => {
  const { server, answer } = await trouble(t)
  const answered = answer('blocks', 20_000)
  const during = await server.logged(({ reason }) => reason === 'blocked')
  assert.equal(during.extension, 'trouble')
  assert.match(during.msg, /^The handler of request blocks has held the server for \d s/)
  assert.equal(await answered, 'fine')
  const after = await server.logged(({ msg }) => /^The handler of request blocks held the server/.test(msg))
  // The handler counts whole milliseconds, so it may end up to one of them early.
  assert.ok(Number(after.millis) >= 4999)
})

test('a handler that waits again and again for what is there is named', OWN, async t => {
  const { server, answer } = await trouble(t)
  assert.equal(await answer('fine'), 'fine')
  answer('spins').catch(() => undefined)
  const during = await server.logged(({ reason }) => reason === 'blocked')
  assert.equal(during.extension, 'trouble')
  assert.match(
    during.msg,
    /nothing but follow promises for \d s; what ran last is the handler of request spins$/,
  )
})

test('a handler that leaves much in memory is named', OWN, async t => {
  const { server, answer } = await trouble(t)
  assert.equal(await answer('hoards', 20_000), 'fine')
  const line = await server.logged(({ msg }) => /^The handler of request hoards left \d+ MiB more/.test(msg))
  assert.ok(Number(line.bytes) > 20_000_000)
})

test('errors that stray from timers and promises of an extension end nothing', OWN, async t => {
  const { server, answer } = await trouble(t)
  assert.equal(await answer('straysInTimer'), 'fine')
  assert.equal(await answer('straysInPromise'), 'fine')
  for (const where of ['timer', 'promise']) {
    const line = await server.logged(
      ({ err }) => (err as { readonly message?: string } | undefined)?.message === `strayed from a ${where}`,
    )
    assert.equal(line.extension, 'trouble')
  }
  assert.equal(await answer('fine'), 'fine')
  assert.ok(server.isRunning)
})

const CARELESS = `
import { defineExtension } from '@warren/server'

void Promise.reject(new Error('strayed from a module'))
setTimeout(() => { throw new Error('strayed from a timer of a module') }, 1)

export default defineExtension({
  init: ({ log }) => log.info('A sword was found', { name: 'Excalibur', level: 3, time: 'noon' }),
})
`

test('errors that stray from a module while it loads end nothing', OWN, async t => {
  const server = await OwnProcess.start(t, {
    'zones/Trouble.zone.json': ZONE,
    'extensions/trouble/index.ts': CARELESS,
  })
  for (const where of ['module', 'timer of a module']) {
    const line = await server.logged(
      ({ err }) => (err as { readonly message?: string } | undefined)?.message === `strayed from a ${where}`,
    )
    assert.equal(line.extension, 'trouble')
  }
  assert.ok(server.isRunning)
})

test('fields of a log line never stand in for those that every line has', OWN, async t => {
  const server = await OwnProcess.start(t, {
    'zones/Trouble.zone.json': ZONE,
    'extensions/trouble/index.ts': CARELESS,
  })
  const line = await server.logged(({ msg }) => msg === 'A sword was found')
  assert.deepEqual([line.name, line.level, typeof line.time], ['warren', 30, 'number'])
  assert.deepEqual([line.name_, line.level_, line.time_], ['Excalibur', 3, 'noon'])
})
