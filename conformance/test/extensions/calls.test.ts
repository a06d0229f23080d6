import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { defineExtension, RequestError, refuseCall, t as shape } from '@warren/server'
import { CALLERS, type Caller } from '../../src/target/caller.ts'
import { extended } from '../../src/target/extended.ts'
import { Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs an extension of the test' }

/** Handlers that wait until somebody lets them go on, in the order in which they came. */
class Gate {
  readonly #waiting: (() => void)[] = []

  pass(): Promise<void> {
    return new Promise(resolve => this.#waiting.push(resolve))
  }

  async open(): Promise<void> {
    while (this.#waiting.length === 0) await new Promise(resolve => setImmediate(resolve))
    assert.equal(this.#waiting.length, 1, 'no handler runs beside another of the same client')
    this.#waiting.shift()?.()
  }
}

const ofZone = (gate: Gate, notes: string[]) =>
  defineExtension({
    requests: {
      add: { params: { a: shape.int(), b: shape.int() }, response: { sum: shape.int() } },
      note: { params: { text: shape.string({ maxLength: 5 }) } },
      'control.*': { params: { power: shape.preset(shape.int(), 1) }, response: { did: shape.string() } },
      'control.stop': { response: { did: shape.string() } },
      echo: { params: shape.sfsObject(), response: shape.sfsObject() },
      refuse: { response: { never: shape.int() } },
      refuseQuietly: {},
      fail: { response: { never: shape.int() } },
      failQuietly: {},
      slow: { params: { turn: shape.int() }, response: { turn: shape.int() } },
      tell: { params: { whom: shape.string() }, response: { done: shape.bool() } },
    },
    messages: { told: { by: shape.string() } },
    init({ handle, send, zone }) {
      handle({
        add: ({ params: { a, b } }) => ({ sum: a + b }),
        note: ({ params, user }) => void notes.push(`${user.name}: ${params.text}`),
        'control.*': ({ command, params }) => ({ did: `${command} with ${params.power}` }),
        'control.stop': () => ({ did: 'stop' }),
        echo: ({ params }) => params,
        refuse: () => refuseCall('not-your-turn', 'Wait for it'),
        refuseQuietly: () => refuseCall('not-your-turn', 'Wait for it'),
        fail: () => {
          throw new Error('a fault of the handler')
        },
        failQuietly: () => Promise.reject(new Error('a fault of the handler')),
        async slow({ params: { turn } }) {
          await gate.pass()
          return { turn }
        },
        tell({ params: { whom }, user }) {
          const to = whom === 'all' ? zone : (zone.userByName(whom) ?? zone.roomByName(whom))
          if (to === undefined) throw new RequestError('user-unknown', whom)
          send('told', { by: user.name }, to)
          return { done: true }
        },
      })
    },
  })

const ofRoom = defineExtension({
  level: 'room',
  requests: { where: { response: { room: shape.string() } }, greet: {} },
  messages: { greeting: { by: shape.string() } },
  init({ handle, send, room }) {
    handle({
      where: () => ({ room: room.name }),
      greet: ({ user }) => send('greeting', { by: user.name }, room),
    })
  },
})

const failure = (code: string, message: string, more: object = {}) => ({
  $error: { code, message, ...more },
})
const FAILED = failure('failed', 'The server failed to answer')
const NOT_YOUR_TURN = failure('not-your-turn', 'Wait for it')

for (const [client, enter] of Object.entries(CALLERS)) {
  describe(`with ${client}`, OWN, () => {
    /** A server whose zone and Lobby have extensions, and somebody in Lobby. */
    async function open(t: test.TestContext) {
      const [gate, notes]: [Gate, string[]] = [new Gate(), []]
      const extensions = { zone: { ofZone: ofZone(gate, notes) }, rooms: { Lobby: ofRoom, Second: ofRoom } }
      const scene = await Scene.open(t, extended(extensions))
      return { scene, gate, notes, ann: await enter(scene, 'Ann', 'Lobby') }
    }

    /** What comes of a call: all that it may be answered with. */
    async function answer(caller: Caller, command: string, params = {}, room?: string) {
      caller.call(command, params, room)
      const heard = await caller.hear()
      assert.equal(heard.command, command)
      return heard.params
    }

    test('a request is answered to its caller alone [P-4.3.2]', async t => {
      const { ann, scene } = await open(t)
      const bob = await enter(scene, 'Bob')
      ann.call('add', { a: 2, b: 3 })
      assert.deepEqual(await ann.hear(), { command: 'add', params: { sum: 5 }, room: undefined })
      await bob.hearNothing()
    })

    test('a request with a number is answered with it [P-4.6]', async t => {
      const { ann } = await open(t)
      assert.deepEqual(await answer(ann, 'add', { a: 2, b: 3, $id: 9 }), { sum: 5, $id: 9 })
      assert.deepEqual(await answer(ann, 'note', { text: 'hi', $id: 10 }), { $id: 10 })
      assert.deepEqual(await answer(ann, 'nothing', { $id: 11 }), {
        ...failure('unknown-command', 'Nobody answers to nothing here'),
        $id: 11,
      })
    })

    test('a request without an answer is heard, and met with silence', async t => {
      const { ann, notes } = await open(t)
      ann.call('note', { text: 'hello' })
      await ann.hearNothing()
      assert.deepEqual(notes, ['Ann: hello'])
    })

    test('a prefix answers all its commands but those that are named [P-4.2.3]', async t => {
      const { ann } = await open(t)
      assert.deepEqual(await answer(ann, 'control.fire', { power: 7 }), { did: 'control.fire with 7' })
      assert.deepEqual(await answer(ann, 'control.jump'), { did: 'control.jump with 1' })
      assert.deepEqual(await answer(ann, 'control.stop'), { did: 'stop' })
      ann.call('control')
      await ann.hearNothing()
    })

    test('a raw request brings everything as it is', async t => {
      const { ann } = await open(t)
      assert.deepEqual(await answer(ann, 'echo', { any: 'thing', n: -1 }), { any: 'thing', n: -1 })
      assert.deepEqual(await answer(ann, 'echo'), {})
    })

    test('the extension of a room answers its members, and says which room it is of [P-4.2.2]', async t => {
      const { ann, scene } = await open(t)
      const bob = await enter(scene, 'Bob', 'Second')
      for (const [caller, room] of [
        [ann, 'Lobby'],
        [bob, 'Second'],
      ] as const) {
        caller.call('where', {}, room)
        assert.deepEqual(await caller.hear(), { command: 'where', params: { room }, room })
      }
      ann.call('where', {}, 'Second')
      await ann.hearNothing()
      ann.call('where')
      await ann.hearNothing()
      ann.call('add', { a: 1, b: 2 }, 'Lobby')
      await ann.hearNothing()
    })

    test('params of another shape are refused by name, and nothing is called [P-4.6.4]', async t => {
      const { ann, notes } = await open(t)
      const failures = [
        ['add', { a: 1 }, { path: 'b', message: 'b is missing, wanted INT' }],
        ['add', { a: 'one', b: 2 }, { path: 'a', message: 'a is UTF_STRING, wanted INT' }],
        ['note', { text: 'too long' }, { path: 'text', message: 'text has more than 5 characters' }],
        ['control.fire', { power: 'x' }, { path: 'power', message: 'power is UTF_STRING, wanted INT' }],
      ] as const
      for (const [command, params, { path, message }] of failures) {
        assert.deepEqual(await answer(ann, command, params), failure('invalid-params', message, { path }))
      }
      assert.deepEqual(notes, [])
    })

    test('a refusal tells its reason, whether there is an answer or not', async t => {
      const { ann } = await open(t)
      assert.deepEqual(await answer(ann, 'refuse'), NOT_YOUR_TURN)
      assert.deepEqual(await answer(ann, 'refuseQuietly'), NOT_YOUR_TURN)
      assert.deepEqual(await answer(ann, 'tell', { whom: 'Nobody' }), {
        $error: { code: 'user-unknown', message: 'the user name is not known: Nobody' },
      })
    })

    test('a fault is told to those who wait for an answer, without its text [P-4.6]', async t => {
      const { ann } = await open(t)
      assert.deepEqual(await answer(ann, 'fail'), FAILED)
      assert.deepEqual(await answer(ann, 'failQuietly', { $id: 1 }), { ...FAILED, $id: 1 })
      ann.call('failQuietly')
      await ann.hearNothing()
    })

    test('handlers that wait keep the order of one client, and hold up no other [P-4.2.5]', async t => {
      const { ann, gate, scene } = await open(t)
      const bob = await enter(scene, 'Bob')
      for (const turn of [1, 2]) ann.call('slow', { turn })
      ann.call('add', { a: 1, b: 1 })
      assert.deepEqual(await answer(bob, 'add', { a: 2, b: 2 }), { sum: 4 })
      await gate.open()
      assert.deepEqual((await ann.hear()).params, { turn: 1 })
      await gate.open()
      assert.deepEqual((await ann.hear()).params, { turn: 2 })
      assert.deepEqual((await ann.hear()).params, { sum: 2 })
    })

    test('a message goes to a user, a room or the zone, before the answer [P-4.3.2]', async t => {
      const { ann, scene } = await open(t)
      const bob = await enter(scene, 'Bob', 'Second')
      const told = { command: 'told', params: { by: 'Ann' }, room: undefined }
      const done = { command: 'tell', params: { done: true }, room: undefined }
      ann.call('tell', { whom: 'Bob' })
      assert.deepEqual([await ann.hear(), await bob.hear()], [done, told])
      ann.call('tell', { whom: 'Lobby' })
      assert.deepEqual([await ann.hear(), await ann.hear()], [told, done])
      ann.call('tell', { whom: 'all' })
      assert.deepEqual([await ann.hear(), await ann.hear(), await bob.hear()], [told, done, told])
      await bob.hearNothing()
    })

    test('a message of a room names the room [P-4.3.1]', async t => {
      const { ann, scene } = await open(t)
      const bob = await enter(scene, 'Bob', 'Second')
      ann.call('greet', {}, 'Lobby')
      assert.deepEqual(await ann.hear(), { command: 'greeting', params: { by: 'Ann' }, room: 'Lobby' })
      await bob.hearNothing()
    })
  })
}
