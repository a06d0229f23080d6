import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestFields } from '@warren/codec'
import { TestServer } from '../../src/internal.ts'
import { type Client, userOn } from '../support/client.ts'
import { zoneSettings } from '../support/settings.ts'

const SETTINGS: RequestFields<'QuickJoinOrCreateRoom'>['settings'] = {
  name: 'New one',
  groupId: 'default',
  password: '',
  isGame: false,
  maxUsers: 10,
  maxSpectators: 0,
  maxVariables: 5,
  onlyOwnerInvites: true,
  autoJoin: false,
}

/** A request that each of these groups is searched for, and how often it was. */
async function searches(groupIds: string[]): Promise<{ looks: number; made: number; refused: number }> {
  const server = new TestServer({ zones: [zoneSettings()] })
  const zone = server.core.api.zone('Test')
  const client = await userOn(server, 'Ann')
  const before = [...zone.rooms].length
  let looks = 0
  const roomsOf = zone.roomsOf.bind(zone)
  zone.roomsOf = group => {
    looks++
    return roomsOf(group)
  }
  await client.ask('QuickJoinGame', { groupIds })
  await client.ask('QuickJoinOrCreateRoom', { groupIds, settings: SETTINGS })
  return {
    looks,
    made: [...zone.rooms].length - before,
    refused: server.counters.refusals.get('request-malformed') ?? 0,
  }
}

test('a quick join looks once into each group, however often it is named [P-6.14]', async () => {
  const { looks, made, refused } = await searches(Array.from({ length: 32 }, () => 'games'))
  assert.deepEqual([looks, made, refused], [2, 1, 0])
})

test('a quick join that names more than 32 groups looks nowhere and makes nothing [P-6.14]', async () => {
  const { looks, made, refused } = await searches(Array.from({ length: 33 }, (_, index) => `g${index}`))
  assert.deepEqual([looks, made, refused], [0, 0, 2])
})

for (const onlyOwnerInvites of [true, false]) {
  const who = onlyOwnerInvites ? 'its owner' : 'each player'
  test(`${who} may invite into a room that says so, and neither spectators nor others may [P-6.15.5]`, async () => {
    const server = new TestServer({ zones: [zoneSettings()] })
    const { api } = server.core
    const zone = api.zone('Test')
    const users: Record<string, Client> = {}
    for (const name of ['Owner', 'Player', 'Spectator', 'Stranger', 'Guest'])
      users[name] = await userOn(server, name)
    const settings = { ...SETTINGS, isGame: true, maxSpectators: 5, onlyOwnerInvites }
    await users.Owner?.ask('CreateRoom', settings)
    const room = zone.roomByName(SETTINGS.name)
    assert.ok(room)
    for (const name of ['Owner', 'Player', 'Spectator']) {
      const user = zone.userByName(name)
      assert.ok(user)
      api.joinRoom(user, room, { asSpectator: name === 'Spectator' })
    }
    const invited: string[] = []
    for (const name of ['Owner', 'Player', 'Spectator', 'Stranger']) {
      await users[name]?.heard()
      const fields = { roomId: room.id, userNames: ['Guest'], seconds: 30, asSpectator: false }
      await users[name]?.ask('JoinRoomInvite', fields)
      assert.deepEqual(await users[name]?.heard(), [], `${name} is told nothing`)
      if ((await users.Guest?.names())?.includes('InviteUsers')) invited.push(name)
    }
    assert.deepEqual(invited, onlyOwnerInvites ? ['Owner'] : ['Owner', 'Player'])
    assert.equal(server.counters.refusals.get('invitation-not-allowed'), onlyOwnerInvites ? 2 : 1)
  })
}
