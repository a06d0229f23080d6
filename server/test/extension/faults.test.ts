import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { defineExtension } from '../../src/extension/definition.ts'
import type { AnyDefinition } from '../../src/extension/instance.ts'
import { t } from '../../src/index.ts'
import { failure, later, marked, Stage } from './support/stage.ts'

const STOPPED = failure('stopped', 'The extension has stopped')

/** Answers, and fails when asked to. */
function troubled(journal: string[] = []): AnyDefinition {
  return defineExtension({
    requests: {
      fine: { response: { n: t.int() } },
      throws: { response: { n: t.int() } },
      rejects: { response: { n: t.int() } },
      hangs: { response: { n: t.int() } },
      misfits: { response: { n: t.int() } },
    },
    messages: { tick: {} },
    init({ handle, on, schedule, send, zone }) {
      handle({
        fine: () => ({ n: 1 }),
        throws: () => {
          throw new Error('no')
        },
        rejects: async () => {
          throw new Error('no')
        },
        hangs: () => new Promise(() => undefined),
        misfits: () => ({ n: 0.5 }),
      })
      on('userJoinRoom', ({ user }) => journal.push(`${user.name} in`) as never)
      schedule.every(1000, () => send('tick', {}, zone))
      return 'state'
    },
    destroy(state) {
      journal.push(`destroy ${state}`)
    },
  })
}

const calm = (): AnyDefinition =>
  defineExtension({
    requests: { calm: { response: {} } },
    init: ({ handle }) => handle({ calm: () => ({}) }),
  })

describe('an extension with too many faults', () => {
  test('is stopped, says so to whoever asks, and leaves the others alone', async () => {
    const journal: string[] = []
    await using stage = await Stage.open({
      extensions: { troubled: troubled(journal), calm: calm() },
      limits: { maxFaults: 3 },
    })
    const ann = await stage.enter('ann')
    const bob = await stage.enter('bob')
    bob.send('hangs', marked(9))
    for (const command of ['throws', 'rejects', 'misfits']) await ann.call(command, marked(1))
    assert.deepEqual(stage.faults('troubled'), { error: 3, stopped: 1 })
    assert.deepEqual(stage.log.records.find(({ message }) => message.includes('too many faults'))?.fields, {
      zone: 'Test',
      maxFaults: 3,
      faultWindowSeconds: 60,
    })
    assert.deepEqual(journal, ['destroy state'])
    // Who waited is told as well.
    assert.deepEqual(bob.told(), [['hangs', { ...STOPPED, $id: 9 }]])
    ann.heard()
    await ann.call('fine')
    await ann.call('fine', marked(2))
    await ann.call('nothing', marked(3))
    await ann.call('calm', marked(4))
    assert.deepEqual(ann.told(), [
      ['fine', STOPPED],
      ['fine', { ...STOPPED, $id: 2 }],
      ['nothing', failure('unknown-command', 'Nobody answers to nothing here', { $id: 3 })],
      ['calm', { $id: 4 }],
    ])
    // It hears and does nothing more.
    await ann.ask('JoinRoom', { roomName: 'Lobby' })
    await stage.advance(5000)
    assert.deepEqual(journal, ['destroy state'])
    assert.ok(!ann.heard().includes('tick'))
    assert.equal(stage.server.counters.faults, 0)
  })

  test('goes on when the faults are far apart', async () => {
    await using stage = await Stage.open({
      extensions: { troubled: troubled() },
      limits: { maxFaults: 2, faultWindowSeconds: 10 },
    })
    const ann = await stage.enter('ann')
    for (let turn = 0; turn < 5; turn++) {
      await ann.call('throws')
      await stage.advance(10_001)
    }
    assert.deepEqual(stage.faults('troubled'), { error: 5 })
    ann.heard()
    await ann.call('fine')
    assert.deepEqual(ann.told(), [['fine', { n: 1 }]])
  })

  test('goes on without a limit', async () => {
    await using stage = await Stage.open({ extensions: { troubled: troubled() } })
    const ann = await stage.enter('ann')
    for (let turn = 0; turn < 200; turn++) await ann.call('throws')
    ann.heard()
    await ann.call('fine')
    assert.deepEqual(ann.told(), [['fine', { n: 1 }]])
  })

  test('is stopped by timeouts and by events as well', async () => {
    const breaks = defineExtension({
      requests: { hangs: {} },
      init({ handle, on }) {
        handle({ hangs: () => new Promise(() => undefined) })
        on('userJoinRoom', async () => {
          throw new Error('no')
        })
      },
    })
    await using stage = await Stage.open({ extensions: { breaks }, limits: { maxFaults: 2 } })
    const ann = await stage.enter('ann')
    ann.send('hangs')
    await stage.advance(30_000)
    await ann.ask('JoinRoom', { roomName: 'Lobby' })
    assert.deepEqual(stage.faults('breaks'), { timeout: 1, error: 1, stopped: 1 })
  })

  test('is stopped in one place, and goes on in the others', async () => {
    const hall = defineExtension({
      level: 'room',
      requests: { throws: {}, fine: { response: {} } },
      init: ({ handle }) =>
        handle({
          throws: () => {
            throw new Error('no')
          },
          fine: () => ({}),
        }),
    })
    const extensions = [{ name: 'hall', config: {} }]
    await using stage = await Stage.open({
      extensions: { hall },
      limits: { maxFaults: 1 },
      rooms: [
        { name: 'A', extensions },
        { name: 'B', extensions },
      ],
    })
    const ann = await stage.enter('ann', 'A', 'B')
    await ann.call('throws', undefined, stage.room('A'))
    await ann.call('fine', undefined, stage.room('A'))
    await ann.call('fine', undefined, stage.room('B'))
    assert.deepEqual(ann.told(), [
      ['fine', STOPPED],
      ['fine', {}],
    ])
  })
})

describe('the end', () => {
  test('waits for what destroy has to do, but not for ever', async () => {
    const gate = later()
    const journal: string[] = []
    const slow = (name: string, until: Promise<unknown>) =>
      defineExtension({
        init: () => undefined,
        async destroy() {
          await until
          journal.push(name)
        },
      })
    const stage = await Stage.open({
      extensions: {
        slow: slow('slow', gate.promise),
        endless: slow('endless', new Promise(() => undefined)),
      },
    })
    let hasEnded = false
    const ended = stage.host.stop().then(() => {
      hasEnded = true
    })
    gate.resolve()
    await stage.settle()
    assert.deepEqual([journal, hasEnded], [['slow'], false])
    await stage.advance(30_000)
    await ended
    assert.deepEqual(stage.faults('endless'), { timeout: 1 })
  })

  test('is not held up by a destroy that fails', async () => {
    const fails = defineExtension({
      init: () => undefined,
      destroy() {
        throw new Error('no')
      },
    })
    const stage = await Stage.open({ extensions: { fails } })
    await stage.host.stop()
    assert.deepEqual(stage.faults('fails'), { error: 1 })
  })

  test('answers requests that still wait, and knows no command any more', async () => {
    const stage = await Stage.open({ extensions: { troubled: troubled() } })
    const ann = await stage.enter('ann')
    ann.send('hangs', marked(1))
    await stage.settle()
    await stage.host.stop()
    await ann.call('fine', marked(2))
    assert.deepEqual(ann.told(), [
      ['hangs', { ...STOPPED, $id: 1 }],
      ['fine', failure('unknown-command', 'Nobody answers to fine here', { $id: 2 })],
    ])
    assert.deepEqual(stage.faults('troubled'), {})
  })

  test('starts no extension of rooms that are made later', async () => {
    const hall = defineExtension({ level: 'room', init: () => undefined })
    const stage = await Stage.open({ extensions: { hall } })
    await stage.host.stop()
    stage.api.createRoom(stage.zone, { name: 'Late', extensions: [{ name: 'hall', config: {} }] })
    await stage.settle()
    assert.equal([...stage.host.instances()].length, 0)
  })
})

describe('the start', () => {
  test('of the server fails with an init that throws or hangs, which is named', async () => {
    const throws = defineExtension({
      init() {
        throw new Error('no database')
      },
    })
    await assert.rejects(
      Stage.open({ extensions: { throws } }),
      /The extension "throws" of zone Test does not start: no database/,
    )
    const hangs = defineExtension({ init: () => new Promise<void>(() => undefined) })
    const stage = new Stage({ extensions: { hangs } })
    const started = assert.rejects(
      stage.server.start(),
      /The extension "hangs" of zone Test does not start: init took longer than 30 s/,
    )
    await stage.advance(30_000)
    await started
  })

  test('that fails leaves no schedules behind', async () => {
    const journal: string[] = []
    const half = defineExtension({
      init({ schedule }) {
        schedule.every(100, () => journal.push('tick') as never)
        throw new Error('no')
      },
    })
    const stage = new Stage({ extensions: { half } })
    await assert.rejects(stage.server.start())
    await stage.advance(1000)
    assert.deepEqual(journal, [])
  })
})
