import assert from 'node:assert/strict'
import { loggedIn } from '../../src/clients/arrivals.ts'
import type { SeenBuddy } from '../../src/clients/client-api.ts'
import { eachClient } from '../../src/clients/each-client.ts'
import type { TestClient } from '../../src/clients/test-client.ts'
import { defaults } from '../../src/official/examples.ts'
import type { Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a zone with buddy lists' }

const overrides = await defaults()
const openDefault = () => overrides

/** Somebody with a buddy list, and with these on it. */
async function friend(scene: Scene, name: string, ...buddies: readonly string[]): Promise<TestClient> {
  const client = await loggedIn(scene, name, 'BasicExamples')
  client.send(new client.SFS2X.InitBuddyListRequest())
  await client.expect('buddyListInit')
  assert.equal((await client.expect('buddyVariablesUpdate')).isItMe, true)
  for (const buddy of buddies) await add(client, buddy)
  return client
}

async function add(client: TestClient, name: string): Promise<SeenBuddy> {
  client.send(new client.SFS2X.AddBuddyRequest(name))
  return (await client.expect('buddyAdd')).buddy
}

function goOnline(client: TestClient, isOnline: boolean): void {
  client.send(new client.SFS2X.GoOnlineRequest(isOnline))
}

/** Both hear that one of them came, or shows himself. */
async function seen(client: TestClient): Promise<void> {
  await client.expect('buddyOnlineStateChange')
  await client.expect('buddyVariablesUpdate')
}

eachClient('a buddy list begins with what the zone offers [P-6.17.4]', OWN, async ({ open, SFS2X }) => {
  const ann = await friend(await open(openDefault), 'Ann', 'Ben')
  const { buddyManager } = ann.sfs
  assert.deepEqual([...buddyManager.getBuddyStates()], ['Available', 'Away', 'Occupied'])
  assert.deepEqual([buddyManager.getMyState(), buddyManager.getMyOnlineState()], ['Available', true])
  assert.equal(buddyManager.getMyVariable(SFS2X.ReservedBuddyVariables.BV_STATE).value, 'Available')
  const ben = buddyManager.getBuddyByName('Ben')
  assert.deepEqual([ben.isOnline, ben.id, ben.isBlocked, Boolean(ben.isTemp)], [false, -1, false, false])
  assert.deepEqual(
    buddyManager.getOfflineBuddies().map(({ name }) => name),
    ['Ben'],
  )
})

eachClient('a buddy is seen to come, change, hide and go [P-6.17.8]', OWN, async ({ open, SFS2X }) => {
  const scene = await open(openDefault)
  const ann = await friend(scene, 'Ann', 'Ben')
  const ben = await friend(scene, 'Ben')
  await seen(ann)
  const buddy = ann.sfs.buddyManager.getBuddyByName('Ben')
  assert.deepEqual([buddy.isOnline, buddy.id, buddy.state], [true, ben.sfs.mySelf.id, 'Available'])
  assert.equal(ann.sfs.buddyManager.getBuddyById(ben.sfs.mySelf.id).name, 'Ben')

  const { BV_NICKNAME } = SFS2X.ReservedBuddyVariables
  ben.send(
    new SFS2X.SetBuddyVariablesRequest([
      new SFS2X.SFSBuddyVariable(BV_NICKNAME, 'Benny'),
      new SFS2X.SFSBuddyVariable('score', 5),
    ]),
  )
  const own = await ben.expect('buddyVariablesUpdate')
  assert.deepEqual([own.isItMe, own.changedVars], [true, [BV_NICKNAME, 'score']])
  assert.equal(ben.sfs.buddyManager.getMyNickName(), 'Benny')
  const { changedVars, isItMe } = await ann.expect('buddyVariablesUpdate')
  assert.deepEqual([isItMe, changedVars], [false, [BV_NICKNAME, 'score']])
  assert.deepEqual([buddy.nickName, buddy.getVariable('score').value], ['Benny', 5])

  goOnline(ben, false)
  assert.equal((await ben.expect('buddyOnlineStateChange')).isItMe, true)
  assert.equal(ben.sfs.buddyManager.getMyOnlineState(), false)
  assert.equal((await ann.expect('buddyOnlineStateChange')).buddy?.isOnline, false)
  goOnline(ben, true)
  await ben.expect('buddyOnlineStateChange')
  await seen(ann)
  assert.equal(buddy.isOnline, true)

  await ben.leave()
  await ann.expect('buddyOnlineStateChange')
  assert.deepEqual([buddy.isOnline, buddy.containsVariable('score'), buddy.nickName], [false, false, 'Benny'])
  assert.deepEqual([...ann.complaints, ...ben.complaints], [])
})

eachClient('who writes to a stranger is on his list for now [P-6.17.9]', OWN, async ({ open, SFS2X }) => {
  const scene = await open(openDefault)
  const ben = await friend(scene, 'Ben')
  const ann = await friend(scene, 'Ann', 'Ben')
  const params = new SFS2X.SFSObject()
  params.putInt('size', 7)
  ann.send(new SFS2X.BuddyMessageRequest('hi', ann.sfs.buddyManager.getBuddyByName('Ben'), params))
  const { buddy } = await ben.expect('buddyAdd')
  assert.deepEqual([buddy.name, buddy.isTemp, buddy.isOnline], ['Ann', true, true])
  const heard = await ben.expect('buddyMessage')
  assert.deepEqual(
    [heard.message, heard.isItMe, heard.buddy?.name, heard.data?.getInt('size')],
    ['hi', false, 'Ann', 7],
  )
  const echo = await ann.expect('buddyMessage')
  assert.deepEqual([echo.message, echo.isItMe], ['hi', true])
  assert.ok(!(await add(ben, 'Ann')).isTemp)
  assert.deepEqual([...ann.complaints, ...ben.complaints], [])
})

eachClient(
  'who is blocked is not heard, who is freed is heard again, and who is removed is gone [P-6.17.3]',
  OWN,
  async ({ open, SFS2X }) => {
    const scene = await open(openDefault)
    const ben = await friend(scene, 'Ben', 'Ann')
    const ann = await friend(scene, 'Ann', 'Ben')
    await seen(ben)
    const say = (text: string) =>
      ann.send(new SFS2X.BuddyMessageRequest(text, ann.sfs.buddyManager.getBuddyByName('Ben')))
    ben.send(new SFS2X.BlockBuddyRequest('Ann', true))
    assert.equal((await ben.expect('buddyBlock')).buddy.isBlocked, true)
    say('do you hear me?')
    ben.send(new SFS2X.BlockBuddyRequest('Ann', false))
    const { buddy } = await ben.expect('buddyBlock')
    assert.deepEqual([buddy.isBlocked, buddy.isOnline], [false, true])
    await seen(ann)
    say('and now?')
    assert.equal((await ben.expect('buddyMessage')).message, 'and now?')
    assert.equal((await ann.expect('buddyMessage')).message, 'and now?')
    ben.send(new SFS2X.RemoveBuddyRequest('Ann'))
    assert.equal((await ben.expect('buddyRemove')).buddy.name, 'Ann')
    assert.equal(ben.sfs.buddyManager.containsBuddy('Ann'), false)
    assert.deepEqual([...ann.complaints, ...ben.complaints], [])
  },
)

eachClient('who is offline knows how others are, and is told nothing', OWN, async ({ open }) => {
  const scene = await open(openDefault)
  const ann = await friend(scene, 'Ann', 'Ben')
  goOnline(ann, false)
  await ann.expect('buddyOnlineStateChange')
  await friend(scene, 'Ben', 'Ann')
  goOnline(ann, true)
  assert.equal((await ann.expect('buddyOnlineStateChange')).isItMe, true)
  assert.equal(ann.sfs.buddyManager.getBuddyByName('Ben').isOnline, true)
})

eachClient('what is too much is told, with its code [P-7]', OWN, async ({ open, SFS2X }) => {
  const ann = await friend(await open(openDefault), 'Ann')
  const many = Array.from({ length: 16 }, (_, index) => new SFS2X.SFSBuddyVariable(`v${index}`, index))
  ann.send(new SFS2X.SetBuddyVariablesRequest(many))
  assert.equal((await ann.expect('buddyError')).errorCode, 39)
  for (let index = 0; index < 100; index++) await add(ann, `Buddy${index}`)
  ann.send(new SFS2X.AddBuddyRequest('One more'))
  assert.equal((await ann.expect('buddyError')).errorCode, 37)
})

eachClient('a zone without buddy lists says so, and the names are the same', async ({ open, SFS2X }) => {
  const ann = await loggedIn(await open(), 'Ann')
  ann.send(new SFS2X.InitBuddyListRequest())
  assert.equal((await ann.expect('buddyError')).errorCode, 36)
  const { SFSBuddyEvent } = SFS2X
  assert.deepEqual(
    { ...SFSBuddyEvent },
    {
      BUDDY_LIST_INIT: 'buddyListInit',
      BUDDY_ADD: 'buddyAdd',
      BUDDY_REMOVE: 'buddyRemove',
      BUDDY_BLOCK: 'buddyBlock',
      BUDDY_ERROR: 'buddyError',
      BUDDY_ONLINE_STATE_CHANGE: 'buddyOnlineStateChange',
      BUDDY_VARIABLES_UPDATE: 'buddyVariablesUpdate',
      BUDDY_MESSAGE: 'buddyMessage',
    },
  )
})
