import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSType, type SFSValue, VariableType } from '@warren/codec'
import { MemoryBuddies } from '../../src/domain/buddies/memory-buddies.ts'
import { type BuddySettings, DEFAULT_BUDDIES } from '../../src/domain/buddies/settings.ts'
import { DEFAULT_WORD_FILTER } from '../../src/domain/filter/settings.ts'
import type { ZoneSettings } from '../../src/domain/settings.ts'
import { defineExtension } from '../../src/index.ts'
import { TestServer } from '../../src/internal.ts'
import { Client } from '../support/client.ts'
import { zoneSettings } from '../support/settings.ts'

const text = (value: string): SFSValue => ({ type: SFSType.UTF_STRING, value })

function serverWith(buddies: Partial<BuddySettings> = {}, zone: Partial<ZoneSettings> = {}): TestServer {
  const settings = { ...DEFAULT_BUDDIES, states: [], ...buddies }
  return new TestServer({ zones: [zoneSettings({ buddies: settings, ...zone })] })
}

async function userOn(server: TestServer, name: string, ...buddies: readonly string[]): Promise<Client> {
  const client = new Client(server)
  await client.ask('Handshake', { apiVersion: '1.8.6' })
  await client.ask('Login', { zoneName: 'Test', userName: name, password: '' })
  await client.ask('InitBuddyList', {})
  for (const buddyName of buddies) await client.ask('AddBuddy', { buddyName })
  await client.heard()
  return client
}

const idOf = (server: TestServer, name: string) => server.core.api.zone('Test').userByName(name)?.id ?? -1

test('everything about buddies as a client asks for it and is told of it [P-6.17]', async () => {
  const server = serverWith({ states: ['Here'] })
  const ann = new Client(server)
  await ann.ask('Handshake', { apiVersion: '1.8.6' })
  await ann.ask('Login', { zoneName: 'Test', userName: 'Ann', password: '' })
  await ann.heard()
  await ann.ask('InitBuddyList', {})
  const state = { name: '$__BV_STATE__', type: VariableType.STRING, value: text('Here') }
  assert.deepEqual(await ann.heard(), [
    { name: 'InitBuddyList', fields: { states: ['Here'], variables: [], buddies: [] } },
    { name: 'SetBuddyVariables', fields: { variables: [state], buddyName: 'Ann' } },
  ])
  await ann.ask('AddBuddy', { buddyName: 'Bob' })
  const away = { id: -1, name: 'Bob', isBlocked: false, variables: [] }
  assert.deepEqual(await ann.heard(), [{ name: 'AddBuddy', fields: { buddy: away } }])

  const bob = await userOn(server, 'Bob')
  const userId = idOf(server, 'Bob')
  assert.deepEqual(await ann.heard(), [
    { name: 'GoOnline', fields: { userId, buddyName: 'Bob', state: 0 } },
    { name: 'SetBuddyVariables', fields: { variables: [state], buddyName: 'Bob' } },
  ])
  await bob.ask('GoOnline', { isOnline: false })
  const hidden = { name: 'GoOnline', fields: { userId: -1, buddyName: 'Bob', state: 1 } }
  assert.deepEqual([await ann.heard(), await bob.heard()], [[hidden], [hidden]])
  await bob.ask('GoOnline', { isOnline: true })
  await ann.heard()
  await bob.heard()

  await ann.ask('BuddyMessage', { recipientId: userId, message: 'hi' })
  const message = { name: 'BuddyMessage', fields: { roomId: -1, userId: idOf(server, 'Ann'), message: 'hi' } }
  assert.deepEqual(await ann.heard(), [message])
  const row = {
    id: idOf(server, 'Ann'),
    name: 'Ann',
    isBlocked: false,
    variables: [state],
    isTemporary: true,
  }
  assert.deepEqual(await bob.heard(), [{ name: 'AddBuddy', fields: { buddy: row } }, message])

  await ann.ask('BlockBuddy', { buddyName: 'Bob', isBlocked: true })
  assert.deepEqual(await ann.heard(), [{ name: 'BlockBuddy', fields: { isBlocked: true, buddyName: 'Bob' } }])
  await ann.ask('BlockBuddy', { buddyName: 'Bob', isBlocked: false })
  assert.deepEqual(
    (await ann.heard()).map(({ name, fields }) => [name, fields.isBlocked, Object.keys(fields)]),
    [['BlockBuddy', false, ['isBlocked', 'buddy', 'buddyName']]],
  )
  await ann.ask('RemoveBuddy', { buddyName: 'Bob' })
  assert.deepEqual(await ann.heard(), [{ name: 'RemoveBuddy', fields: { buddyName: 'Bob' } }])
})

test('a zone without buddy lists says so once, and to clients that are told what stock servers are silent about', async () => {
  const server = serverWith({ active: false })
  const ann = await userOn(server, 'Ann')
  await ann.ask('AddBuddy', { buddyName: 'Bob' })
  assert.deepEqual(await ann.heard(), [])
  await ann.ask('InitBuddyList', {})
  const [failure, ...more] = await ann.heard()
  assert.deepEqual(
    [failure?.fields.action, failure?.fields.code, failure?.fields.args, more.length],
    [200, 36, ['This zone has no buddy lists'], 0],
  )
})

test('nicknames and states go through the word filter where the zone wants it, other variables do not', async () => {
  const wordFilter = { ...DEFAULT_WORD_FILTER, active: true, words: ['darn'] }
  for (const filterWords of [true, false]) {
    const server = serverWith({ filterWords }, { wordFilter })
    const ann = await userOn(server, 'Ann')
    const names = ['$__BV_NICKNAME__', '$__BV_STATE__', 'motto']
    const variables = names.map(name => ({ name, type: VariableType.STRING, value: text('darn') }))
    await ann.ask('SetBuddyVariables', { variables })
    const [told] = await ann.heard()
    const rows = told?.fields.variables as { value: { value: string } }[]
    const masked = filterWords ? '****' : 'darn'
    assert.deepEqual(
      rows.map(({ value }) => value.value),
      [masked, masked, 'darn'],
    )
  }
})

test('bad words in messages to buddies are masked where the zone wants it', async () => {
  const server = serverWith({}, { wordFilter: { ...DEFAULT_WORD_FILTER, active: true, words: ['darn'] } })
  const ann = await userOn(server, 'Ann', 'Bob')
  const bob = await userOn(server, 'Bob', 'Ann')
  await ann.ask('BuddyMessage', { recipientId: idOf(server, 'Bob'), message: 'darn it' })
  assert.deepEqual(
    (await bob.heard()).map(({ fields }) => fields.message),
    ['**** it'],
  )
})

test('extensions of the zone hear of buddies, and decide about messages to them', async () => {
  const heard: string[] = []
  const extension = defineExtension({
    init(parts) {
      parts.on('buddyListInit', ({ user }) => void heard.push(`init ${user.name}`))
      parts.on('buddyAdd', ({ user, buddy }) => void heard.push(`${user.name} add ${buddy.name}`))
      parts.on('buddyBlock', ({ name, isBlocked }) => void heard.push(`block ${name} ${isBlocked}`))
      parts.on('buddyRemove', ({ name }) => void heard.push(`remove ${name}`))
      parts.on('buddyOnlineStateUpdate', ({ user, state }) => void heard.push(`${user.name} ${state}`))
      parts.on('buddyVariablesUpdate', ({ changes }) => void heard.push(`${changes[0]?.name}`))
      parts.on('buddyMessage', ({ text: said }) => (said === 'no' ? false : { text: `${said}!` }))
    },
  })
  const server = new TestServer({
    zones: [zoneSettings({ buddies: DEFAULT_BUDDIES, extensions: [{ name: 'x', config: {} }] })],
    extensions: { x: extension },
    buddyStore: new MemoryBuddies(),
  })
  await server.start()
  const ann = await userOn(server, 'Ann', 'Bob')
  const bob = await userOn(server, 'Bob', 'Ann')
  for (const message of ['no', 'yes']) {
    await ann.ask('BuddyMessage', { recipientId: idOf(server, 'Bob'), message })
  }
  assert.deepEqual(
    (await bob.heard()).map(({ fields }) => fields.message),
    ['yes!'],
  )
  await ann.ask('BlockBuddy', { buddyName: 'Bob', isBlocked: true })
  await ann.ask('RemoveBuddy', { buddyName: 'Bob' })
  const own = ['init Ann', 'Ann 0', '$__BV_STATE__', 'Ann add Bob', 'init Bob', 'Bob 0', '$__BV_STATE__']
  assert.deepEqual(heard.slice(0, 10), [...own, 'Bob add Ann', 'block Bob true', 'remove Bob'])
})

test('the host program does with buddy lists what their owners may', async () => {
  const server = serverWith()
  const ann = await userOn(server, 'Ann')
  const { api } = server.core
  const user = api.zone('Test').userByName('Ann')
  assert.ok(user)
  await api.buddies.add(user, 'Bob')
  await api.buddies.block(user, 'Bob')
  await api.buddies.setVariables(user, { $motto: 'hi' })
  await api.buddies.setOnline(user, false)
  assert.deepEqual(await ann.names(), ['AddBuddy', 'BlockBuddy', 'SetBuddyVariables', 'GoOnline'])
  assert.deepEqual(api.buddies.listOf(user), [{ name: 'Bob', isBlocked: true, isTemporary: false }])
  assert.deepEqual(
    api.buddies.variablesOf(user).map(({ name }) => name),
    ['$motto', '$__BV_ONLINE__'],
  )
  assert.equal(api.buddies.isOnline(user), false)
  const npc = api.createNpc(api.zone('Test'), 'Bob')
  await api.buddies.start(npc)
  await assert.rejects(api.buddies.remove(npc, 'Ann'), { error: 'buddy-unknown' })
})
