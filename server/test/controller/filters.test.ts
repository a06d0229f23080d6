import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DEFAULT_FLOOD_FILTER, DEFAULT_WORD_FILTER } from '../../src/domain/filter/settings.ts'
import type { ZoneSettings } from '../../src/domain/settings.ts'
import { TestServer } from '../../src/internal.ts'
import { Client } from '../support/client.ts'
import { roomSettings, zoneSettings } from '../support/settings.ts'

function open(overrides: Partial<ZoneSettings>): TestServer {
  return new TestServer({
    zones: [zoneSettings({ rooms: [roomSettings({ name: 'Lobby', filterWords: true })], ...overrides })],
  })
}

/** A zone where `darn` is a bad word. */
const swearing = (overrides: Partial<ZoneSettings['wordFilter']> = {}) =>
  open({ wordFilter: { ...DEFAULT_WORD_FILTER, active: true, words: ['darn'], ...overrides } })

async function enter(server: TestServer, userName: string): Promise<Client> {
  const client = new Client(server)
  await client.ask('Handshake', { apiVersion: '1.8.6' })
  await client.ask('Login', { zoneName: 'Test', userName, password: '' })
  return client
}

/** Somebody in the lobby, with everything so far read. */
async function member(server: TestServer, name: string): Promise<Client> {
  const client = await enter(server, name)
  await client.ask('JoinRoom', { roomName: 'Lobby' })
  await client.heard()
  return client
}

const say = (client: Client, message: string) => client.ask('PublicMessage', { roomId: 0, message })
const texts = async (client: Client) =>
  (await client.heard()).filter(({ name }) => name.endsWith('Message')).map(({ fields }) => fields.message)

describe('the word filter', () => {
  test('masks bad words in rooms that have it, and in private', async () => {
    const server = swearing()
    const [ann, bob] = [await member(server, 'ann'), await member(server, 'bob')]
    await ann.heard()
    await say(ann, 'darn it')
    const bobId = server.core.zones.zone('Test')?.userByName('bob')?.id ?? -1
    await ann.ask('PrivateMessage', { recipientId: bobId, message: 'oh darn' })
    assert.deepEqual(await texts(bob), ['**** it', 'oh ****'])
  })

  test('leaves private messages alone where the zone says so', async () => {
    const server = swearing({ filterPrivateMessages: false })
    const [ann, bob] = [await member(server, 'ann'), await member(server, 'bob')]
    const bobId = server.core.zones.zone('Test')?.userByName('bob')?.id ?? -1
    await ann.ask('PrivateMessage', { recipientId: bobId, message: 'oh darn' })
    assert.deepEqual(await texts(bob), ['oh darn'])
  })

  test('refuses user names and room names', async () => {
    const server = swearing()
    const refused = await enter(server, 'darnell')
    const [, failure] = await refused.heard()
    assert.deepEqual([failure?.fields.code, failure?.fields.args], [9, ['darnell', '****ell']])
    const ann = await member(server, 'ann')
    await ann.ask('CreateRoom', {
      name: 'darn room',
      groupId: 'default',
      password: '',
      isGame: false,
      maxUsers: 10,
      maxSpectators: 0,
      maxVariables: 5,
      onlyOwnerInvites: true,
      autoJoin: false,
    })
    const [error] = await ann.heard()
    assert.deepEqual([error?.name, error?.fields.code, error?.fields.args], ['Failure', 15, ['darn room']])
  })

  test('warns, kicks and bans, each before the masked message', async () => {
    const server = swearing({
      useWarnings: true,
      warningsBeforeKick: 1,
      kicksBeforeBan: 1,
      secondsBeforeBanOrKick: 2,
    })
    const first = await member(server, 'ann')
    await say(first, 'darn')
    assert.deepEqual(await texts(first), [DEFAULT_WORD_FILTER.warningMessage, '****'])
    await say(first, 'darn')
    assert.deepEqual(await texts(first), [DEFAULT_WORD_FILTER.kickMessage, '****'])
    await server.advance(2100)
    assert.deepEqual(await first.names(), ['ClientDisconnection'])
    await server.advance(2000)
    const ann = server.core.zones.zone('Test')?.userByName('ann')
    assert.ok(ann)
    server.core.zones.zone('Test')?.remove(ann)

    const again = await member(server, 'ann')
    await say(again, 'darn')
    await say(again, 'darn')
    assert.ok((await texts(again)).includes(DEFAULT_WORD_FILTER.banMessage))
    assert.equal([...server.core.bans].length, 1)
  })

  test('delivers nothing of a message with more bad words than it may hold', async () => {
    const server = swearing({ maxBadWordsPerMessage: 1 })
    const [ann, bob] = [await member(server, 'ann'), await member(server, 'bob')]
    await say(ann, 'darn darn')
    await say(ann, 'darn')
    assert.deepEqual(await texts(bob), ['****'])
  })
})

describe('the flood filter', () => {
  test('carries out only so many requests in so many seconds, and bans who goes on', async () => {
    const server = open({
      floodFilter: {
        ...DEFAULT_FLOOD_FILTER,
        active: true,
        rules: [{ request: 'PublicMessage', maxRequests: 2, seconds: 1 }],
        maxFloodingAttempts: 2,
        secondsBeforeBan: 0,
      },
    })
    const [ann, bob] = [await member(server, 'ann'), await member(server, 'bob')]
    await ann.heard()
    for (const text of ['1', '2', '3']) await say(ann, text)
    assert.deepEqual(await texts(bob), ['1', '2'])
    await server.advance(1100)
    await say(ann, '4')
    assert.deepEqual(await texts(bob), ['4'])
    for (const text of ['5', '6', '7']) await say(ann, text)
    assert.ok((await texts(ann)).includes(DEFAULT_FLOOD_FILTER.banMessage))
    assert.equal([...server.core.bans].length, 1)
    await server.advance(1000)
    assert.equal(server.counters.refusals.get('flooding'), 3)
  })
})
