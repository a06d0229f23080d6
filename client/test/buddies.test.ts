import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { type BuddyRow, type BuddyVariableRow, type ServerFields, SFSType } from '@warren/codec'
import { Buddies, ReservedBuddyVariables, SFSError, type SFSEventName } from '../src/index.ts'
import { puppet } from './support/puppet-server.ts'
import { settle } from './support/time.ts'

const { BV_NICKNAME, BV_ONLINE, BV_STATE } = ReservedBuddyVariables

const text = (name: string, value: string): BuddyVariableRow => ({
  name,
  type: 4,
  value: { type: SFSType.UTF_STRING, value },
})
const isSeen = (value: boolean): BuddyVariableRow => ({
  name: BV_ONLINE,
  type: 1,
  value: { type: SFSType.BOOL, value },
})
const buddyRow = (name: string, id: number, more: Partial<BuddyRow> = {}): BuddyRow => ({
  id,
  name,
  isBlocked: false,
  variables: [],
  ...more,
})

const BOB = buddyRow('Bob', 2, { variables: [text(BV_STATE, 'Away'), text('song', 'la')] })
const CID = buddyRow('Cid', -1)

/** Somebody who is logged in and has a list, and what he is told. */
async function withList(t: TestContext, fields: Partial<ServerFields<'InitBuddyList'>> = {}) {
  const server = puppet(t)
  const sfs = await server.loggedIn()
  const buddies = new Buddies(sfs)
  const loading = buddies.init()
  server.say('InitBuddyList', { states: ['Here', 'Away'], variables: [], buddies: [BOB, CID], ...fields })
  const list = await loading
  const told: { readonly name: SFSEventName; readonly event: object }[] = []
  for (const name of [
    'buddyAdd',
    'buddyVariablesUpdate',
    'buddyOnlineStateChange',
    'buddyMessage',
  ] as const) {
    sfs.on(name, event => told.push({ name, event }))
  }
  server.requests.length = 0
  return { server, sfs, buddies, list, told }
}

/** The code with which something is refused. */
async function codeOf(work: Promise<unknown>): Promise<number | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    assert.ok(error instanceof SFSError)
    return error.code
  }
}

describe('a buddy list', () => {
  test('is loaded once, and knows who is there', async t => {
    const { server, sfs, buddies, list } = await withList(t, {
      variables: [text(BV_NICKNAME, 'Annie'), text('$mood', 'fine')],
    })
    assert.equal(sfs.buddyList, list)
    assert.equal(await buddies.init(), list)
    assert.deepEqual(server.asked, [])
    assert.deepEqual([list.size, list.states, list.nickname], [2, ['Here', 'Away'], 'Annie'])
    assert.equal(list.variables.get('$mood'), 'fine')
    const names = (some: Iterable<{ readonly name: string }>) => [...some].map(({ name }) => name)
    assert.deepEqual(
      [names(list), names(list.online), names(list.offline)],
      [['Bob', 'Cid'], ['Bob'], ['Cid']],
    )
    assert.equal(list.find('Bob'), list.find(2))
    assert.equal(list.find(-1), undefined)
    assert.deepEqual([list.find(2)?.state, list.find(2)?.nickname], ['Away', undefined])
  })

  test('of somebody who hides shows him as away', async t => {
    const { list } = await withList(t, { buddies: [{ ...BOB, variables: [isSeen(false)] }] })
    assert.equal(list.find('Bob')?.isOnline, false)
  })

  test('is forgotten with the session', async t => {
    const { server, sfs, buddies } = await withList(t)
    server.say('Logout', { zoneName: 'Zone' })
    await settle()
    assert.equal(sfs.buddyList, undefined)
    assert.throws(() => buddies.list, TypeError)
  })

  test('that is not there is refused, with the code', async t => {
    const server = puppet(t)
    const sfs = await server.loggedIn()
    const told = sfs.next('buddyError')
    const loading = codeOf(new Buddies(sfs).init())
    server.refuse(200, 36, 'no list')
    assert.equal(await loading, 36)
    assert.equal((await told).errorCode, 36)
    await assert.rejects(new Buddies(sfs).add('Bob'), TypeError)
  })
})

describe('buddies', () => {
  test('are added, blocked, freed and removed when the server says so', async t => {
    const { server, buddies, list } = await withList(t)
    const adding = buddies.add('Dan')
    assert.equal(list.find('Dan'), undefined)
    server.say('AddBuddy', { buddy: buddyRow('Dan', 4) })
    const dan = await adding
    assert.deepEqual([dan.isOnline, list.size, list.find('Dan')], [true, 3, dan])

    const blocking = buddies.block(dan)
    server.say('BlockBuddy', { buddyName: 'Dan', isBlocked: true })
    await blocking
    assert.equal(dan.isBlocked, true)
    const freeing = buddies.unblock('Dan')
    server.say('BlockBuddy', { buddyName: 'Dan', isBlocked: false, buddy: buddyRow('Dan', -1) })
    await freeing
    assert.deepEqual([dan.isBlocked, dan.isOnline], [false, false])

    const removing = buddies.remove(dan)
    server.say('RemoveBuddy', { buddyName: 'Dan' })
    await removing
    assert.equal(list.find('Dan'), undefined)
    assert.deepEqual(server.asked, ['AddBuddy', 'BlockBuddy', 'BlockBuddy', 'RemoveBuddy'])
  })

  test('that are refused reject with the code of their own request', async t => {
    const { server, buddies } = await withList(t)
    const outcomes = [
      codeOf(buddies.add('Dan')),
      codeOf(buddies.block('Cid')),
      codeOf(buddies.setVariables({ mood: 'fine' })),
    ]
    server.refuse(201, 37, '100')
    server.refuse(202, 38, 'Cid')
    server.refuse(204, 39, '15')
    assert.deepEqual(await Promise.all(outcomes), [37, 38, 39])
  })

  test('that came with a message are temporary, until they are added', async t => {
    const { server, buddies, list, told } = await withList(t)
    server.say('AddBuddy', { buddy: buddyRow('Eve', 5, { isTemporary: true }) })
    server.say('BuddyMessage', { roomId: -1, userId: 5, message: 'hi' })
    await settle()
    const eve = list.find('Eve')
    assert.equal(eve?.isTemporary, true)
    assert.deepEqual(
      told.map(({ name }) => name),
      ['buddyAdd', 'buddyMessage'],
    )
    const adding = buddies.add('Eve')
    // Another message of his comes first.
    server.say('AddBuddy', { buddy: buddyRow('Eve', 5, { isTemporary: true }) })
    server.say('AddBuddy', { buddy: buddyRow('Eve', 5) })
    assert.equal(await adding, eve)
    assert.equal(eve?.isTemporary, false)
    assert.equal(await buddies.add('Eve'), eve)
    assert.deepEqual(server.asked, ['AddBuddy'])
  })

  test('cannot be oneself, nobody, or unknown', async t => {
    const { buddies, server } = await withList(t)
    await assert.rejects(buddies.add('Ann'), TypeError)
    await assert.rejects(buddies.add(''), TypeError)
    await assert.rejects(buddies.remove('Zoe'), TypeError)
    assert.throws(() => buddies.tell('Zoe', 'hi'), TypeError)
    assert.throws(() => buddies.tell('Cid', 'hi'), /away/)
    assert.deepEqual(server.asked, [])
  })
})

describe('what is seen of buddies', () => {
  test('goes and comes: what is not kept goes with the visit', async t => {
    const { server, list } = await withList(t)
    const bob = list.find('Bob')
    server.say('GoOnline', { buddyName: 'Bob', userId: -1, state: 2 })
    await settle()
    assert.deepEqual([bob?.isOnline, bob?.state, bob?.variables.get('song')], [false, 'Away', undefined])
    server.say('GoOnline', { buddyName: 'Bob', userId: 9, state: 0 })
    server.say('SetBuddyVariables', { buddyName: 'Bob', variables: [text('song', 'lo')] })
    await settle()
    assert.deepEqual([bob?.isOnline, bob?.id, bob?.variables.get('song')], [true, 9, 'lo'])
  })

  test('is kept up to date in silence while the user is offline', async t => {
    const { server, buddies, list, told } = await withList(t)
    const hiding = buddies.goOnline(false)
    server.say('GoOnline', { buddyName: 'Ann', userId: -1, state: 1 })
    await hiding
    assert.equal(list.isOnline, false)
    told.length = 0
    server.say('GoOnline', { buddyName: 'Cid', userId: 3, state: 0 })
    server.say('SetBuddyVariables', { buddyName: 'Cid', variables: [text('song', 'lo')] })
    await settle()
    assert.deepEqual([list.find(3)?.name, list.find(3)?.variables.get('song'), told], ['Cid', 'lo', []])
    await assert.rejects(buddies.setState('Here'), TypeError)
    await buddies.goOnline(false)
    assert.deepEqual(server.asked, ['GoOnline'])
  })

  test('is nothing of those who are not on the list', async t => {
    const { server, told } = await withList(t)
    server.say('GoOnline', { buddyName: 'Zoe', userId: 8, state: 0 })
    server.say('SetBuddyVariables', { buddyName: 'Zoe', variables: [text('song', 'lo')] })
    server.say('BuddyMessage', { roomId: -1, userId: 8, message: 'hi' })
    await settle()
    assert.deepEqual(told, [])
  })

  test('of the user himself is what the server made of it', async t => {
    const { server, buddies, list } = await withList(t)
    const naming = buddies.setNickname('rude')
    server.say('SetBuddyVariables', { buddyName: 'Bob', variables: [text(BV_NICKNAME, 'Bobby')] })
    server.say('SetBuddyVariables', { buddyName: 'Ann', variables: [text(BV_NICKNAME, '****')] })
    await naming
    assert.deepEqual([list.nickname, list.find('Bob')?.nickname], ['****', 'Bobby'])
    const [request] = server.requests
    assert.ok(request?.name === 'SetBuddyVariables')
    assert.deepEqual(
      request.fields.variables.map(({ name, value }) => [name, value.value]),
      [[BV_NICKNAME, 'rude']],
    )
  })
})
