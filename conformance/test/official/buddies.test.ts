import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SFSBuddy } from 'sfs2x-api'
import { loggedIn } from '../../src/official/arrivals.ts'
import { openDefault } from '../../src/official/examples.ts'
import { type OfficialClient, SFS2X } from '../../src/official/official-client.ts'
import type { Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a zone with buddy lists' }

/** What comes with events about buddies, as far as tests look at it. */
interface BuddyDetails {
  readonly buddy?: SFSBuddy
  readonly isItMe?: boolean
  readonly changedVars?: readonly string[]
  readonly message?: string
  readonly errorCode?: number
}

/** Somebody with a buddy list, and what he is told of it, in order. */
class Friend {
  readonly client: OfficialClient
  readonly #events: { readonly name: string; readonly details: BuddyDetails }[] = []
  #waiting: (() => void) | undefined

  constructor(client: OfficialClient) {
    this.client = client
    for (const name of Object.values(SFS2X.SFSBuddyEvent)) {
      client.sfs.addEventListener(
        name,
        (details: BuddyDetails) => {
          this.#events.push({ name, details })
          this.#waiting?.()
        },
        this,
      )
    }
  }

  get manager() {
    return this.client.sfs.buddyManager
  }

  /** The next event about buddies must be this one. */
  async told(name: string): Promise<BuddyDetails> {
    while (this.#events.length === 0) await new Promise<void>(resolve => (this.#waiting = resolve))
    const event = this.#events.shift()
    assert.equal(event?.name, name)
    return event?.details ?? {}
  }
}

async function friend(scene: Scene, name: string, ...buddies: readonly string[]): Promise<Friend> {
  const someone = new Friend(await loggedIn(scene, name, 'BasicExamples'))
  someone.client.send(new SFS2X.InitBuddyListRequest())
  await someone.told('buddyListInit')
  await someone.told('buddyVariablesUpdate')
  for (const buddy of buddies) {
    someone.client.send(new SFS2X.AddBuddyRequest(buddy))
    await someone.told('buddyAdd')
  }
  return someone
}

test(
  'the official client keeps a buddy list, and sees his buddies come, change, hide and go [P-6.17]',
  OWN,
  async t => {
    const scene = await openDefault(t)
    const ann = await friend(scene, 'Ann', 'Ben')
    assert.deepEqual([...ann.manager.getBuddyStates()], ['Available', 'Away', 'Occupied'])
    assert.equal(ann.manager.getMyState(), 'Available')
    assert.equal(ann.manager.getBuddyByName('Ben')?.isOnline, false)

    const ben = await friend(scene, 'Ben')
    await ann.told('buddyOnlineStateChange')
    await ann.told('buddyVariablesUpdate')
    const seen = ann.manager.getBuddyByName('Ben')
    assert.deepEqual([seen?.isOnline, seen?.id, seen?.state], [true, ben.client.sfs.mySelf?.id, 'Available'])

    const { SFSBuddyVariable } = SFS2X
    ben.client.send(
      new SFS2X.SetBuddyVariablesRequest([
        new SFSBuddyVariable('$__BV_NICKNAME__', 'Benny'),
        new SFSBuddyVariable('score', 5),
      ]),
    )
    assert.equal((await ben.told('buddyVariablesUpdate')).isItMe, true)
    const { changedVars } = await ann.told('buddyVariablesUpdate')
    assert.deepEqual(changedVars, ['$__BV_NICKNAME__', 'score'])
    assert.deepEqual([seen?.nickName, seen?.getVariable('score').value], ['Benny', 5])

    ben.client.send(new SFS2X.GoOnlineRequest(false))
    await ben.told('buddyOnlineStateChange')
    await ann.told('buddyOnlineStateChange')
    assert.equal(seen?.isOnline, false)
    ben.client.send(new SFS2X.GoOnlineRequest(true))
    await ben.told('buddyOnlineStateChange')
    await ann.told('buddyOnlineStateChange')
    await ann.told('buddyVariablesUpdate')
    assert.equal(seen?.isOnline, true)

    await ben.client.leave()
    await ann.told('buddyOnlineStateChange')
    assert.deepEqual(
      [seen?.isOnline, seen?.containsVariable('score'), seen?.nickName],
      [false, false, 'Benny'],
    )
    assert.deepEqual([...ann.client.complaints, ...ben.client.complaints], [])
  },
)

test(
  'the official client writes to buddies, who have him for now, block, free and remove him',
  OWN,
  async t => {
    const scene = await openDefault(t)
    const ben = await friend(scene, 'Ben')
    const ann = await friend(scene, 'Ann', 'Ben')
    const say = (text: string) => {
      const buddy = ann.manager.getBuddyByName('Ben')
      assert.ok(buddy)
      ann.client.send(new SFS2X.BuddyMessageRequest(text, buddy))
    }
    say('hi')
    const added = await ben.told('buddyAdd')
    assert.deepEqual([added.buddy?.name, added.buddy?.isTemp], ['Ann', true])
    const heard = await ben.told('buddyMessage')
    assert.deepEqual([heard.message, heard.isItMe, heard.buddy?.name], ['hi', false, 'Ann'])
    assert.equal((await ann.told('buddyMessage')).isItMe, true)

    ben.client.send(new SFS2X.BlockBuddyRequest('Ann', true))
    assert.equal((await ben.told('buddyBlock')).buddy?.isBlocked, true)
    say('do you hear me?')
    ben.client.send(new SFS2X.BlockBuddyRequest('Ann', false))
    assert.equal((await ben.told('buddyBlock')).buddy?.isOnline, true)
    await ann.told('buddyOnlineStateChange')
    await ann.told('buddyVariablesUpdate')
    say('and now?')
    assert.equal((await ben.told('buddyMessage')).message, 'and now?')
    assert.equal((await ann.told('buddyMessage')).message, 'and now?')
    ben.client.send(new SFS2X.RemoveBuddyRequest('Ann'))
    assert.equal((await ben.told('buddyRemove')).buddy?.name, 'Ann')
    assert.equal(ben.manager.containsBuddy('Ann'), false)
    assert.deepEqual([...ann.client.complaints, ...ben.client.complaints], [])
  },
)

test('the official client is told what is too much [P-7]', OWN, async t => {
  const scene = await openDefault(t)
  const ann = await friend(scene, 'Ann')
  const many = Array.from({ length: 16 }, (_, index) => new SFS2X.SFSBuddyVariable(`v${index}`, index))
  ann.client.send(new SFS2X.SetBuddyVariablesRequest(many))
  assert.equal((await ann.told('buddyError')).errorCode, 39)
  for (let index = 0; index < 100; index++) {
    ann.client.send(new SFS2X.AddBuddyRequest(`Buddy${index}`))
    await ann.told('buddyAdd')
  }
  ann.client.send(new SFS2X.AddBuddyRequest('One more'))
  assert.equal((await ann.told('buddyError')).errorCode, 37)
})
