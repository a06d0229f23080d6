import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SFSArray, SFSObject } from '@warren/codec'
import { RequestError } from '../../src/errors.ts'
import { refuseCall } from '../../src/extension/call-error.ts'
import { defineExtension } from '../../src/extension/definition.ts'
import { t } from '../../src/index.ts'
import { failure, later, marked, plain, Stage, type Visitor } from './support/stage.ts'

const FAILED = failure('failed', 'The server failed to answer')

/** What all handlers of `calls` were asked, in order. */
let calls: string[] = []
let gate = later()

const handlers = defineExtension({
  requests: {
    roll: { params: { sides: t.int({ min: 2 }) }, response: { eyes: t.int() } },
    ready: {},
    'control.*': { params: { power: t.optional(t.byte()) }, response: { command: t.string() } },
    'control.fire.*': { response: { command: t.string() } },
    'control.stop': { response: { command: t.string() } },
    echo: { params: t.sfsObject(), response: t.sfsObject() },
    wait: { params: { turn: t.preset(t.int(), 0) }, response: { turn: t.int() } },
    refuse: { response: { never: t.int() } },
    refuseQuiet: {},
    rule: { response: { never: t.int() } },
    throws: { response: { never: t.int() } },
    throwsQuiet: {},
    rejects: { response: { never: t.int() } },
    misfit: { response: { n: t.byte() } },
    misfitLate: { response: { n: t.byte() } },
    tooMuch: { response: t.sfsObject() },
    tooMuchLate: { response: t.sfsObject() },
    thenable: { response: { n: t.int() } },
  },
  messages: { note: { n: t.int() } },
  init({ handle, send }) {
    handle({
      roll: ({ params }) => ({ eyes: params.sides }),
      // What a handler without an answer returns means nothing.
      ready: ({ user }) => calls.push(`ready ${user.name}`) as never,
      'control.*': ({ command, params }) => ({ command: `${command} ${params.power ?? '-'}` }),
      'control.fire.*': ({ command }) => ({ command: `fire ${command}` }),
      'control.stop': ({ command }) => ({ command: `stop ${command}` }),
      echo: ({ params }) => params,
      async wait({ user, params }) {
        calls.push(`wait ${user.name} ${params.turn}`)
        await gate.promise
        send('note', { n: params.turn }, user)
        return { turn: params.turn }
      },
      refuse: () => refuseCall('not-your-turn', 'Wait for it'),
      refuseQuiet: () => refuseCall('not-your-turn', 'Wait for it'),
      rule: () => {
        throw new RequestError('room-full', 'Lobby')
      },
      throws: () => {
        throw new Error('of the handler')
      },
      throwsQuiet: () => {
        throw new Error('of the handler')
      },
      rejects: async () => {
        throw new Error('of the handler')
      },
      misfit: () => ({ n: 256 }),
      misfitLate: async () => ({ n: 256 }),
      tooMuch: () => new SFSObject().putUtfString('long', 'x'.repeat(40_000)),
      tooMuchLate: async () => new SFSObject().putUtfString('long', 'x'.repeat(40_000)),
      thenable: () =>
        ({
          // biome-ignore lint/suspicious/noThenProperty: promises of other libraries have it
          then: (done: (value: { n: number }) => void) => done({ n: 5 }),
        }) as Promise<{ n: number }>,
    })
  },
})

async function open(options: { maxWaitingRequests?: number } = {}): Promise<{ stage: Stage; ann: Visitor }> {
  calls = []
  gate = later()
  const stage = await Stage.open({ extensions: { handlers }, ...options })
  return { stage, ann: await stage.enter('ann', 'Lobby') }
}

describe('a request', () => {
  test('is answered on its command, with its number if it has one', async () => {
    const { ann } = await open()
    await ann.call('roll', new SFSObject().putInt('sides', 6))
    await ann.call('roll', marked(7, new SFSObject().putInt('sides', 6)))
    assert.deepEqual(ann.told(), [
      ['roll', { eyes: 6 }],
      ['roll', { eyes: 6, $id: 7 }],
    ])
  })

  test('without an answer is only acknowledged where the client waits for it', async () => {
    const { stage, ann } = await open()
    await ann.call('ready')
    assert.deepEqual(ann.told(), [])
    await ann.call('ready', marked(1))
    assert.deepEqual(ann.told(), [['ready', { $id: 1 }]])
    assert.deepEqual(calls, ['ready ann', 'ready ann'])
    assert.deepEqual(stage.faults('handlers'), {})
  })

  test('is found by its whole name, then by the longest prefix', async () => {
    const { ann } = await open()
    for (const command of [
      'control.stop',
      'control.stop.now',
      'control.fire.left',
      'control.fire',
      'control.',
    ]) {
      await ann.call(command)
    }
    assert.deepEqual(
      ann.told().map(([, params]) => (params as { command: string }).command),
      ['stop control.stop', 'control.stop.now -', 'fire control.fire.left', 'control.fire -', 'control. -'],
    )
  })

  test('that nobody answers to is silence, unless the client waits', async () => {
    const { stage, ann } = await open()
    const unknown = ['control', 'contro.x', 'Roll', '', '__proto__', 'constructor', 'toString']
    for (const command of unknown) await ann.call(command)
    assert.deepEqual(ann.told(), [])
    assert.equal(stage.server.counters.refusals.get('command-unknown'), unknown.length)
    await ann.call('rol', marked(3))
    assert.deepEqual(ann.told(), [
      ['rol', failure('unknown-command', 'Nobody answers to rol here', { $id: 3 })],
    ])
  })

  test('with the longest command there is gets an answer that a message can hold', async () => {
    const { stage, ann } = await open()
    await ann.call('x'.repeat(32_767), marked(1))
    const [[, params] = []] = ann.told()
    const { $error, $id } = params as { $error: { code: string; message: string }; $id: number }
    assert.deepEqual([$error.code, $id], ['unknown-command', 1])
    assert.ok($error.message.length <= 1000)
    await ann.call(`control.${'x'.repeat(32_000)}`)
    assert.equal(ann.told().length, 1)
    assert.equal(stage.server.counters.faults, 0)
  })

  test('with params that do not fit is answered with what is wrong, and never handled', async () => {
    const { stage, ann } = await open()
    await ann.call('roll')
    await ann.call('roll', marked(4, new SFSObject().putUtfString('sides', '6')))
    assert.deepEqual(ann.told(), [
      [
        'roll',
        { $error: { code: 'invalid-params', message: 'sides is missing, wanted INT', path: 'sides' } },
      ],
      [
        'roll',
        {
          $error: { code: 'invalid-params', message: 'sides is UTF_STRING, wanted INT', path: 'sides' },
          $id: 4,
        },
      ],
    ])
    assert.equal(stage.server.counters.refusals.get('params-invalid'), 2)
    assert.deepEqual(stage.faults('handlers'), {})
  })

  test('may be a raw object, which comes back as it was', async () => {
    const { ann } = await open()
    const sent = new SFSObject().putSFSArray('list', new SFSArray().addNull()).putLong('long', 2n ** 60n)
    await ann.call('echo', sent)
    await ann.call('echo', marked(9, new SFSObject().putInt('a', 1)))
    const answers = ann.messages()
    assert.deepEqual(
      answers.map(message => message.name === 'ExtensionResponse' && message.fields.params.toJSON()),
      [sent.toJSON(), new SFSObject().putInt('a', 1).putInt('$id', 9).toJSON()],
    )
  })

  test('has a number of any number type, and of no other', async () => {
    const { ann } = await open()
    const ids = [
      new SFSObject().putByte('$id', 1),
      new SFSObject().putShort('$id', 1),
      new SFSObject().putLong('$id', 1),
      new SFSObject().putDouble('$id', 1),
    ]
    for (const params of ids) await ann.call('ready', params)
    assert.equal(ann.told().length, ids.length)
    await ann.call('ready', new SFSObject().putUtfString('$id', 'x'))
    await ann.call('ready', new SFSObject().putSFSObject('$id', new SFSObject()))
    await ann.call('ready', new SFSObject().putNull('$id'))
    assert.deepEqual(ann.told(), [])
  })

  test('may be answered by a promise of another library', async () => {
    const { ann } = await open()
    await ann.call('thenable')
    assert.deepEqual(ann.told(), [['thenable', { n: 5 }]])
  })
})

describe('an answer', () => {
  test('does not change the object that the extension answered with', async () => {
    const kept = new SFSObject().putInt('a', 1)
    const keeper = defineExtension({
      requests: { get: { response: t.sfsObject() } },
      init: ({ handle }) => handle({ get: () => kept }),
    })
    await using stage = await Stage.open({ extensions: { keeper } })
    const ann = await stage.enter('ann')
    await ann.call('get', marked(1))
    await ann.call('get', marked(2))
    await ann.call('get')
    assert.deepEqual(ann.told(), [
      ['get', { a: 1, $id: 1 }],
      ['get', { a: 1, $id: 2 }],
      ['get', { a: 1 }],
    ])
    assert.deepEqual(plain(kept), { a: 1 })
  })

  test('that does not fit its shape is a fault of the extension, and a failure for the client', async () => {
    const { stage, ann } = await open()
    await ann.call('misfit', marked(1))
    await ann.call('misfitLate', marked(2))
    assert.deepEqual(ann.told(), [
      ['misfit', { ...FAILED, $id: 1 }],
      ['misfitLate', { ...FAILED, $id: 2 }],
    ])
    assert.deepEqual(stage.faults('handlers'), { error: 2 })
    assert.equal(stage.server.counters.faults, 0)
  })

  test('that no message can hold is the same', async () => {
    const { stage, ann } = await open()
    await ann.call('tooMuch', marked(1))
    await ann.call('tooMuchLate', marked(2))
    await ann.call('roll', new SFSObject().putInt('sides', 3))
    assert.deepEqual(ann.told(), [
      ['tooMuch', { ...FAILED, $id: 1 }],
      ['tooMuchLate', { ...FAILED, $id: 2 }],
      ['roll', { eyes: 3 }],
    ])
    assert.deepEqual(stage.faults('handlers'), { error: 2 })
    assert.equal(stage.server.counters.faults, 0)
  })
})

describe('a refusal', () => {
  test('of the handler is told with its reason, also where nobody waits, and is no fault', async () => {
    const { stage, ann } = await open()
    await ann.call('refuse', marked(1))
    await ann.call('refuseQuiet')
    assert.deepEqual(ann.told(), [
      ['refuse', failure('not-your-turn', 'Wait for it', { $id: 1 })],
      ['refuseQuiet', failure('not-your-turn', 'Wait for it')],
    ])
    assert.deepEqual(stage.faults('handlers'), {})
    assert.deepEqual(stage.logged('error', 'handlers'), [])
  })

  test('of the server is passed through by its name', async () => {
    const { stage, ann } = await open()
    await ann.call('rule')
    assert.deepEqual(ann.told(), [['rule', failure('room-full', 'the room is full: Lobby')]])
    assert.deepEqual(stage.faults('handlers'), {})
  })

  test('an error is told without its words, and only to who waits', async () => {
    const { stage, ann } = await open()
    await ann.call('throws')
    await ann.call('rejects', marked(2))
    await ann.call('throwsQuiet')
    await ann.call('throwsQuiet', marked(3))
    assert.deepEqual(ann.told(), [
      ['throws', FAILED],
      ['rejects', { ...FAILED, $id: 2 }],
      ['throwsQuiet', { ...FAILED, $id: 3 }],
    ])
    assert.deepEqual(stage.faults('handlers'), { error: 4 })
    const [first] = stage.log.records.filter(({ level }) => level === 'error')
    assert.equal(first?.message, 'The handler of request throws failed')
    assert.match((first?.fields.err as Error | undefined)?.stack ?? '', /requests\.test\.ts/)
  })

  test('an error behind a prefix names the command in the log, and the request as it was declared', async () => {
    const broken = defineExtension({
      requests: { 'a.*': {} },
      init: ({ handle }) =>
        handle({
          'a.*': () => {
            throw new Error('no')
          },
        }),
    })
    await using stage = await Stage.open({ extensions: { broken } })
    const ann = await stage.enter('ann')
    await ann.call('a.b')
    const [line] = stage.log.records.filter(({ level }) => level === 'error')
    assert.deepEqual([line?.message, line?.fields.command], ['The handler of request a.* failed', 'a.b'])
  })
})

describe('while a handler waits', () => {
  test('later requests of the same client wait, others go on, and the order is kept', async () => {
    const { stage, ann } = await open()
    const bob = await stage.enter('bob', 'Lobby')
    ann.heard()
    ann.send('wait', new SFSObject().putInt('turn', 1))
    ann.send('roll', new SFSObject().putInt('sides', 6))
    ann.send('wait', new SFSObject().putInt('turn', 2))
    await ann.say('later')
    await bob.call('roll', new SFSObject().putInt('sides', 3))
    assert.deepEqual(bob.told(), [['roll', { eyes: 3 }]])
    assert.deepEqual(ann.heard(), [])
    assert.deepEqual(calls, ['wait ann 1'])
    gate.resolve()
    await stage.settle()
    assert.deepEqual(ann.heard(), [
      'note {"n":1}',
      'wait {"turn":1}',
      'roll {"eyes":6}',
      'note {"n":2}',
      'wait {"turn":2}',
      `${ann.user.id} says later`,
    ])
    assert.deepEqual(bob.heard(), [`${ann.user.id} says later`])
  })

  test('the queue behind it is bounded: who asks too much loses his line', async () => {
    const { stage, ann } = await open({ maxWaitingRequests: 3 })
    const bob = await stage.enter('bob', 'Lobby')
    for (let turn = 0; turn < 4; turn++) ann.send('wait', new SFSObject().putInt('turn', turn))
    await stage.settle()
    assert.ok(ann.isLoggedIn)
    await ann.call('wait')
    assert.equal(stage.server.counters.refusals.get('too-many-waiting-requests'), 1)
    assert.ok(ann.line.isClosed)
    assert.ok(!ann.isLoggedIn)
    assert.deepEqual(bob.heard(), ['UserLost', 'UserCountChange'])
    gate.resolve()
    await stage.settle()
    assert.deepEqual(calls, ['wait ann 0'])
  })

  test('a client may go: nobody is answered, and nothing of his queue is done', async () => {
    const { stage, ann } = await open()
    ann.send('wait', new SFSObject().putInt('turn', 1))
    ann.send('ready')
    await stage.settle()
    ann.line.close('lost')
    await stage.settle()
    gate.resolve()
    await stage.settle()
    assert.deepEqual(calls, ['wait ann 1'])
    assert.deepEqual(stage.faults('handlers'), {})
    assert.equal(stage.server.counters.faults, 0)
  })

  test('a client that was logged out by the server finds its queue out of turn', async () => {
    const { stage, ann } = await open()
    ann.send('wait')
    ann.send('ready')
    await stage.settle()
    stage.api.logOut(ann.user)
    gate.resolve()
    await stage.settle()
    assert.deepEqual(calls, ['wait ann 0'])
    assert.deepEqual(ann.heard(), ['Logout'])
    await ann.logIn('ann')
    assert.deepEqual(ann.heard(), ['Login'])
  })

  test('a handler that takes too long is given up, and what waited behind it is done', async () => {
    const { stage, ann } = await open()
    ann.send('wait', marked(1))
    ann.send('ready', marked(2))
    await stage.advance(29_999)
    assert.deepEqual(ann.told(), [])
    await stage.advance(1)
    assert.deepEqual(ann.told(), [
      ['wait', failure('timeout', 'The server took too long to answer', { $id: 1 })],
      ['ready', { $id: 2 }],
    ])
    assert.deepEqual(stage.faults('handlers'), { timeout: 1 })
    // What comes too late is told to nobody.
    gate.resolve()
    await stage.settle()
    assert.deepEqual(ann.told(), [['note', { n: 0 }]])
    assert.deepEqual(stage.faults('handlers'), { timeout: 1 })
  })
})

describe('handlers', () => {
  const bare = { requests: { a: {}, toString: {} } } as const

  test('must be there for every request, whatever every object has by nature', async () => {
    const lacks = defineExtension({ ...bare, init: ({ handle }) => handle({ a: () => undefined } as never) })
    await assert.rejects(
      Stage.open({ extensions: { lacks } }),
      /"lacks" of zone Test does not start: No handler for the request toString/,
    )
  })

  test('must be named by init', async () => {
    const forgets = defineExtension({ ...bare, init() {} })
    await assert.rejects(Stage.open({ extensions: { forgets } }), /names requests, and has no handlers/)
  })

  test('are named once', async () => {
    const twice = defineExtension({
      requests: { a: {} },
      init({ handle }) {
        handle({ a: () => undefined })
        handle({ a: () => undefined })
      },
    })
    await assert.rejects(Stage.open({ extensions: { twice } }), /call handle\(\) once/)
  })

  test('may be methods of an object that use each other', async () => {
    class Handlers {
      readonly #eyes = 4
      roll() {
        return this.eyes()
      }
      eyes() {
        return { n: this.#eyes }
      }
    }
    const methods = defineExtension({
      requests: { roll: { response: { n: t.int() } } },
      init: ({ handle }) => handle(new Handlers()),
    })
    await using stage = await Stage.open({ extensions: { methods } })
    const ann = await stage.enter('ann')
    await ann.call('roll')
    assert.deepEqual(ann.told(), [['roll', { n: 4 }]])
  })

  test('of two extensions of a zone answer each to its own, the first one first', async () => {
    const make = (name: string, command: string) =>
      defineExtension({
        requests: { [command]: { response: { name: t.string() } }, both: { response: { name: t.string() } } },
        init: ({ handle }) => handle({ [command]: () => ({ name }), both: () => ({ name }) } as never),
      })
    await using stage = await Stage.open({ extensions: { one: make('one', 'a'), two: make('two', 'b') } })
    const ann = await stage.enter('ann')
    for (const command of ['a', 'b', 'both']) await ann.call(command)
    assert.deepEqual(ann.heard(), ['a {"name":"one"}', 'b {"name":"two"}', 'both {"name":"one"}'])
  })
})
