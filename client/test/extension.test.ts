import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { SFSArray, SFSObject, SFSType, typedObject } from '@warren/codec'
import { CALL_ERROR, CALL_ID, defineContract, t as shape } from '@warren/codec/schema'
import type { SmartFox } from '../src/index.ts'
import { type PuppetServer, puppet, roomRow } from './support/puppet-server.ts'
import { until } from './support/time.ts'

const dice = defineContract({
  requests: {
    roll: { params: { sides: shape.int({ min: 2 }) }, response: { eyes: shape.int() } },
    stop: {},
    'control.*': { params: { power: shape.double() } },
    raw: { params: shape.sfsObject(), response: shape.sfsObject() },
  },
  messages: { rolled: { by: shape.string(), eyes: shape.int() } },
})

const LOBBY = roomRow({ id: 1, name: 'Lobby' })

async function stage(t: TestContext, answerSeconds = 10): Promise<{ server: PuppetServer; sfs: SmartFox }> {
  const server = puppet(t)
  return { server, sfs: await server.loggedIn([LOBBY], { answerSeconds }) }
}

interface Called {
  readonly command: string
  readonly params: SFSObject
  readonly roomId: number
}

/** What the client called last, when there were so many. */
async function lastCall({ requests }: PuppetServer, count = 1): Promise<Called> {
  await until(() => requests.length >= count)
  const request = requests.at(-1)
  assert.ok(request?.name === 'CallExtension')
  return request.fields
}

/** Answers the last call, as Warren does [P-4.6]. */
async function answer(server: PuppetServer, params: SFSObject, count = 1, id?: number): Promise<void> {
  const { command, params: asked, roomId } = await lastCall(server, count)
  server.say('ExtensionResponse', {
    command,
    params: params.putInt(CALL_ID, id ?? asked.getInt(CALL_ID)),
    ...(roomId === -1 ? {} : { roomId }),
  })
}

describe('an extension by its contract', () => {
  test('turns params into their types, and the answer back', async t => {
    const { server, sfs } = await stage(t)
    const call = sfs.extension(dice).call('roll', { sides: 6 })
    const { command, params, roomId } = await lastCall(server)
    assert.deepEqual([command, params.getInt('sides'), roomId], ['roll', 6, -1])
    await answer(server, new SFSObject().putInt('eyes', 4))
    assert.deepEqual(await call, { eyes: 4 })
  })

  test('answers go to their calls by number, in any order, whoever made them', async t => {
    const { server, sfs } = await stage(t)
    const one = sfs.extension(dice).call('roll', { sides: 6 })
    const first = (await lastCall(server)).params.getInt(CALL_ID)
    const other = sfs.extension(dice).call('roll', { sides: 8 })
    await answer(server, new SFSObject().putInt('eyes', 8), 2)
    await answer(server, new SFSObject().putInt('eyes', 1), 2, first)
    assert.deepEqual([await one, await other], [{ eyes: 1 }, { eyes: 8 }])
  })

  test('a refusal has the code and the text of the extension', async t => {
    const { server, sfs } = await stage(t)
    const call = sfs.extension(dice).call('roll', { sides: 6 })
    const failure = new SFSObject().putUtfString('code', 'not-your-turn').putUtfString('message', 'Wait')
    await answer(server, new SFSObject().putSFSObject(CALL_ERROR, failure))
    await assert.rejects(call, { name: 'ExtensionError', code: 'not-your-turn', message: 'Wait' })
  })

  test('params that break the contract are not sent, and an answer that does is an error', async t => {
    const { server, sfs } = await stage(t)
    const extension = sfs.extension(dice)
    await assert.rejects(extension.call('roll', { sides: 1 }), { name: 'ShapeError' })
    assert.throws(() => extension.send('roll', { sides: 1.5 }), { name: 'ShapeError' })
    assert.deepEqual(server.asked, [])
    const call = extension.call('roll', { sides: 6 })
    await answer(server, new SFSObject().putUtfString('eyes', 'six'))
    await assert.rejects(call, { name: 'ShapeError' })
  })

  test('a command without an answer resolves when it is carried out', async t => {
    const { server, sfs } = await stage(t)
    const call = sfs.extension(dice).call('stop')
    await answer(server, new SFSObject())
    assert.equal(await call, undefined)
  })

  test('a family of commands has one description', async t => {
    const { server, sfs } = await stage(t)
    sfs.extension(dice).send('control.fire.now', { power: 0.5 })
    const { command, params } = await lastCall(server)
    assert.deepEqual(
      [command, params.getDouble('power'), params.has(CALL_ID)],
      ['control.fire.now', 0.5, false],
    )
  })

  test('an object that is sent as it is stays as it is', async t => {
    const { server, sfs } = await stage(t)
    const mine = new SFSObject().putInt('x', 1)
    const call = sfs.extension(dice).call('raw', mine)
    assert.equal(mine.has(CALL_ID), false)
    await answer(server, new SFSObject().putInt('y', 2))
    assert.equal((await call).getInt('y'), 2)
  })

  test('messages are heard by their names, from the right extension', async t => {
    const { server, sfs } = await stage(t)
    const heard: string[] = []
    const stop = sfs.extension(dice).on('rolled', ({ by, eyes }) => heard.push(`zone ${by} ${eyes}`))
    sfs.extension(dice, { room: 1 }).on('rolled', ({ by, eyes }) => heard.push(`room ${by} ${eyes}`))
    const params = () => new SFSObject().putUtfString('by', 'Bob').putInt('eyes', 3)
    server.say('ExtensionResponse', { command: 'rolled', params: params() })
    server.say('ExtensionResponse', { command: 'other', params: params() })
    server.say('ExtensionResponse', { command: 'rolled', params: params().putInt(CALL_ID, 1) })
    stop()
    server.say('ExtensionResponse', { command: 'rolled', params: params(), roomId: 1 })
    server.say('ExtensionResponse', { command: 'rolled', params: params() })
    assert.deepEqual(heard, ['zone Bob 3', 'room Bob 3'])
  })

  test('nobody waits for ever: not for silence, not when the connection is over', async t => {
    const { server, sfs } = await stage(t, 0.02)
    const extension = sfs.extension(dice, { room: 1 })
    await assert.rejects(extension.call('roll', { sides: 6 }), { name: 'SFSError', code: -1 })
    const call = extension.call('roll', { sides: 6 })
    assert.equal((await lastCall(server, 2)).roomId, 1)
    server.hangUp()
    await assert.rejects(call, { name: 'SFSError', message: /over/ })
    await assert.rejects(extension.call('roll', { sides: 6 }), { name: 'SFSError' })
  })

  test('on stock servers what comes is an event, with the room', async t => {
    const { server, sfs } = await stage(t)
    const response = sfs.next('extensionResponse')
    server.say('ExtensionResponse', { command: 'x', params: new SFSObject().putInt('n', 1), roomId: 1 })
    const { cmd, params, room } = await response
    assert.deepEqual([cmd, params.getInt('n'), room?.name], ['x', 1, 'Lobby'])
  })
})

describe('an extension by its types', () => {
  /** What a definition has, to a client that imports its types only. */
  interface Counter {
    readonly requests?: {
      readonly count: {
        readonly params: { readonly numbers: ReturnType<typeof shape.intArray> }
        readonly response: { readonly sum: ReturnType<typeof shape.long> }
      }
      readonly everything: { readonly params: ReturnType<typeof shape.sfsObject> }
    }
    readonly messages?: { readonly counted: { readonly by: ReturnType<typeof shape.string> } }
  }

  test('sends values by what they are', async t => {
    const { server, sfs } = await stage(t)
    const params = {
      yes: true,
      small: -5,
      large: 2 ** 31,
      part: 1.5,
      zero: -0,
      huge: 2n ** 60n,
      far: 1e300,
      text: 'é',
      bytes: new Uint8Array([1, 2]),
      list: [1, 'two', undefined],
      inner: { x: 1, gone: undefined },
      gone: undefined,
    }
    sfs.extension<Counter>('counter').send('everything', params as never)
    const sent = (await lastCall(server)).params
    assert.deepEqual(
      sent.names.map(name => [name, sent.typeOf(name)]),
      [
        ['yes', SFSType.BOOL],
        ['small', SFSType.INT],
        ['large', SFSType.LONG],
        ['part', SFSType.DOUBLE],
        ['zero', SFSType.DOUBLE],
        ['huge', SFSType.LONG],
        ['far', SFSType.DOUBLE],
        ['text', SFSType.UTF_STRING],
        ['bytes', SFSType.BYTE_ARRAY],
        ['list', SFSType.SFS_ARRAY],
        ['inner', SFSType.SFS_OBJECT],
      ],
    )
    assert.deepEqual(sent.getSFSArray('list').types, [SFSType.INT, SFSType.UTF_STRING, SFSType.NULL])
    assert.deepEqual(sent.getSFSObject('inner').names, ['x'])
  })

  test('gives the answer and the messages as plain values, without the keys of the protocol', async t => {
    const { server, sfs } = await stage(t)
    const counter = sfs.extension<Counter>('counter')
    const call = counter.call('count', { numbers: [1, 2] })
    const heard: unknown[] = []
    counter.on('counted', event => heard.push(event))
    const inner = new SFSObject()
      .putNull('nothing')
      .putLong('exact', 5)
      .putLong('beyond', 2n ** 60n)
    const list = new SFSArray().addSFSObject(new SFSObject().putInt('x', 1)).addBool(true)
    await answer(
      server,
      new SFSObject().putLong('sum', 3).putSFSObject('inner', inner).putSFSArray('list', list),
    )
    assert.deepEqual(await call, {
      sum: 3,
      inner: { nothing: undefined, exact: 5, beyond: 2n ** 60n },
      list: [{ x: 1 }, true],
    })
    server.say('ExtensionResponse', { command: 'counted', params: new SFSObject().putUtfString('by', 'Bob') })
    assert.deepEqual(heard, [{ by: 'Bob' }])
  })

  test('sends a text as TEXT that a string on the wire does not hold', () => {
    const sent = typedObject({ fits: 'é'.repeat(16_383), long: 'é'.repeat(16_384) })
    assert.deepEqual(sent.types, [SFSType.UTF_STRING, SFSType.TEXT])
  })

  test('rejects what has no type on the wire, and names it', async t => {
    const { sfs } = await stage(t)
    const numbers = { deep: [0, () => 1] } as never
    await assert.rejects(sfs.extension<Counter>('counter').call('count', { numbers }), /numbers\.deep\[1\]/)
  })
})
