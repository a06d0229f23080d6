import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RequestFields } from '@warren/codec'
import { TestServer } from '../../src/internal.ts'
import { Client } from '../support/client.ts'
import { zoneSettings } from '../support/settings.ts'

const NEW_ROOM: RequestFields<'CreateRoom'> = {
  name: 'Field',
  groupId: 'default',
  password: '',
  isGame: false,
  maxUsers: 10,
  maxSpectators: 0,
  maxVariables: 5,
  onlyOwnerInvites: true,
  aoi: { kind: 'float', x: 10, y: 10, z: 0 },
  maxLimboSeconds: 50,
  proximityMillis: 50,
  sendsEntryPoint: true,
  autoJoin: false,
}

/** A client that makes rooms, in a zone of these settings. */
async function maker(settings: Parameters<typeof zoneSettings>[0] = {}) {
  const server = new TestServer({ zones: [zoneSettings(settings)] })
  const client = new Client(server)
  await client.ask('Handshake', { apiVersion: '1.7.5' })
  await client.ask('Login', { zoneName: 'Test', userName: 'Ann', password: '' })
  await client.heard()
  return {
    async make(name: string, more: Partial<typeof NEW_ROOM> = {}) {
      await client.ask('CreateRoom', { ...NEW_ROOM, ...more, name })
      const [answer] = await client.heard()
      const settings = server.core.api.zone('Test').roomByName(name)?.mmo?.settings
      return { settings, code: answer?.fields.code, args: answer?.fields.args }
    },
  }
}

test('a client can make a room that streams positions, with a key that stock clients do not send [P-6.4.1]', async () => {
  const ann = await maker()
  const streamed = (await ann.make('Field', { positionStep: 0.5 })).settings
  assert.deepEqual([streamed?.streamPositions, streamed?.positionStep], [true, 0.5])
  assert.equal((await ann.make('Plain')).settings?.streamPositions, false)
  for (const positionStep of [-1, 1e7, Number.NaN, Number.POSITIVE_INFINITY]) {
    const { settings, code, args } = await ann.make('Bad', { positionStep })
    assert.deepEqual([settings, code, args], [undefined, 18, ['wps']])
  }
})

test('in the rooms of clients one user sees as many at most as the zone says [P-6.13.11]', async () => {
  const bounded = await maker({ clientRoomMaxVisibleUsers: 7 })
  assert.equal((await bounded.make('Field')).settings?.maxVisibleUsers, 7)
  const free = await maker({ clientRoomMaxVisibleUsers: 0 })
  assert.equal((await free.make('Field')).settings?.maxVisibleUsers, 0)
})
