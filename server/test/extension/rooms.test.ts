import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { defineExtension } from '../../src/extension/definition.ts'
import type { AnyDefinition } from '../../src/extension/instance.ts'
import { t } from '../../src/index.ts'
import { failure, later, marked, Stage, type Visitor } from './support/stage.ts'

/** Says where it runs, and writes down what becomes of it. */
function hall(journal: string[]): AnyDefinition {
  return defineExtension({
    level: 'room',
    config: { greeting: t.preset(t.string(), 'Hello') },
    requests: { where: { response: { room: t.string(), greeting: t.string() } } },
    messages: { tick: {} },
    init({ handle, on, room, zone, config, schedule, send }) {
      journal.push(`init ${zone.name} ${room.name}`)
      handle({ where: () => ({ room: room.name, greeting: config.greeting }) })
      on('userJoinRoom', ({ user }) => journal.push(`${user.name} in ${room.name}`) as never)
      on('roomRemoved', () => journal.push(`${room.name} removed`) as never)
      schedule.every(1000, () => send('tick', {}, room))
      return room.name
    },
    destroy(name) {
      journal.push(`destroy ${name}`)
    },
  })
}

const HALL = { name: 'hall', config: {} }
const NEW_ROOM = {
  name: 'New',
  groupId: 'default',
  password: '',
  isGame: false,
  maxUsers: 5,
  maxSpectators: 0,
  maxVariables: 5,
  onlyOwnerInvites: true,
  autoJoin: true,
}

const inRoom = async (visitor: Visitor, stage: Stage, room: string, params?: SFSObject) => {
  await visitor.call('where', params, stage.room(room))
  return visitor.told()
}

describe('a room that is there from the start', () => {
  test('has an extension of its own, which those in it can call and hear', async () => {
    const journal: string[] = []
    await using stage = await Stage.open({
      extensions: { hall: hall(journal) },
      rooms: [
        { name: 'A', extensions: [HALL] },
        { name: 'B', extensions: [{ name: 'hall', config: { greeting: 'Hi' } }] },
      ],
    })
    assert.deepEqual(journal, ['init Test A', 'init Test B'])
    const ann = await stage.enter('ann', 'A', 'B')
    const bob = await stage.enter('bob', 'B')
    ann.heard()
    assert.deepEqual(await inRoom(ann, stage, 'A'), [['where', { room: 'A', greeting: 'Hello' }]])
    assert.deepEqual(await inRoom(ann, stage, 'B'), [['where', { room: 'B', greeting: 'Hi' }]])
    await stage.advance(1000)
    assert.deepEqual([ann.heard(), bob.heard()], [['tick', 'tick'], ['tick']])
  })

  test('says in its messages which room speaks', async () => {
    await using stage = await Stage.open({
      extensions: { hall: hall([]) },
      rooms: [{ name: 'A', extensions: [HALL] }],
    })
    const ann = await stage.enter('ann', 'A')
    await ann.call('where', undefined, stage.room('A'))
    const [message] = ann.messages()
    assert.ok(message?.name === 'ExtensionResponse')
    assert.equal(message.fields.roomId, stage.room('A').id)
  })

  test('is only called by those who are in it', async () => {
    await using stage = await Stage.open({
      extensions: { hall: hall([]) },
      rooms: [{ name: 'A', extensions: [HALL] }],
    })
    const ann = await stage.enter('ann')
    assert.deepEqual(await inRoom(ann, stage, 'A'), [])
    assert.equal(stage.server.counters.refusals.get('room-not-joined'), 1)
    ann.line.send('CallExtension', { command: 'where', params: new SFSObject(), roomId: 999 })
    await stage.settle()
    assert.deepEqual(ann.told(), [])
  })

  test('does not answer for the zone, nor the zone for it', async () => {
    const zone = defineExtension({
      requests: { zoned: {} },
      init: ({ handle }) => handle({ zoned: () => undefined }),
    })
    await using stage = await Stage.open({
      extensions: { zone, hall: hall([]) },
      rooms: [{ name: 'A', extensions: [HALL] }],
    })
    const ann = await stage.enter('ann', 'A')
    await ann.call('where', marked(1))
    await ann.call('zoned', marked(2), stage.room('A'))
    assert.deepEqual(ann.told(), [
      ['where', failure('unknown-command', 'Nobody answers to where here', { $id: 1 })],
      ['zoned', failure('unknown-command', 'Nobody answers to zoned here', { $id: 2 })],
    ])
  })
})

describe('a room that is made later', () => {
  test('by the server has its extension at once, until it is removed', async () => {
    const journal: string[] = []
    await using stage = await Stage.open({ extensions: { hall: hall(journal) } })
    const ann = await stage.enter('ann')
    const room = stage.api.createRoom(stage.zone, { name: 'Made', extensions: [HALL] })
    stage.api.joinRoom(ann.user, room)
    await stage.settle()
    assert.deepEqual(journal.splice(0), ['init Test Made', 'ann in Made'])
    assert.deepEqual((await inRoom(ann, stage, 'Made')).length, 1)
    stage.api.removeRoom(stage.zone, room)
    await stage.settle()
    assert.deepEqual(journal, ['Made removed', 'destroy Made'])
    ann.heard()
    await stage.advance(5000)
    assert.deepEqual(ann.heard(), [])
    assert.equal([...stage.host.instances()].length, 0)
  })

  test('by a client has the extension that it names, where the zone allows it', async () => {
    const journal: string[] = []
    await using stage = await Stage.open({
      extensions: { hall: hall(journal) },
      zone: { clientRoomExtensions: ['hall'] },
    })
    const ann = await stage.enter('ann')
    await ann.ask('CreateRoom', { ...NEW_ROOM, extensionId: 'hall', extensionClass: 'x' })
    assert.deepEqual(journal.splice(0), ['init Test New', 'ann in New'])
    ann.heard()
    assert.deepEqual((await inRoom(ann, stage, 'New')).length, 1)
    await ann.ask('Logout', {})
    assert.deepEqual(journal, ['New removed', 'destroy New'])
  })

  test('by a client has none where the zone does not allow it, and is made all the same', async () => {
    const journal: string[] = []
    await using stage = await Stage.open({
      extensions: { hall: hall(journal) },
      zone: { clientRoomExtensions: ['other'] },
    })
    const ann = await stage.enter('ann')
    for (const [index, extensionId] of ['hall', '../hall', '', '__proto__'].entries()) {
      await ann.ask('CreateRoom', { ...NEW_ROOM, name: `New${index}`, extensionId })
    }
    assert.deepEqual(journal, [])
    assert.equal(ann.heard().filter(name => name === 'JoinRoom').length, 4)
    assert.deepEqual(await inRoom(ann, stage, 'New0', marked(1)), [
      ['where', failure('unknown-command', 'Nobody answers to where here', { $id: 1 })],
    ])
  })

  test('that names no known extension, or one of zones, is made without', async () => {
    const zone = defineExtension({ init: () => undefined })
    await using stage = await Stage.open({ extensions: { zone } })
    const extensions = [
      { name: 'nowhere', config: {} },
      { name: 'zone', config: {} },
    ]
    stage.api.createRoom(stage.zone, { name: 'Made', extensions })
    await stage.settle()
    assert.deepEqual(stage.faults('nowhere'), { error: 1 })
    assert.deepEqual(stage.logged('error', 'zone'), ['It cannot run in room Made'])
    const ann = await stage.enter('ann', 'Made')
    assert.ok(stage.room('Made').has(ann.user))
  })

  test('whose configuration does not fit is made without, and the log says why', async () => {
    await using stage = await Stage.open({ extensions: { hall: hall([]) } })
    stage.api.createRoom(stage.zone, {
      name: 'Made',
      extensions: [{ name: 'hall', config: { greeting: 5 } }],
    })
    await stage.settle()
    const [line] = stage.log.records.filter(({ level }) => level === 'error')
    assert.match(
      String(line?.fields.err),
      /"hall" of room Made of zone Test .* greeting is a number, wanted a string/,
    )
  })

  test('starts its extension when whoever makes it is done, so that it may even remove the room', async () => {
    const picky = defineExtension({
      level: 'room',
      init({ api, zone, room }) {
        api.removeRoom(zone, room)
      },
    })
    await using stage = await Stage.open({ extensions: { picky }, zone: { clientRoomExtensions: ['picky'] } })
    const ann = await stage.enter('ann')
    await ann.ask('CreateRoom', { ...NEW_ROOM, extensionId: 'picky' })
    assert.deepEqual(ann.heard(), ['CreateRoom', 'JoinRoom', 'UserCountChange', 'UserExitRoom', 'RoomLost'])
    assert.deepEqual(stage.zone.roomsJoinedBy(ann.user), [])
    assert.equal([...stage.host.instances()].length, 0)
    assert.deepEqual(stage.faults('picky'), {})
  })

  test('by an extension that starts has its extension once', async () => {
    const journal: string[] = []
    const maker = defineExtension({
      init({ api, zone }) {
        api.createRoom(zone, { name: 'Made', extensions: [HALL] })
      },
    })
    await using stage = await Stage.open({ extensions: { maker, hall: hall(journal) } })
    assert.deepEqual(journal, ['init Test Made'])
    assert.equal([...stage.host.instances()].length, 2)
  })

  test('is left alone when an extension that starts before its own removes it', async () => {
    const journal: string[] = []
    const remover = defineExtension({
      init({ api, zone }) {
        const room = zone.roomByName('Doomed')
        if (room !== undefined) api.removeRoom(zone, room)
      },
    })
    await using stage = await Stage.open({
      extensions: { remover, hall: hall(journal) },
      rooms: [{ name: 'Doomed', extensions: [HALL] }],
    })
    assert.deepEqual(journal, [])
    assert.equal([...stage.host.instances()].length, 1)
  })

  test('by its own extension, without end, is cut off', async () => {
    let made = 0
    const breeds = defineExtension({
      level: 'room',
      init({ api, zone }) {
        api.createRoom(zone, { name: `Room ${++made}`, extensions: [{ name: 'breeds', config: {} }] })
      },
    })
    const stage = await Stage.open({ extensions: { breeds } })
    stage.api.createRoom(stage.zone, { name: 'First', extensions: [{ name: 'breeds', config: {} }] })
    await stage.settle()
    assert.ok(made > 5 && made < 100, `${made}`)
    assert.ok((stage.faults('breeds').error ?? 0) >= 1)
  })
})

describe('the extension of a room that takes time to start', () => {
  const slow = (journal: string[], gate: Promise<unknown>): AnyDefinition =>
    defineExtension({
      level: 'room',
      requests: { where: { response: { room: t.string() } } },
      async init({ handle, on, room }) {
        await gate
        journal.push('started')
        handle({ where: () => ({ room: room.name }) })
        on('userJoinRoom', ({ user }) => journal.push(`${user.name} in`) as never)
        on('publicMessage', ({ text }) => ({ text: text.toUpperCase() }))
        return 'state'
      },
      destroy(state) {
        journal.push(`destroy ${state}`)
      },
    })

  async function open() {
    const journal: string[] = []
    const gate = later()
    const stage = await Stage.open({ extensions: { hall: slow(journal, gate.promise) } })
    const room = stage.api.createRoom(stage.zone, { name: 'Made', extensions: [HALL] })
    const ann = await stage.enter('ann', 'Made')
    return { stage, journal, gate, room, ann }
  }

  test('misses nothing: requests, events and messages wait for it', async () => {
    const { stage, journal, gate, ann, room } = await open()
    const bob = await stage.enter('bob', 'Made')
    ann.heard()
    ann.send('where', marked(1), room)
    await stage.settle()
    await bob.say('hello', 'Made')
    assert.deepEqual([ann.heard(), journal], [[], []])
    gate.resolve()
    await stage.settle()
    assert.deepEqual(journal, ['started', 'ann in', 'bob in'])
    const heard = ann.heard()
    assert.deepEqual(new Set(heard), new Set(['where {"room":"Made","$id":1}', `${bob.user.id} says HELLO`]))
  })

  test('does not answer those who have gone or left meanwhile', async () => {
    const { stage, gate, ann, room, journal } = await open()
    const bob = await stage.enter('bob', 'Made')
    ann.send('where', marked(1), room)
    bob.send('where', marked(2), room)
    await stage.settle()
    ann.line.close('lost')
    stage.api.leaveRoom(bob.user, room)
    await stage.settle()
    bob.heard()
    gate.resolve()
    await stage.settle()
    assert.deepEqual(bob.told(), [
      ['where', failure('room-not-joined', 'the sender is not in that room', { $id: 2 })],
    ])
    assert.ok(journal.includes('started'))
    assert.equal(stage.server.counters.refusals.get('room-not-joined'), 1)
    assert.equal(stage.server.counters.faults, 0)
  })

  test('is destroyed with the room once it has started', async () => {
    const { stage, gate, room, journal } = await open()
    stage.api.removeRoom(stage.zone, room)
    await stage.settle()
    assert.deepEqual(journal, [])
    gate.resolve()
    await stage.settle()
    assert.deepEqual(journal, ['started', 'destroy state'])
    assert.deepEqual(stage.faults('hall'), {})
  })

  test('is given up when it takes too long, and clients are told', async () => {
    const { stage, room, ann } = await open()
    ann.send('where', marked(1), room)
    await stage.advance(30_000)
    assert.deepEqual(ann.told(), [['where', failure('stopped', 'The extension has stopped', { $id: 1 })]])
    assert.deepEqual(stage.faults('hall'), { timeout: 1 })
  })

  test('does not wait for requests that it does not know', async () => {
    const { ann, room } = await open()
    await ann.call('other', marked(1), room)
    assert.deepEqual(ann.told(), [
      ['other', failure('unknown-command', 'Nobody answers to other here', { $id: 1 })],
    ])
  })

  test('that fails to start leaves the room as it is; its requests are answered', async () => {
    const { stage, gate, room, ann } = await open()
    gate.reject(new Error('no such map'))
    await stage.settle()
    await ann.call('where', marked(1), room)
    assert.deepEqual(ann.told(), [['where', failure('stopped', 'The extension has stopped', { $id: 1 })]])
    await ann.say('still here', 'Made')
    assert.deepEqual(ann.heard(), [`${ann.user.id} says still here`])
    assert.deepEqual(stage.faults('hall'), { error: 1 })
  })
})

test('an extension of rooms cannot run in a zone, nor one of zones in a room', async () => {
  const ofRoom = defineExtension({ level: 'room', init: () => undefined })
  const ofZone = defineExtension({ init: () => undefined })
  await assert.rejects(
    Stage.open({ extensions: { ofRoom }, zone: { extensions: [{ name: 'ofRoom', config: {} }] } }),
    /"ofRoom" belongs to a room; zone Test is none/,
  )
  await assert.rejects(
    Stage.open({
      extensions: { ofZone },
      rooms: [{ name: 'A', extensions: [{ name: 'ofZone', config: {} }] }],
    }),
    /"ofZone" belongs to a zone; room A of zone Test is none/,
  )
  await assert.rejects(
    Stage.open({ extensions: { ofZone }, zone: { extensions: [{ name: 'nowhere', config: {} }] } }),
    /There is no extension "nowhere"; there are: ofZone/,
  )
})
