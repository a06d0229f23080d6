import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSArray, SFSObject } from '@warren/codec'
import fc from 'fast-check'
import { anyArray, anyObject } from '../../../codec/test/support/arbitraries.ts'
import { refuseCall } from '../../src/extension/call-error.ts'
import { defineExtension } from '../../src/extension/definition.ts'
import { t } from '../../src/index.ts'
import { plain, Stage, type Visitor } from './support/stage.ts'

/** What somebody does. */
type Deed =
  | { readonly does: 'call'; readonly command: string; readonly params: SFSObject; readonly where: Where }
  | { readonly does: 'say'; readonly text: string }
  | { readonly does: 'join' | 'leave' | 'logout' | 'login' | 'lose' }
  | { readonly does: 'wait'; readonly millis: number }
  | { readonly does: 'reload'; readonly fails: boolean }

type Where = 'zone' | 'room' | 'nowhere'

const REQUESTS = {
  numbers: {
    params: { a: t.int(), b: t.optional(t.double()), c: t.preset(t.byte(), 1) },
    response: { a: t.int() },
  },
  lists: { params: { l: t.list(t.record(t.stringArray()), { maxLength: 3 }) }, response: { n: t.int() } },
  raw: { params: t.sfsObject(), response: t.sfsObject() },
  'any.*': { params: t.sfsObject(), response: { command: t.string() } },
  throws: { response: {} },
  rejects: { response: {} },
  refuses: { response: {} },
  hangs: { response: {} },
  waits: { response: {} },
  misfits: { response: { n: t.int() } },
  leaves: { response: {} },
  logsOut: { response: {} },
  silent: {},
} as const

const COMMANDS = [
  ...Object.keys(REQUESTS),
  'any.x',
  'any.',
  'any.x.y',
  '__proto__',
  'toString',
  '',
  'x'.repeat(20_000),
]

const game = (level: 'zone' | 'room', startFails = false) =>
  defineExtension({
    level,
    requests: REQUESTS,
    messages: { note: { text: t.text() } },
    init({ handle, on, send, api, zone, schedule }) {
      if (startFails) throw new Error('a new version that does not start')
      const nothing = () => ({})
      const fail = () => {
        throw new Error('of a handler')
      }
      handle({
        numbers: ({ params }) => ({ a: params.a }),
        lists: ({ params }) => ({ n: params.l.length }),
        raw: ({ params }) => params,
        'any.*': async ({ command }) => ({ command }),
        throws: fail,
        rejects: async () => fail(),
        refuses: () => refuseCall('no', 'No'),
        hangs: () => new Promise(() => undefined),
        waits: () => new Promise(resolve => schedule.after(50, () => resolve({}))),
        misfits: () => ({ n: 0.5 }),
        leaves({ user }) {
          for (const room of zone.roomsJoinedBy(user)) api.leaveRoom(user, room)
          return {}
        },
        logsOut({ user }) {
          api.logOut(user)
          return nothing()
        },
        silent: () => undefined,
      })
      on('publicMessage', ({ text }) => {
        if (text.includes('!')) return false
        if (text.includes('?')) throw new Error('of a judge')
        return text.includes('.') ? { text: 'changed' } : undefined
      })
      on('userJoinRoom', ({ user, room }) => {
        send('note', { text: `${user.name} in ${room.name}` }, room)
        if (user.name === 'eve') api.leaveRoom(user, room)
      })
      if (level === 'zone') {
        on('userLogin', async ({ userName }) => {
          if (userName === '') throw new Error('of a login')
          return {}
        })
      }
    },
  })

const callOf = (command: fc.Arbitrary<string>, params: fc.Arbitrary<SFSObject>): fc.Arbitrary<Deed> =>
  fc.record({
    does: fc.constant('call' as const),
    command,
    params,
    where: fc.constantFrom<Where>('zone', 'room', 'nowhere'),
  })

/** Params that may fit, or nearly. */
const likely = fc
  .record({
    a: fc.integer({ min: -5, max: 5 }),
    b: fc.double(),
    c: fc.integer({ min: 0, max: 255 }),
    l: anyArray,
  })
  .map(({ a, b, c, l }) =>
    new SFSObject()
      .putInt('a', a)
      .putDouble('b', b)
      .putByte('c', c)
      .putSFSArray('l', a > 0 ? l : new SFSArray()),
  )

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: callOf(fc.constantFrom(...COMMANDS), fc.oneof(anyObject, likely)) },
  { weight: 1, arbitrary: callOf(fc.string({ maxLength: 40 }), anyObject) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('say' as const),
      text: fc.constantFrom('a', 'b!', 'c?', 'd.', ''),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constantFrom('join', 'leave', 'logout', 'login', 'lose'),
    }) as fc.Arbitrary<Deed>,
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('wait' as const), millis: fc.nat({ max: 100 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('reload' as const), fails: fc.boolean() }) },
)

/** Handlers are given up soon, clients never. */
const PATIENT = {
  limits: { handlerTimeoutSeconds: 1 },
  zone: { maxUserIdleSeconds: 0, extensions: [{ name: 'game', config: {} }] },
  sessionIdleSeconds: 1_000_000,
  maxWaitingRequests: 1000,
}

class Player {
  readonly asked = new Map<number, string>()
  visitor: Visitor
  readonly #stage: Stage
  readonly name: string
  #calls = 0

  constructor(stage: Stage, name: string, visitor: Visitor) {
    this.#stage = stage
    this.name = name
    this.visitor = visitor
  }

  async act(what: Deed): Promise<void> {
    const { line } = this.visitor
    const den = this.#stage.room('Den')
    switch (what.does) {
      case 'call': {
        if (line.isClosed) return
        const id = ++this.#calls
        const params = new SFSObject([...what.params.names], [...what.params.types], [...what.params.values])
        const roomId = { zone: -1, room: den.id, nowhere: 999 }[what.where]
        if (what.where === 'zone') this.asked.set(id, what.command)
        line.send('CallExtension', { command: what.command, params: params.putInt('$id', id), roomId })
        return
      }
      case 'say':
        if (!line.isClosed) line.send('PublicMessage', { roomId: den.id, userId: 0, message: what.text })
        return
      case 'join':
        if (!line.isClosed) line.send('JoinRoom', { roomName: 'Den' })
        return
      case 'leave':
        if (!line.isClosed) line.send('LeaveRoom', {})
        return
      case 'logout':
        if (!line.isClosed) line.send('Logout', {})
        return
      case 'login':
        if (!line.isClosed) line.send('Login', { zoneName: 'Test', userName: this.name, password: '' })
        return
      case 'lose':
        line.close('lost')
        await this.#stage.settle()
        this.asked.clear()
        this.visitor = await this.#stage.arrive()
        return
      case 'wait':
        return this.#stage.advance(what.millis)
      case 'reload': {
        const level = this.#calls % 2 === 0 ? 'zone' : 'room'
        const definition = game(level, what.fails)
        await this.#stage.host.replace({ name: level === 'zone' ? 'game' : 'hall', definition, config: {} })
      }
    }
  }
}

test('whatever clients send in whatever order, nothing breaks and nobody is stuck', async () => {
  const deeds = fc.array(fc.tuple(fc.nat({ max: 2 }), deed), { minLength: 10, maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(deeds, async steps => {
      const stage = await Stage.open({
        extensions: { game: game('zone'), hall: game('room') },
        rooms: [{ name: 'Den', extensions: [{ name: 'hall', config: {} }] }],
        ...PATIENT,
      })
      const players = await Promise.all(
        ['ann', 'bob', 'eve'].map(async name => new Player(stage, name, await stage.enter(name))),
      )
      for (const [who, what] of steps) await players[who]?.act(what)
      // Each of those that hang takes its time, one after the other.
      await stage.advance(steps.length * 1100)
      for (const player of players) await isNotStuck(player)
      assert.equal(stage.server.counters.faults, 0)
    }),
    { numRuns: 60 },
  )
})

/** Everything was answered once at most, and the line still works. */
async function isNotStuck({ name, visitor, asked }: Player): Promise<void> {
  const answers = new Map<unknown, number>()
  for (const [, params] of visitor.told()) {
    const id = (params as { $id?: unknown }).$id
    if (id !== undefined) answers.set(id, (answers.get(id) ?? 0) + 1)
  }
  for (const [id, count] of answers) assert.equal(count, 1, `call ${id}, ${asked.get(Number(id))}`)
  assert.ok(!visitor.line.isClosed)
  await visitor.logIn('')
  await visitor.ask('Logout', {})
  await visitor.logIn(`${name} survived`)
  visitor.heard()
  await visitor.call('numbers', new SFSObject().putInt('a', 4).putInt('$id', 7))
  assert.deepEqual(visitor.told(), [['numbers', { a: 4, $id: 7 }]])
}

test('every call with a number is answered once, whatever its params', async () => {
  const calls = fc.array(callOf(fc.constantFrom(...COMMANDS), fc.oneof(anyObject, likely)), { maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(calls, async made => {
      await using stage = await Stage.open({ extensions: { game: game('zone') }, ...PATIENT })
      const ann = await stage.enter('ann', 'Lobby')
      const sent = made.filter(call => call.does === 'call' && call.command !== 'logsOut')
      for (const [index, call] of sent.entries()) {
        if (call.does === 'call') ann.send(call.command, call.params.putInt('$id', index))
      }
      await stage.advance((sent.length + 1) * 1100)
      const ids = ann.messages().flatMap(message => {
        if (message.name !== 'ExtensionResponse') return []
        return (plain(message.fields.params) as { $id?: number }).$id ?? []
      })
      assert.deepEqual(
        ids,
        sent.map((_, index) => index),
      )
      assert.equal(stage.server.counters.faults, 0)
    }),
    { numRuns: 150 },
  )
})
