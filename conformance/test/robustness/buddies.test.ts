import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { SFSObject, SFSType, type SFSValue, VariableType } from '@warren/codec'
import { defaults } from '../../src/official/examples.ts'
import { assertSilence, type Player, Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

/** Whose limits these are. */
const OWN = { skip: isRemote() && 'needs a zone with buddy lists and default limits' }
const ZONE = 'BasicExamples'

const overrides = await defaults()

async function open(t: TestContext): Promise<Scene> {
  return await Scene.open(t, () => overrides)
}

/** Somebody with a buddy list that has these on it. */
async function friend(scene: Scene, name: string, ...buddies: readonly string[]): Promise<Player> {
  const player = await scene.player(ZONE, name)
  player.client.request('InitBuddyList', {})
  await player.client.find('SetBuddyVariables')
  for (const buddyName of buddies) {
    player.client.request('AddBuddy', { buddyName })
    await player.client.expect('AddBuddy')
  }
  return player
}

const text = (value: string): SFSValue => ({ type: SFSType.UTF_STRING, value })
const variable = (name: string, value: SFSValue) => ({ name, type: VariableType.STRING, value })

test('variables of hostile sizes are refused, and nobody is told of them', OWN, async t => {
  const scene = await open(t)
  const ann = await friend(scene, 'Ann', 'Ben')
  const ben = await friend(scene, 'Ben')
  await ann.client.expect('GoOnline')
  await ann.client.expect('SetBuddyVariables')
  const set = (...rows: readonly ReturnType<typeof variable>[]) =>
    ben.client.request('SetBuddyVariables', { variables: rows })
  const nested = { type: SFSType.SFS_OBJECT, value: new SFSObject().putUtfString('x', 'y'.repeat(30_000)) }
  set(variable('$mood', text('x'.repeat(30_000))))
  set(variable('object', nested))
  set(...Array.from({ length: 15 }, (_, index) => variable(`v${index}`, text('z'.repeat(600)))))
  set(...Array.from({ length: 1000 }, (_, index) => variable(`v${index}`, text(''))))
  for (let count = 0; count < 4; count++) assert.equal((await ben.client.expectFailure()).code, 39)
  set(variable('n'.repeat(256), text('x')))
  set(variable('', text('x')))
  set()
  await assertSilence(ben.client)
  set(variable('$mood', text('fine')))
  await ben.client.expect('SetBuddyVariables')
  const { variables } = await ann.client.expect('SetBuddyVariables')
  assert.deepEqual(
    variables.map(({ name }) => name),
    ['$mood'],
  )
})

test(
  'a list has a hundred buddies, and who asks for hundreds at once loses his own line only',
  OWN,
  async t => {
    const scene = await open(t)
    const names = Array.from({ length: 100 }, (_, index) => `b${index}`)
    const { client } = await friend(scene, 'Ann', ...names)
    client.request('AddBuddy', { buddyName: 'one more' })
    assert.deepEqual(await client.expectFailure(), { action: 201, code: 37, args: ['100'] })
    const flood = await friend(scene, 'Flo')
    for (let index = 0; index < 2000; index++) flood.client.request('AddBuddy', { buddyName: `b${index}` })
    await flood.client.closed
    client.request('RemoveBuddy', { buddyName: 'b0' })
    assert.equal((await client.expect('RemoveBuddy')).buddyName, 'b0')
  },
)

test('names that are none, and requests out of turn, get silence', OWN, async t => {
  const scene = await open(t)
  const { client, id } = await scene.player(ZONE, 'Ann')
  client.request('AddBuddy', { buddyName: 'Ben' })
  client.request('BlockBuddy', { buddyName: 'Ben', isBlocked: true })
  client.request('RemoveBuddy', { buddyName: 'Ben' })
  client.request('SetBuddyVariables', { variables: [variable('a', text('b'))] })
  client.request('GoOnline', { isOnline: false })
  client.request('BuddyMessage', { recipientId: id, message: 'hi' })
  await assertSilence(client)
  client.request('InitBuddyList', {})
  await client.find('SetBuddyVariables')
  client.request('InitBuddyList', {})
  client.request('AddBuddy', { buddyName: 'Ann' })
  client.request('AddBuddy', { buddyName: 'x'.repeat(1001) })
  client.request('BlockBuddy', { buddyName: 'nobody', isBlocked: true })
  client.request('RemoveBuddy', { buddyName: 'nobody' })
  client.request('BuddyMessage', { recipientId: id, message: 'to myself' })
  client.request('BuddyMessage', { recipientId: -1, message: 'to nobody' })
  client.request('GoOnline', { isOnline: true })
  await assertSilence(client)
})
