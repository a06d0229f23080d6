import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestFields } from '@warren/codec'
import { TestServer } from '../../src/internal.ts'
import { Client } from '../support/client.ts'
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
  const client = new Client(server)
  await client.ask('Handshake', { apiVersion: '1.8.6' })
  await client.ask('Login', { zoneName: 'Test', userName: 'Ann', password: '' })
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
