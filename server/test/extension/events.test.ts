import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Room } from '../../src/domain/room.ts'
import type { User } from '../../src/domain/user.ts'
import { defineExtension } from '../../src/extension/definition.ts'
import type { AnyDefinition } from '../../src/extension/instance.ts'
import type { ServerEventName } from '../../src/extension/server-events.ts'
import { t } from '../../src/index.ts'
import { type Cast, Stage } from './support/stage.ts'

const EVENTS = [
  'serverReady',
  'userJoinZone',
  'userLogout',
  'userDisconnect',
  'userJoinRoom',
  'userLeaveRoom',
  'roomAdded',
  'roomRemoved',
  'roomVariablesUpdate',
  'userVariablesUpdate',
  'playerToSpectator',
  'spectatorToPlayer',
] as const satisfies readonly ServerEventName[]

interface Payload {
  readonly user?: User
  readonly room?: Room
  readonly rooms?: readonly Room[]
  readonly changes?: readonly { readonly name: string }[]
}

/** An event in one line. */
function line(event: string, { user, room, rooms, changes }: Payload): string {
  const parts = [event, user?.name, room?.name]
  if (rooms !== undefined) parts.push(`[${rooms.map(({ name }) => name)}]`)
  if (changes !== undefined) parts.push(`{${changes.map(({ name }) => name)}}`)
  return parts.filter(part => part !== undefined).join(' ')
}

/** Writes down all events, and tells everybody in the zone. */
function listener(level: 'zone' | 'room', journal: string[]): AnyDefinition {
  return defineExtension({
    level,
    messages: { seen: { event: t.string() } },
    init({ on, send, zone, room }) {
      for (const event of EVENTS) {
        on(event, (payload: Payload) => {
          journal.push(level === 'room' ? `${room?.name}: ${line(event, payload)}` : line(event, payload))
          if (level === 'zone') send('seen', { event }, zone)
        })
      }
    },
  })
}

async function open(cast: Cast = {}): Promise<{ stage: Stage; journal: string[]; ofRooms: string[] }> {
  const journal: string[] = []
  const ofRooms: string[] = []
  const stage = await Stage.open({
    extensions: { watch: listener('zone', journal), roomWatch: listener('room', ofRooms) },
    rooms: [
      { name: 'Chess', group: 'games', isGame: true, maxSpectators: 2, extensions: [watching] },
      { name: 'Den', extensions: [watching] },
    ],
    ...cast,
  })
  return { stage, journal, ofRooms }
}

const watching = { name: 'roomWatch', config: {} }
const taken = (journal: string[]) => journal.splice(0)

describe('an extension hears', () => {
  test('that the server is ready, once, and before anybody comes', async () => {
    const { stage, journal, ofRooms } = await open()
    assert.deepEqual(taken(journal), ['serverReady'])
    assert.deepEqual(taken(ofRooms), [])
    await stage.enter('ann')
    assert.deepEqual(taken(journal), ['userJoinZone ann'])
  })

  test('of a login after the client knows of it', async () => {
    const { stage, journal } = await open()
    taken(journal)
    const ann = await stage.arrive()
    await ann.logIn('ann')
    assert.deepEqual(ann.heard(), ['Login', 'seen {"event":"userJoinZone"}'])
    assert.deepEqual(journal, ['userJoinZone ann'])
  })

  test('of rooms that are joined and left, after all clients were told', async () => {
    const { stage, journal, ofRooms } = await open()
    const ann = await stage.enter('ann')
    const bob = await stage.enter('bob', 'Den')
    ann.heard()
    taken(journal)
    taken(ofRooms)
    await ann.ask('JoinRoom', { roomName: 'Den' })
    assert.deepEqual(ann.heard(), ['JoinRoom', 'UserCountChange', 'seen {"event":"userJoinRoom"}'])
    assert.deepEqual(bob.heard(), ['UserEnterRoom', 'UserCountChange', 'seen {"event":"userJoinRoom"}'])
    await ann.ask('LeaveRoom', {})
    assert.deepEqual(bob.heard(), ['UserExitRoom', 'UserCountChange', 'seen {"event":"userLeaveRoom"}'])
    assert.deepEqual(journal, ['userJoinRoom ann Den', 'userLeaveRoom ann Den'])
    assert.deepEqual(ofRooms, ['Den: userJoinRoom ann Den', 'Den: userLeaveRoom ann Den'])
  })

  test('of both when a user changes rooms, the new one first, and each room of its own', async () => {
    const { stage, journal, ofRooms } = await open()
    const ann = await stage.enter('ann', 'Den')
    taken(journal)
    taken(ofRooms)
    await ann.ask('JoinRoom', { roomName: 'Chess' })
    assert.deepEqual(journal, ['userJoinRoom ann Chess', 'userLeaveRoom ann Den'])
    assert.deepEqual(ofRooms, ['Chess: userJoinRoom ann Chess', 'Den: userLeaveRoom ann Den'])
  })

  test('of rooms that clients and the server make and remove', async () => {
    const { stage, journal, ofRooms } = await open()
    const ann = await stage.enter('ann')
    taken(journal)
    taken(ofRooms)
    await ann.ask('CreateRoom', {
      name: 'New',
      groupId: 'default',
      password: '',
      isGame: false,
      maxUsers: 5,
      maxSpectators: 0,
      maxVariables: 5,
      onlyOwnerInvites: true,
      autoJoin: true,
    })
    assert.deepEqual(ann.heard(), [
      'CreateRoom',
      'JoinRoom',
      'UserCountChange',
      'seen {"event":"roomAdded"}',
      'seen {"event":"userJoinRoom"}',
    ])
    assert.deepEqual(taken(journal), ['roomAdded New', 'userJoinRoom ann New'])
    // The room goes with its last user and its maker.
    await ann.ask('Logout', {})
    assert.deepEqual(taken(journal), ['userLogout ann [New]', 'roomRemoved New'])
    const arena = stage.api.createRoom(stage.zone, { name: 'Arena', extensions: [watching] })
    await stage.settle()
    const bob = await stage.enter('bob', 'Arena')
    taken(journal)
    assert.deepEqual(taken(ofRooms), ['Arena: roomAdded Arena', 'Arena: userJoinRoom bob Arena'])
    stage.api.removeRoom(stage.zone, arena)
    await stage.settle()
    assert.deepEqual(bob.heard(), [
      'UserExitRoom',
      'RoomLost',
      'seen {"event":"userLeaveRoom"}',
      'seen {"event":"roomRemoved"}',
    ])
    assert.deepEqual(journal, ['userLeaveRoom bob Arena', 'roomRemoved Arena'])
    assert.deepEqual(ofRooms, ['Arena: userLeaveRoom bob Arena', 'Arena: roomRemoved Arena'])
  })

  test('of variables of rooms and users, private ones of users included', async () => {
    const { stage, journal, ofRooms } = await open()
    const ann = await stage.enter('ann', 'Den')
    taken(journal)
    taken(ofRooms)
    stage.api.setRoomVariables(stage.zone, stage.room('Den'), [
      { name: 'open', value: true },
      { name: 'secret', value: 1, isHidden: true },
    ])
    stage.api.setUserVariables(ann.user, [
      { name: 'hp', value: 9 },
      { name: 'own', value: 1, isPrivate: true },
    ])
    await stage.settle()
    assert.deepEqual(journal, ['roomVariablesUpdate Den {open}', 'userVariablesUpdate ann {hp,own}'])
    assert.deepEqual(ofRooms, [
      'Den: roomVariablesUpdate Den {open}',
      'Den: userVariablesUpdate ann {hp,own}',
    ])
    assert.deepEqual(ann.heard(), [
      'SetRoomVariables',
      'SetUserVariables',
      'seen {"event":"roomVariablesUpdate"}',
      'seen {"event":"userVariablesUpdate"}',
    ])
  })

  test('of players who watch and spectators who play', async () => {
    const { stage, journal, ofRooms } = await open()
    const ann = await stage.enter('ann', 'Chess')
    taken(journal)
    taken(ofRooms)
    await ann.ask('PlayerToSpectator', { roomId: stage.room('Chess').id })
    await ann.ask('SpectatorToPlayer', { roomId: stage.room('Chess').id })
    assert.deepEqual(journal, ['playerToSpectator ann Chess', 'spectatorToPlayer ann Chess'])
    assert.deepEqual(ofRooms, ['Chess: playerToSpectator ann Chess', 'Chess: spectatorToPlayer ann Chess'])
  })
})

describe('who goes', () => {
  test('by logging out keeps the line: one logout, with his rooms', async () => {
    const { stage, journal, ofRooms } = await open()
    const ann = await stage.enter('ann', 'Den', 'Chess')
    const bob = await stage.enter('bob', 'Den')
    taken(journal)
    taken(ofRooms)
    await ann.ask('Logout', {})
    assert.deepEqual(taken(journal), ['userLogout ann [Den,Chess]'])
    assert.deepEqual(ofRooms, ['Den: userLogout ann [Den,Chess]', 'Chess: userLogout ann [Den,Chess]'])
    assert.deepEqual(
      bob.heard().filter(name => name !== 'UserCountChange'),
      ['UserLost', 'seen {"event":"userLogout"}'],
    )
    await ann.logIn('ann')
    assert.deepEqual(taken(journal), ['userJoinZone ann'])
  })

  test('by losing the line is disconnected, once', async () => {
    const { stage, journal, ofRooms } = await open()
    const ann = await stage.enter('ann', 'Den')
    taken(journal)
    taken(ofRooms)
    ann.line.close('lost')
    await stage.settle()
    assert.deepEqual(journal, ['userDisconnect ann [Den]'])
    assert.deepEqual(ofRooms, ['Den: userDisconnect ann [Den]'])
  })

  test('because he is kicked is disconnected when his line is closed', async () => {
    const { stage, journal } = await open()
    const ann = await stage.enter('ann', 'Den')
    taken(journal)
    stage.api.kick(ann.user, { message: 'Bye', delaySeconds: 2 })
    await stage.settle()
    assert.deepEqual(ann.heard(), ['ModeratorMessage'])
    await stage.advance(2000)
    assert.deepEqual(ann.heard(), ['ClientDisconnection'])
    assert.deepEqual(taken(journal), [])
    await stage.advance(1000)
    assert.deepEqual(journal, ['userDisconnect ann [Den]'])
  })

  test('because somebody else takes his name is disconnected before the other is in', async () => {
    const { stage, journal } = await open({
      zone: { forceLogout: true, extensions: [{ name: 'watch', config: {} }] },
    })
    await stage.enter('ann')
    taken(journal)
    await stage.enter('ann')
    assert.deepEqual(journal, ['userDisconnect ann []', 'userJoinZone ann'])
  })

  test('as the server says, logs out', async () => {
    const { stage, journal } = await open()
    const ann = await stage.enter('ann', 'Den')
    taken(journal)
    stage.api.logOut(ann.user)
    await stage.settle()
    assert.deepEqual(journal, ['userLogout ann [Den]'])
    const npc = stage.api.createNpc(stage.zone, 'guard')
    stage.api.logOut(npc)
    await stage.settle()
    assert.equal(taken(journal).at(-1), 'userLogout guard []')
  })

  test('is really gone when the extension hears of it', async () => {
    const found: unknown[] = []
    const looks = defineExtension({
      init({ on, zone }) {
        for (const event of ['userLogout', 'userDisconnect'] as const) {
          on(event, ({ user, rooms }) => {
            found.push(zone.userByName(user.name), zone.roomsJoinedBy(user).length, rooms[0]?.has(user))
          })
        }
      },
    })
    const stage = await Stage.open({ extensions: { looks } })
    const ann = await stage.enter('ann', 'Lobby')
    const bob = await stage.enter('bob', 'Lobby')
    ann.line.close('lost')
    await bob.ask('Logout', {})
    assert.deepEqual(found, [undefined, 0, false, undefined, 0, false])
  })
})

describe('events that a zone hides', () => {
  test('are hidden from clients, not from extensions', async () => {
    const { stage, journal } = await open({
      zone: {
        disabledEvents: ['user-entered-room', 'room-variables-changed', 'user-lost'],
        extensions: [{ name: 'watch', config: {} }],
      },
    })
    const ann = await stage.enter('ann', 'Lobby')
    const bob = await stage.enter('bob')
    ann.heard()
    taken(journal)
    await bob.ask('JoinRoom', { roomName: 'Lobby' })
    stage.api.setRoomVariables(stage.zone, stage.room('Lobby'), [{ name: 'a', value: 1 }])
    await bob.ask('Logout', {})
    assert.deepEqual(journal, [
      'userJoinRoom bob Lobby',
      'roomVariablesUpdate Lobby {a}',
      'userLogout bob [Lobby]',
    ])
    const names = ann.heard().filter(name => !name.startsWith('seen'))
    assert.deepEqual(new Set(names), new Set(['UserCountChange']))
  })
})

describe('handlers that change things themselves', () => {
  test('hear of their changes after the event at hand, in the order in which things happened', async () => {
    const journal: string[] = []
    const greeter = defineExtension({
      init({ on, api, zone }) {
        on('userJoinZone', ({ user }) => {
          journal.push(`${user.name} comes`)
          const room = api.createRoom(zone, { name: `Home of ${user.name}` })
          api.joinRoom(user, room)
          journal.push('handled')
        })
        on('roomAdded', ({ room }) => journal.push(`${room.name} is there`) as never)
        on('userJoinRoom', ({ user, room }) => {
          journal.push(`${user.name} is in ${room.name}`)
          api.setUserVariables(user, [{ name: 'home', value: room.id }])
        })
        on('userVariablesUpdate', ({ user }) => journal.push(`${user.name} has a home`) as never)
      },
    })
    const other = listener('zone', journal)
    await using stage = await Stage.open({ extensions: { greeter, other } })
    journal.length = 0
    const ann = await stage.arrive()
    await ann.logIn('ann')
    assert.deepEqual(journal, [
      'ann comes',
      'handled',
      'userJoinZone ann',
      'Home of ann is there',
      'roomAdded Home of ann',
      'ann is in Home of ann',
      'userJoinRoom ann Home of ann',
      'ann has a home',
      'userVariablesUpdate ann {home}',
    ])
    assert.deepEqual(
      ann.heard().filter(name => !name.startsWith('seen')),
      ['Login', 'CreateRoom', 'JoinRoom', 'UserCountChange', 'SetUserVariables'],
    )
  })

  test('may send a user away who has just come', async () => {
    const strict = defineExtension({
      init({ on, api }) {
        on('userJoinRoom', ({ user, room }) => api.leaveRoom(user, room))
        on('userLeaveRoom', ({ user }) => api.logOut(user))
      },
    })
    await using stage = await Stage.open({ extensions: { strict } })
    const ann = await stage.enter('ann')
    await ann.ask('JoinRoom', { roomName: 'Lobby' })
    assert.deepEqual(
      ann.heard().filter(name => name !== 'UserCountChange'),
      ['JoinRoom', 'UserExitRoom', 'Logout'],
    )
    assert.ok(!ann.isLoggedIn)
    assert.deepEqual(stage.faults('strict'), {})
  })

  test('do not go on for ever: events that cause each other without end are cut off and reported', async () => {
    const endless = defineExtension({
      init({ on, api }) {
        let n = 0
        on('userVariablesUpdate', ({ user }) => api.setUserVariables(user, [{ name: 'n', value: ++n }]))
      },
    })
    await using stage = await Stage.open({ extensions: { endless } })
    const ann = await stage.enter('ann')
    stage.api.setUserVariables(ann.user, [{ name: 'n', value: 0 }])
    await stage.settle()
    const changes = ann.heard().filter(name => name === 'SetUserVariables').length
    assert.ok(changes > 10 && changes < 100, `${changes}`)
    assert.deepEqual(stage.faults('endless'), { error: 1 })
    // It is no fault to go on later.
    stage.api.setUserVariables(ann.user, [{ name: 'n', value: 0 }])
    await stage.settle()
    assert.equal(ann.heard().filter(name => name === 'SetUserVariables').length, changes)
  })

  test('may add handlers, which hear of the next event', async () => {
    const journal: string[] = []
    const grows = defineExtension({
      init({ on }) {
        on('userJoinZone', ({ user }) => {
          on('userJoinZone', next => journal.push(`${user.name} before ${next.user.name}`) as never)
        })
      },
    })
    await using stage = await Stage.open({ extensions: { grows } })
    for (const name of ['a', 'b', 'c']) await stage.enter(name)
    assert.deepEqual(journal, ['a before b', 'a before c', 'b before c'])
  })

  test('that fail or wait keep nothing from the others', async () => {
    const journal: string[] = []
    const broken = defineExtension({
      init({ on }) {
        on('userJoinZone', () => {
          throw new Error('no')
        })
        on('userJoinZone', async () => {
          throw new Error('later')
        })
        on('userJoinZone', () => new Promise(() => undefined))
        on('userJoinZone', ({ user }) => journal.push(`fourth of ${user.name}`) as never)
      },
    })
    await using stage = await Stage.open({ extensions: { broken, watch: listener('zone', journal) } })
    journal.length = 0
    await stage.enter('ann')
    assert.deepEqual(journal, ['fourth of ann', 'userJoinZone ann'])
    assert.deepEqual(stage.faults('broken'), { error: 2 })
    await stage.advance(30_000)
    assert.deepEqual(stage.faults('broken'), { error: 2, timeout: 1 })
  })
})

test('an event without extensions to hear it costs nothing and harms nobody', async () => {
  await using stage = await Stage.open({})
  const ann = await stage.enter('ann', 'Lobby')
  await ann.say('hello')
  assert.deepEqual(ann.heard(), [`${ann.user.id} says hello`])
})
