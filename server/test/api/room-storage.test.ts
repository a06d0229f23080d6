import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSType } from '@warren/codec'
import type { RoomStore } from '../../src/domain/stored-rooms.ts'
import { TestServer } from '../../src/internal.ts'
import { MemoryStore } from '../../src/store/memory-store.ts'
import { Client } from '../support/client.ts'
import { roomSettings, zoneSettings } from '../support/settings.ts'

/** A server with a lobby; each new one finds what former ones kept. */
function serverWith(roomStore: RoomStore) {
  const server = new TestServer({
    zones: [zoneSettings({ rooms: [roomSettings({ name: 'Lobby' })] })],
    roomStore,
  })
  const { api } = server.core
  return {
    server,
    api,
    zone: api.zone('Test'),
    names: () => Array.from(api.zone('Test').rooms, ({ name }) => name),
  }
}

test('a room that was saved is opened again after a restart, with settings and variables of the server', async () => {
  const { rooms } = new MemoryStore()
  const before = serverWith(rooms)
  const mmo = { aoi: { x: 10, y: 20 }, maxVisibleUsers: 5 }
  const map = before.api.createRoom(before.zone, { name: 'Map', maxUsers: 7, password: 'x', mmo })
  before.api.setRoomVariables(before.zone, map, [
    { name: 'weather', value: 'rain', isGlobal: true },
    { name: 'secret', value: 7, isHidden: true, isPrivate: true },
  ])
  assert.equal(await before.api.storage.save(before.zone, map), 1)

  const after = serverWith(rooms)
  const [opened] = await after.api.storage.load(after.zone, 'all')
  assert.ok(opened)
  assert.deepEqual(after.names(), ['Lobby', 'Map'])
  assert.deepEqual([opened.maxUsers, opened.password, opened.owner], [7, 'x', undefined])
  assert.deepEqual(opened.mmo?.settings, map.mmo?.settings)
  for (const name of ['weather', 'secret']) {
    const { isNew: _, ...kept } = { isNew: true, ...map.variables.get(name) }
    assert.deepEqual({ ...opened.variables.get(name) }, { ...kept, isNew: true })
  }
})

test('those who are online are told of a room that is loaded; variables of users are not kept', async () => {
  const { rooms } = new MemoryStore()
  const { server, api, zone } = serverWith(rooms)
  const ann = new Client(server)
  await ann.ask('Handshake', { apiVersion: '1.8.6' })
  await ann.ask('Login', { zoneName: 'Test', userName: 'ann', password: '' })
  const hall = api.createRoom(zone, { name: 'Hall' })
  const user = zone.userByName('ann')
  assert.ok(user)
  api.joinRoom(user, hall)
  await ann.ask('SetRoomVariables', {
    roomId: hall.id,
    variables: [
      {
        name: 'hers',
        type: 1,
        value: { type: SFSType.BOOL, value: true },
        isPrivate: false,
        isPersistent: true,
      },
    ],
  })
  assert.ok(hall.variables.get('hers'))
  await api.storage.save(zone, { name: 'Hall' })
  api.removeRoom(zone, hall)
  await ann.heard()
  const [opened] = await api.storage.load(zone, { name: 'Hall' })
  assert.equal(opened?.variables.get('hers'), undefined)
  assert.ok((await ann.heard()).some(message => message.name === 'CreateRoom'))
})

test('rooms are saved, loaded and removed by group and all; an open room stays as it is', async () => {
  const { rooms } = new MemoryStore()
  const { api, zone, names } = serverWith(rooms)
  for (const [name, group] of Object.entries({ a: 'games', b: 'chats', c: 'games' })) {
    api.createRoom(zone, { name, group })
  }
  assert.equal(await api.storage.save(zone, { group: 'games' }), 2)
  assert.equal(await api.storage.save(zone, 'all'), 4)
  for (const room of [...zone.rooms]) if (room.name !== 'a') api.removeRoom(zone, room)
  const a = zone.roomByName('a')
  assert.deepEqual(
    (await api.storage.load(zone, { group: 'games' })).map(({ name }) => name),
    ['c'],
  )
  assert.equal(zone.roomByName('a'), a)
  assert.equal(await api.storage.remove(zone, { name: 'b' }), 1)
  await api.storage.load(zone, 'all')
  assert.deepEqual(names().sort(), ['Lobby', 'a', 'c'])
})
