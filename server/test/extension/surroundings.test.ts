import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type DataStore, MemoryDataStores } from '../../src/extension/data-store.ts'
import { defineExtension } from '../../src/extension/definition.ts'
import type { AnyDefinition } from '../../src/extension/instance.ts'
import type { InternalMessages } from '../../src/extension/internal-messages.ts'
import { t } from '../../src/index.ts'
import { later, Stage } from './support/stage.ts'

const HALL = { name: 'hall', config: {} }

describe('messages between extensions', () => {
  /** An extension of which nothing is used but its way to the others. */
  function peer(
    onto: (internal: InternalMessages) => void = () => undefined,
    level: 'zone' | 'room' = 'zone',
  ) {
    let reach: InternalMessages | undefined
    const definition: AnyDefinition = defineExtension({
      level,
      init({ internal }) {
        reach = internal
        onto(internal)
      },
    })
    const ask = (...args: Parameters<InternalMessages['ask']>) => {
      assert.ok(reach)
      return reach.ask(...args)
    }
    return { definition, ask }
  }

  test('find an extension of the zone by name, and are answered by value', async () => {
    const shared = { a: 1 }
    const asks = peer()
    const knows = peer(internal => {
      internal.on('same', payload => payload)
      internal.on('who', (_payload, from) => `you are ${from}`)
      internal.on('late', async payload => Number(payload) + 1)
    })
    await using _stage = await Stage.open({ extensions: { asks: asks.definition, knows: knows.definition } })
    assert.equal(await asks.ask('knows', 'same', shared), shared)
    assert.equal(await asks.ask('knows', 'who'), 'you are asks')
    assert.equal(await asks.ask('knows', 'late', 4), 5)
    assert.equal(await knows.ask('knows', 'who'), 'you are knows')
  })

  test('find the extension of a room', async () => {
    const asks = peer()
    const room = peer(internal => internal.on('who', (_payload, from) => `room asked by ${from}`), 'room')
    await using stage = await Stage.open({
      extensions: { asks: asks.definition, hall: room.definition },
      rooms: [{ name: 'A', extensions: [HALL] }],
    })
    assert.equal(await asks.ask({ name: 'hall', room: stage.room('A') }, 'who'), 'room asked by asks')
    await assert.rejects(asks.ask('hall', 'who'), /There is no extension hall in zone Test/)
    await assert.rejects(
      asks.ask({ name: 'hall', room: stage.room('Lobby') }, 'who'),
      /There is no extension hall in room Lobby/,
    )
  })

  test('wait for the same extension in another room that still starts', async () => {
    const gate = later()
    const asks = new Map<string, InternalMessages['ask']>()
    const hall = defineExtension({
      level: 'room',
      async init({ internal, room }) {
        asks.set(room.name, internal.ask.bind(internal))
        if (room.name === 'B') await gate.promise
        internal.on('where', () => room.name)
      },
    })
    await using stage = await Stage.open({ extensions: { hall }, rooms: [{ name: 'A', extensions: [HALL] }] })
    stage.api.createRoom(stage.zone, { name: 'B', extensions: [HALL] })
    await stage.settle()
    const answer = asks.get('A')?.({ name: 'hall', room: stage.room('B') }, 'where')
    await stage.settle()
    gate.resolve()
    assert.equal(await answer, 'B')
  })

  test('wait for the extension of a room that still starts', async () => {
    const gate = later()
    const asks = peer()
    const slow = defineExtension({
      level: 'room',
      async init({ internal }) {
        await gate.promise
        internal.on('who', () => 'slow')
      },
    })
    await using stage = await Stage.open({ extensions: { asks: asks.definition, hall: slow } })
    const room = stage.api.createRoom(stage.zone, { name: 'New', extensions: [HALL] })
    const answer = asks.ask({ name: 'hall', room }, 'who')
    await stage.settle()
    gate.resolve()
    assert.equal(await answer, 'slow')
  })

  test('say what is missing', async () => {
    const asks = peer(internal => {
      internal.on('a', () => 1)
      assert.throws(() => internal.on('a', () => 2), /The topic a is answered already/)
    })
    await using _stage = await Stage.open({ extensions: { asks: asks.definition } })
    await assert.rejects(asks.ask('nobody', 'a'), /There is no extension nobody in zone Test/)
    await assert.rejects(
      asks.ask('asks', 'toString'),
      /The extension asks does not answer to the topic toString/,
    )
  })

  test('hand on what the other throws, whose fault it is', async () => {
    const asks = peer()
    const fails = peer(internal => {
      internal.on('throws', () => {
        throw new Error('of the other')
      })
      internal.on('rejects', async () => {
        throw new Error('of the other')
      })
      internal.on('hangs', () => new Promise(() => undefined))
    })
    await using stage = await Stage.open({ extensions: { asks: asks.definition, fails: fails.definition } })
    await assert.rejects(asks.ask('fails', 'throws'), /of the other/)
    await assert.rejects(asks.ask('fails', 'rejects'), /of the other/)
    const hangs = assert.rejects(asks.ask('fails', 'hangs'), /topic hangs took longer than 30 s/)
    await stage.advance(30_000)
    await hangs
    assert.deepEqual([stage.faults('fails'), stage.faults('asks')], [{ error: 2, timeout: 1 }, {}])
  })

  test('are not answered by an extension that has stopped', async () => {
    const asks = peer()
    const fails = peer(internal => {
      internal.on('throws', () => {
        throw new Error('no')
      })
      internal.on('works', () => 1)
    })
    await using _stage = await Stage.open({
      extensions: { asks: asks.definition, fails: fails.definition },
      limits: { maxFaults: 1 },
    })
    await assert.rejects(asks.ask('fails', 'throws'))
    await assert.rejects(asks.ask('fails', 'works'), /The extension fails in zone Test has stopped/)
  })

  test('an extension may ask itself while it starts', async () => {
    const selfish = defineExtension({
      async init({ internal, log }) {
        internal.on('a', () => 'own')
        log.info(String(await internal.ask('selfish', 'a')))
      },
    })
    await using stage = await Stage.open({ extensions: { selfish } })
    assert.deepEqual(stage.logged('info', 'selfish'), ['own'])
  })
})

describe('what an extension keeps by key', () => {
  test('is a copy, and its own', async () => {
    const stores = new MemoryDataStores()
    const one = stores.of('one')
    const value = { list: [1, 2] }
    await one.set('a', value)
    value.list.push(3)
    const got = await one.get('a')
    assert.deepEqual(got, { list: [1, 2] })
    ;(got as typeof value).list.push(4)
    assert.deepEqual(await stores.of('one').get('a'), { list: [1, 2] })
    assert.equal(await stores.of('two').get('a'), undefined)
  })

  test('is listed by prefix and deleted by key, hostile names included', async () => {
    const store: DataStore = new MemoryDataStores().of('one')
    for (const key of ['b', 'a.2', 'a.1', '__proto__', 'constructor', '']) await store.set(key, key)
    assert.deepEqual(await store.keys('a.'), ['a.1', 'a.2'])
    assert.deepEqual(await store.keys(), ['', '__proto__', 'a.1', 'a.2', 'b', 'constructor'])
    assert.equal(await store.get('__proto__'), '__proto__')
    assert.deepEqual([await store.delete('b'), await store.delete('b')], [true, false])
    assert.equal(await store.get('b'), undefined)
  })

  test('is what JSON can hold', async () => {
    const store = new MemoryDataStores().of('one')
    const endless: unknown[] = []
    endless.push(endless)
    for (const value of [undefined, () => 1, 5n, endless])
      await assert.rejects(store.set('a', value as never), TypeError)
    await store.set('a', null)
    assert.equal(await store.get('a'), null)
  })

  test('is there for the extension and for all its rooms', async () => {
    const counts: unknown[] = []
    const hall = defineExtension({
      level: 'room',
      async init({ data, room }) {
        await data.set(room.name, room.id)
        counts.push(await data.keys())
      },
    })
    await using _stage = await Stage.open({
      extensions: { hall },
      rooms: [
        { name: 'A', extensions: [HALL] },
        { name: 'B', extensions: [HALL] },
      ],
    })
    assert.deepEqual(counts, [['A'], ['A', 'B']])
  })
})

describe('the configuration', () => {
  const seen: unknown[] = []
  const definition = defineExtension({
    config: {
      speed: t.preset(t.int({ min: 1 }), 3),
      title: t.optional(t.string()),
      ways: t.object({ left: t.bool() }),
    },
    init: ({ config }) => {
      seen.push(config)
    },
  })
  const open = (own: Record<string, unknown>, ofZone: Record<string, unknown> = {}) =>
    Stage.open({
      sources: [{ name: 'timed', definition, config: own }],
      zone: { extensions: [{ name: 'timed', config: ofZone }] },
    })

  test('is that of the file, with what the zone says on top, key by key', async () => {
    await using _stage = await open({ ways: { left: true }, title: 'file', speed: 9 }, { title: 'zone' })
    assert.deepEqual(seen.pop(), { speed: 9, title: 'zone', ways: { left: true } })
    await using _other = await open({}, { ways: { left: false } })
    assert.deepEqual(seen.pop(), { speed: 3, ways: { left: false } })
  })

  const WRONG: readonly (readonly [config: Record<string, unknown>, message: RegExp])[] = [
    [{}, /of zone Test has a wrong config: ways is missing, wanted SFS_OBJECT/],
    [{ ways: { left: 1 } }, /ways\.left is a number, wanted true or false/],
    [{ ways: { left: true }, speed: 0 }, /speed is 0, less than 1/],
    [{ ways: { left: true }, sped: 1 }, /sped is not known/],
    [JSON.parse('{"ways": {"left": true}, "__proto__": {"speed": 1}}'), /__proto__ is not known/],
    [{ ways: { left: true }, toString: 1 }, /toString is not known/],
  ]
  for (const [config, message] of WRONG) {
    test(`${JSON.stringify(config)} keeps the server from starting, and the key is named`, async () => {
      await assert.rejects(open(config), message)
      await assert.rejects(open({}, config), message)
    })
  }
})

describe('the log and the metrics of an extension', () => {
  test('are marked with its name', async () => {
    const chatty = defineExtension({
      init({ log }) {
        log.debug('d')
        log.info('i', { a: 1, extension: 'forged' })
        log.warn('w')
        log.error('e')
      },
    })
    await using stage = await Stage.open({ extensions: { chatty } })
    assert.deepEqual(
      stage.log.records.map(({ level, message, extension }) => `${level} ${message} ${extension}`),
      ['debug d chatty', 'info i chatty', 'warn w chatty', 'error e chatty'],
    )
  })
})

describe('what an extension sends', () => {
  const messages = { note: { text: t.string({ maxLength: 5 }) } }

  test('reaches a user, some users, a room, or a zone', async () => {
    let send: ((to: never) => void) | undefined
    const speaks = defineExtension({
      messages,
      init({ send: say }) {
        send = to => say('note', { text: 'hi' }, to)
      },
    })
    await using stage = await Stage.open({ extensions: { speaks } })
    const ann = await stage.enter('ann', 'Lobby')
    const bob = await stage.enter('bob', 'Lobby')
    const eve = await stage.enter('eve')
    const npc = stage.api.createNpc(stage.zone, 'npc')
    const heardOf = async (to: unknown) => {
      for (const visitor of [ann, bob, eve]) visitor.heard()
      send?.(to as never)
      await stage.settle()
      return [ann, bob, eve].map(visitor => visitor.heard().length)
    }
    assert.deepEqual(await heardOf(ann.user), [1, 0, 0])
    assert.deepEqual(await heardOf([ann.user, eve.user]), [1, 0, 1])
    assert.deepEqual(await heardOf(new Set([bob.user, npc])), [0, 1, 0])
    assert.deepEqual(await heardOf(stage.room('Lobby')), [1, 1, 0])
    assert.deepEqual(await heardOf(stage.zone), [1, 1, 1])
    assert.deepEqual(await heardOf([]), [0, 0, 0])
    assert.throws(() => send?.([ann.user, undefined] as never), /to users/)
    assert.throws(() => send?.('ann' as never), /to users/)
    assert.deepEqual(
      [ann, bob, eve].map(visitor => visitor.heard().length),
      [0, 0, 0],
      'nobody hears a part',
    )
  })

  test('is checked before anybody hears it', async () => {
    const thrown: string[] = []
    const speaks = defineExtension({
      messages,
      init({ on, send, zone }) {
        on('userJoinZone', () => {
          for (const [name, params] of [
            ['note', { text: 'longer' }],
            ['note', {}],
            ['nothing', {}],
            ['toString', {}],
          ]) {
            try {
              send(name as 'note', params as { text: string }, zone)
            } catch (error) {
              thrown.push(String(error))
            }
          }
        })
      },
    })
    await using stage = await Stage.open({ extensions: { speaks } })
    const ann = await stage.enter('ann')
    assert.deepEqual(ann.heard(), [])
    assert.deepEqual(thrown, [
      'ShapeError: text has more than 5 characters',
      'ShapeError: text is missing, wanted UTF_STRING',
      'Error: The extension speaks has no message nothing',
      'Error: The extension speaks has no message toString',
    ])
  })
})
