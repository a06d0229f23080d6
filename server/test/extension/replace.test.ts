import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { defineExtension, type Extension } from '../../src/extension/definition.ts'
import type { AnyDefinition } from '../../src/extension/instance.ts'
import { t } from '../../src/index.ts'
import { failure, later, marked, Stage } from './support/stage.ts'

interface Counter {
  n: number
}

const REQUESTS = {
  count: { response: { n: t.int(), version: t.int() } },
  hangs: { response: { n: t.int() } },
}

const MESSAGES = { tick: { version: t.int() } }

interface Version {
  readonly version: number
  readonly journal: string[]
  readonly level?: 'zone' | 'room'
  /** What happens when it starts. */
  readonly onStart?: () => void | Promise<void>
  readonly reloads?: boolean
  readonly config?: boolean
}

type Game = Extension<typeof REQUESTS, typeof MESSAGES, 'zone' | 'room', Record<never, never>>

/** Counts its requests, ticks every second, and hears of joins. */
function counting({ version, journal, level = 'zone', onStart, reloads = true, config = false }: Version) {
  const begin = async ({ handle, on, schedule, send, zone }: Game, state: Counter) => {
    handle({ count: () => ({ n: ++state.n, version }), hangs: () => new Promise(() => undefined) })
    on('userJoinRoom', ({ user }) => {
      journal.push(`v${version}: ${user.name} in`)
    })
    schedule.every(1000, () => send('tick', { version }, zone))
    await onStart?.()
    return state
  }
  const definition = {
    level,
    requests: REQUESTS,
    messages: MESSAGES,
    ...(config ? { config: { needed: t.int() } } : {}),
    init(extension: Game) {
      journal.push(`v${version}: init`)
      return begin(extension, { n: 0 })
    },
    reload(extension: Game, state: Counter) {
      journal.push(`v${version}: reload ${state.n}`)
      return begin(extension, state)
    },
    destroy(state: Counter) {
      journal.push(`v${version}: destroy ${state.n}`)
    },
  }
  const { reload: _reload, ...withoutReload } = definition
  return (reloads ? definition : withoutReload) satisfies AnyDefinition
}

async function open(first: Omit<Version, 'version' | 'journal'> = {}) {
  const journal: string[] = []
  const isRoom = first.level === 'room'
  const stage = await Stage.open({
    extensions: { game: counting({ version: 1, journal, ...first }) },
    rooms: isRoom ? [{ name: 'Den', extensions: [{ name: 'game', config: {} }] }] : [],
  })
  const ann = await stage.enter('ann', ...(isRoom ? ['Den'] : []))
  const room = isRoom ? stage.room('Den') : undefined
  const count = async () => {
    await ann.call('count', undefined, room)
    return ann.told().filter(([command]) => command === 'count')
  }
  const replace = async (next: Omit<Version, 'journal'>) => {
    const { started: replaced } = await stage.host.replace({
      name: 'game',
      definition: counting({ journal, ...first, ...next }),
      config: {},
    })
    await stage.settle()
    return replaced
  }
  return { stage, journal, ann, count, replace, room }
}

const fails = () => {
  throw new Error('broken')
}

describe('a new version of an extension', () => {
  for (const level of ['zone', 'room'] as const) {
    test(`of a ${level} takes over the state, and users stay`, async () => {
      const { stage, journal, ann, count, replace } = await open({ level })
      assert.deepEqual(await count(), [['count', { n: 1, version: 1 }]])
      journal.length = 0
      assert.equal(await replace({ version: 2 }), 1)
      assert.deepEqual(journal, ['v2: reload 1'])
      assert.deepEqual(await count(), [['count', { n: 2, version: 2 }]])
      assert.ok(ann.isLoggedIn)
      // Only the new one ticks.
      await stage.advance(1000)
      assert.deepEqual(ann.told(), [['tick', { version: 2 }]])
      assert.equal([...stage.host.instances()].length, 1)
    })

    test(`of a ${level} starts from nothing without reload, and the old one is destroyed`, async () => {
      const { journal, count, replace } = await open({ level, reloads: false })
      await count()
      journal.length = 0
      assert.equal(await replace({ version: 2 }), 1)
      assert.deepEqual(journal, ['v2: init', 'v1: destroy 1'])
      assert.deepEqual(await count(), [['count', { n: 1, version: 2 }]])
    })
  }

  for (const reloads of [true, false]) {
    for (const when of ['at once', 'later'] as const) {
      const how = reloads ? 'reload' : 'init'
      const onStart = when === 'later' ? () => Promise.reject(new Error('broken')) : fails

      test(`whose ${how} fails ${when} leaves the old one running, with its state and schedules`, async () => {
        const { stage, journal, ann, count, replace } = await open({ reloads })
        await count()
        await stage.advance(500)
        journal.length = 0
        assert.equal(await replace({ version: 2, onStart }), 0)
        assert.deepEqual(await count(), [['count', { n: 2, version: 1 }]])
        await ann.ask('JoinRoom', { roomName: 'Lobby' })
        assert.deepEqual(journal, [reloads ? 'v2: reload 1' : 'v2: init', 'v1: ann in'])
        ann.heard()
        await stage.advance(1000)
        assert.deepEqual(ann.told(), [['tick', { version: 1 }]])
        assert.deepEqual(
          stage.logged('error', 'game').filter(message => message.includes('new version')),
          ['The new version does not start'],
        )
        // A third one may still take over.
        assert.equal(await replace({ version: 3 }), 1)
        assert.deepEqual(await count(), [['count', { n: reloads ? 3 : 1, version: 3 }]])
      })
    }
  }

  test('whose configuration does not fit leaves the old one running', async () => {
    const { count, replace, stage } = await open()
    assert.equal(await replace({ version: 2, config: true }), 0)
    assert.deepEqual(await count(), [['count', { n: 1, version: 1 }]])
    assert.match(
      String(stage.log.records.find(({ message }) => message.includes('new version'))?.fields.err),
      /needed is missing/,
    )
  })

  test('that no longer fits the place leaves the old one running', async () => {
    const { count, replace } = await open()
    assert.equal(await replace({ version: 2, level: 'room' }), 0)
    assert.deepEqual(await count(), [['count', { n: 1, version: 1 }]])
  })

  test('that hangs is given up, and the old one goes on', async () => {
    const { stage, ann, count, replace } = await open()
    const replaced = replace({ version: 2, onStart: () => new Promise(() => undefined) })
    await stage.settle()
    // Requests wait as long as the new one has the state.
    ann.send('count', marked(1))
    await stage.settle()
    assert.deepEqual(ann.told(), [])
    await stage.advance(30_000)
    assert.equal(await replaced, 0)
    assert.deepEqual(
      ann.told().filter(([command]) => command === 'count'),
      [['count', { n: 1, version: 1, $id: 1 }]],
    )
    assert.deepEqual(await count(), [['count', { n: 2, version: 1 }]])
  })

  test('has the state alone while it starts: requests, events and schedules of the old one wait', async () => {
    const gate = later()
    const { stage, journal, ann, replace } = await open()
    await stage.advance(500)
    journal.length = 0
    const replaced = replace({ version: 2, onStart: () => gate.promise })
    await stage.settle()
    const bob = await stage.enter('bob', 'Lobby')
    ann.send('count', marked(1))
    await stage.advance(700)
    assert.deepEqual([ann.told(), bob.told(), journal], [[], [], ['v2: reload 0']])
    gate.resolve()
    assert.equal(await replaced, 1)
    assert.deepEqual(journal, ['v2: reload 0', 'v2: bob in'])
    assert.deepEqual(ann.told(), [['count', { n: 1, version: 2, $id: 1 }]])
    await stage.advance(300)
    assert.deepEqual(ann.told(), [['tick', { version: 2 }]])
  })

  test('that fails gives back what waited: the old one answers, hears and ticks', async () => {
    const gate = later()
    const { stage, journal, ann, replace } = await open()
    await stage.advance(500)
    journal.length = 0
    const replaced = replace({ version: 2, onStart: () => gate.promise })
    await stage.settle()
    await stage.enter('bob', 'Lobby')
    ann.send('count', marked(1))
    await stage.advance(700)
    gate.reject(new Error('broken'))
    assert.equal(await replaced, 0)
    assert.deepEqual(journal, ['v2: reload 0', 'v1: bob in'])
    assert.deepEqual(
      new Set(ann.told().map(line => JSON.stringify(line))),
      new Set([
        JSON.stringify(['tick', { version: 1 }]),
        JSON.stringify(['count', { n: 1, version: 1, $id: 1 }]),
      ]),
    )
  })

  test('does not answer what the old one was asked before; that is told', async () => {
    const { stage, ann, replace } = await open()
    ann.send('hangs', marked(1))
    await stage.settle()
    await replace({ version: 2 })
    assert.deepEqual(ann.told(), [['hangs', failure('stopped', 'The extension has stopped', { $id: 1 })]])
    assert.deepEqual(stage.faults('game'), {})
  })

  test('ends with the room of the old one', async () => {
    const gate = later()
    const { stage, journal, replace, room } = await open({ level: 'room' })
    assert.ok(room)
    journal.length = 0
    const replaced = replace({ version: 2, onStart: () => gate.promise })
    await stage.settle()
    stage.api.removeRoom(stage.zone, room)
    await stage.settle()
    gate.resolve()
    assert.equal(await replaced, 0)
    await stage.advance(5000)
    assert.equal([...stage.host.instances()].length, 0)
    assert.deepEqual(journal, ['v2: reload 0', 'v2: destroy 0'], 'the state ends once')
  })

  test('that fails after the room of the old one has gone leaves the state to that', async () => {
    const gate = later()
    const { stage, ann, journal, replace, room } = await open({ level: 'room' })
    assert.ok(room)
    journal.length = 0
    const replaced = replace({ version: 2, onStart: () => gate.promise })
    await stage.settle()
    ann.send('count', marked(1), room)
    stage.api.removeRoom(stage.zone, room)
    await stage.settle()
    gate.reject(new Error('too late'))
    assert.equal(await replaced, 0)
    assert.deepEqual(journal, ['v2: reload 0', 'v1: destroy 0'])
    assert.equal(ann.told().length, 1)
  })

  test('ends with the server', async () => {
    const gate = later()
    const { stage, ann, replace } = await open()
    const replaced = replace({ version: 2, onStart: () => gate.promise })
    await stage.settle()
    await stage.host.stop()
    gate.resolve()
    assert.equal(await replaced, 0)
    ann.heard()
    await stage.advance(5000)
    assert.deepEqual(ann.told(), [])
  })

  test('starts anew where the old one was stopped for its faults', async () => {
    const journal: string[] = []
    const breaks = defineExtension({
      requests: { count: { response: { n: t.int(), version: t.int() } }, hangs: {} },
      init: ({ handle }) =>
        handle({
          count: () => fails() as never,
          hangs: () => undefined,
        }),
    })
    await using stage = await Stage.open({ extensions: { game: breaks }, limits: { maxFaults: 1 } })
    const ann = await stage.enter('ann')
    await ann.call('count')
    assert.deepEqual(stage.faults('game'), { error: 1, stopped: 1 })
    const definition = counting({ version: 2, journal })
    assert.deepEqual(await stage.host.replace({ name: 'game', definition, config: {} }), {
      started: 1,
      failed: 0,
    })
    ann.heard()
    await ann.call('count')
    assert.deepEqual([journal, ann.told()], [['v2: init'], [['count', { n: 1, version: 2 }]]])
  })

  test('is used by rooms to come, unless it started nowhere', async () => {
    const { stage, journal, replace } = await open({ level: 'room' })
    const make = async (name: string) => {
      journal.length = 0
      stage.api.createRoom(stage.zone, { name, extensions: [{ name: 'game', config: {} }] })
      await stage.settle()
      return [...journal]
    }
    await replace({ version: 2, onStart: fails })
    assert.deepEqual(await make('A'), ['v1: init'])
    await replace({ version: 3 })
    assert.deepEqual(await make('B'), ['v3: init'])
  })

  test('starts in each place by itself', async () => {
    const journal: string[] = []
    const extensions = [{ name: 'game', config: {} }]
    await using stage = await Stage.open({
      extensions: { game: counting({ version: 1, journal, level: 'room' }) },
      rooms: [
        { name: 'A', extensions },
        { name: 'B', extensions },
      ],
    })
    let starts = 0
    const definition = counting({
      version: 2,
      journal,
      level: 'room',
      onStart: () => {
        if (++starts === 1) throw new Error('only once')
      },
    })
    assert.deepEqual(await stage.host.replace({ name: 'game', definition, config: {} }), {
      started: 1,
      failed: 1,
    })
    const ann = await stage.enter('ann', 'A', 'B')
    for (const room of ['A', 'B']) await ann.call('count', undefined, stage.room(room))
    assert.deepEqual(ann.told(), [
      ['count', { n: 1, version: 1 }],
      ['count', { n: 1, version: 2 }],
    ])
  })

  test('of an extension that nobody runs changes nothing, and is known', async () => {
    const { stage, journal } = await open()
    const definition = counting({ version: 9, journal, level: 'room' })
    assert.deepEqual(await stage.host.replace({ name: 'other', definition, config: {} }), {
      started: 0,
      failed: 0,
    })
    assert.deepEqual([...stage.host.names], ['game', 'other'])
  })

  test('logins and messages wait for it and are not let through unseen', async () => {
    const gate = later()
    const door = (version: number, start?: Promise<void>): AnyDefinition =>
      defineExtension({
        init: async ({ on }) => {
          await start
          on('userLogin', ({ userName }) => ({ userName: `${userName} v${version}` }))
          on('publicMessage', ({ text }) => ({ text: `${text} v${version}` }))
        },
        async reload({ on }) {
          await start
          on('userLogin', ({ userName }) => ({ userName: `${userName} v${version}` }))
          on('publicMessage', ({ text }) => ({ text: `${text} v${version}` }))
        },
      })
    await using stage = await Stage.open({ extensions: { door: door(1) } })
    const ann = await stage.enter('ann', 'Lobby')
    const replaced = stage.host.replace({ name: 'door', definition: door(2, gate.promise), config: {} })
    await stage.settle()
    const bob = await stage.arrive()
    bob.line.send('Login', { zoneName: 'Test', userName: 'bob', password: '' })
    await ann.say('hello')
    assert.deepEqual([bob.heard(), ann.heard()], [[], []])
    gate.resolve()
    await replaced
    await stage.settle()
    assert.deepEqual(
      Array.from(stage.zone.users, ({ name }) => name),
      ['ann v1', 'bob v2'],
    )
    assert.deepEqual(ann.heard(), [`${ann.user.id} says hello v2`])
  })
})
