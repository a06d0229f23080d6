import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { ElectroServerEventName } from '@warren/client/electroserver'
import { ElectroServer } from '@warren/client/electroserver/node'
import type { ZoneSettings } from '@warren/server'
import { deadline } from '../../src/client/deadline.ts'
import type { RawClient } from '../../src/client/raw-client.ts'
import type { Es3Client } from '../../src/es3/es3-client.ts'
import { Es3Stage, packet, settled } from '../../src/es3/es3-stage.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a listener for ElectroServer clients' }

const BUDDIES: NonNullable<ZoneSettings['buddies']> = {
  active: true,
  offlineVariables: true,
  maxBuddies: 3,
  maxVariables: 15,
  maxVariableBytes: 10_000,
  temporaryBuddies: true,
  states: ['Available'],
  filterWords: false,
}

const open = (t: TestContext) => Es3Stage.open(t, { zone: { buddies: BUDDIES } })

/** Adds somebody, and passes over what that brings. */
async function add(client: Es3Client, name: string): Promise<readonly string[]> {
  client.send({ name: 'AddBuddy', fields: { name } })
  return await settled(client)
}

async function buddiesOf(client: Es3Client): Promise<Readonly<Record<string, boolean>>> {
  client.send({ name: 'GetBuddyList', fields: {} })
  const { users } = (await client.find('BuddyList')).fields
  return Object.fromEntries(users.map(({ name, isLoggedIn }) => [name, isLoggedIn]))
}

/** A user of SFS2X who is seen, and has somebody on his list. */
async function friend(stage: Es3Stage, name: string, buddyName: string): Promise<RawClient> {
  const client = await stage.sfs2xUser(name)
  client.request('InitBuddyList', {})
  await client.find('InitBuddyList')
  client.request('AddBuddy', { buddyName })
  await client.find('AddBuddy')
  return client
}

const came = (name: string) => packet('BuddyLoggedIn', `<User><Name>${name}</Name></User>`)
const went = (name: string) => packet('BuddyLoggedOut', `<User><Name>${name}</Name></User>`)
const ADDED = packet('AddBuddy', '<Result>Success</Result>')
const failed = (action: string, reason: string) =>
  packet(action, `<Result>Error</Result><Reason>${reason}</Reason>`)

test('who comes and goes is told to those who have him on their lists, and to nobody else', OWN, async t => {
  const stage = await open(t)
  const [ann, eve] = [await stage.user('Ann'), await stage.user('Eve')]
  assert.deepEqual(await add(ann, 'Bob'), [ADDED])
  const bob = await stage.user('Bob')
  assert.equal(await ann.text(), came('Bob'))
  // Whoever is there is told at once, whatever case his name is written in.
  assert.deepEqual(await add(bob, 'ANN'), [came('Ann'), ADDED])
  assert.deepEqual(await buddiesOf(bob), { Ann: true })
  assert.deepEqual(await buddiesOf(ann), { Bob: true })
  await bob.close()
  assert.equal(await ann.text(), went('Bob'))
  assert.deepEqual(await buddiesOf(ann), { Bob: false })
  assert.deepEqual(await settled(eve), [])
})

test(
  'a list is as it was when its owner comes back, on the packet that was designed for it',
  OWN,
  async t => {
    const stage = await open(t)
    const ann = await stage.user('Ann')
    for (const name of ['Bob', 'Eve']) await add(ann, name)
    ann.send({ name: 'RemoveBuddy', fields: { name: 'bob' } })
    assert.equal(await ann.text(), packet('RemoveBuddy', '<Result>Success</Result>'))
    await ann.close()
    const eve = await stage.user('Eve')
    const again = await stage.user('Ann')
    again.send({ name: 'GetBuddyList', fields: {} })
    assert.equal(
      await again.text(),
      packet('GetBuddyList', '<Users><User LoggedIn="true"><Name>Eve</Name></User></Users>'),
    )
    assert.deepEqual(await settled(eve), [])
  },
)

test('what cannot be is refused with a reason', OWN, async t => {
  const stage = await open(t)
  const ann = await stage.user('Ann')
  for (const name of ['B', 'C', 'D']) await add(ann, name)
  assert.deepEqual(await add(ann, 'E'), [failed('AddBuddy', 'The buddy list is full')])
  assert.deepEqual(await add(ann, 'B'), [failed('AddBuddy', 'The buddy list is so already')])
  assert.deepEqual(await add(ann, 'ann'), [
    failed('AddBuddy', 'The name can be nobody, or is that of the user'),
  ])
  ann.send({ name: 'RemoveBuddy', fields: { name: 'Nobody' } })
  assert.equal(await ann.text(), failed('RemoveBuddy', 'Nobody of that name is on the buddy list'))
})

test('a zone without buddy lists says so', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const ann = await stage.user('Ann')
  assert.match((await add(ann, 'Bob')).join(), /<Result>Error<\/Result><Reason>.*buddy list/i)
  ann.send({ name: 'GetBuddyList', fields: {} })
  assert.match(await ann.text(), /<RequestAction>GetBuddyList</)
})

test('buddies are the same for users of SFS2X: seen by each other, talking, blocked', OWN, async t => {
  const stage = await open(t)
  const peter = await friend(stage, 'Peter', 'Ann')
  const ann = await stage.user('Ann')
  const { userId: recipientId, buddyName, state } = await peter.find('GoOnline')
  assert.deepEqual([buddyName, state], ['Ann', 0])
  assert.deepEqual(await add(ann, 'Peter'), [came('Peter'), ADDED])

  peter.request('GoOnline', { isOnline: false })
  assert.equal(await ann.text(), went('Peter'))
  assert.deepEqual(await buddiesOf(ann), { Peter: false })
  peter.request('GoOnline', { isOnline: true })
  assert.equal(await ann.text(), came('Peter'))

  assert.ok(recipientId)
  peter.request('BuddyMessage', { recipientId, message: 'Hello Ann' })
  assert.deepEqual((await ann.expect('PrivateMessage')).fields, {
    sender: 'Peter',
    message: 'Hello Ann',
    variables: [],
  })

  // Who is blocked sees the other as one who is away.
  peter.request('BlockBuddy', { buddyName: 'Ann', isBlocked: true })
  await peter.find('BlockBuddy')
  assert.deepEqual(await buddiesOf(ann), { Peter: false })

  peter.request('BlockBuddy', { buddyName: 'Ann', isBlocked: false })
  assert.equal(await ann.text(), came('Peter'))
  await ann.close()
  let told = await peter.find('GoOnline')
  while (told.buddyName !== 'Ann') told = await peter.find('GoOnline')
  assert.equal(told.state, 2)
})

test('the class has methods and events for it', OWN, async t => {
  const stage = await open(t)
  const es = new ElectroServer()
  t.after(() => es.close())
  const told = async <N extends ElectroServerEventName>(name: N, action: () => void) => {
    const event = es.next(name)
    action()
    return await deadline(event, 5000, name)
  }
  es.setPort(stage.electro.port)
  await told('onConnection', () => es.connect())
  await told('loggedIn', () => es.login('Derek'))
  es.addBuddy('Jobe')
  const jobe = await told('buddyLoggedIn', () => void stage.user('Jobe'))
  assert.deepEqual(jobe, ['Jobe'])
  const [buddies] = await told('buddyListLoaded', () => es.getBuddyList())
  assert.deepEqual(buddies, [{ name: 'Jobe', isLoggedIn: true }])
  assert.deepEqual(await told('requestFailed', () => es.addBuddy('Jobe')), [
    'AddBuddy',
    'The buddy list is so already',
  ])
  es.removeBuddy('Jobe')
  assert.deepEqual(await told('buddyListLoaded', () => es.getBuddyList()), [[]])
})

test('who moves to another zone is gone for his buddies, and has another list there', OWN, async t => {
  const stage = await open(t)
  const [ann, bob] = [await stage.user('Ann'), await stage.user('Bob')]
  await add(ann, 'Bob')
  bob.createRoom('Away', { zone: 'Games' })
  await bob.find('RoomJoined')
  assert.equal(await ann.text(), went('Bob'))
  bob.createRoom('Home', { zone: 'Default' })
  await bob.find('RoomJoined')
  assert.equal(await ann.text(), came('Bob'))
})
