import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { defaults } from '../../src/official/examples.ts'
import { assertSilence, Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

/** Whose limits these are. */
const OWN = { skip: isRemote() && 'has limits of its own' }

test('one user has 64 invitations open at most, and more are silence', OWN, async t => {
  const scene = await Scene.open(t)
  const ann = await scene.player('BH0', 'Ann')
  const bob = await scene.player('BH0', 'Bob')
  const invite = (params?: SFSObject) =>
    ann.client.request('InviteUsers', {
      inviteeIds: [bob.id, bob.id],
      seconds: 30,
      ...(params && { params }),
    })
  for (let count = 0; count < 200; count++) invite()
  const ids = new Set<number>()
  for (let count = 0; count < 64; count++) ids.add((await bob.client.expect('InviteUsers')).invitationId)
  assert.equal(ids.size, 64)
  await assertSilence(ann.client)
  await assertSilence(bob.client)
  const [first = -1] = ids
  bob.client.request('InvitationReply', { invitationId: first, reply: 1 })
  await ann.client.expect('InvitationReply')
  invite(new SFSObject().putUtfString('x', 'y'.repeat(20_000)))
  invite(new SFSObject().putUtfString('x', 'y'.repeat(10_000)))
  assert.equal((await bob.client.expect('InviteUsers')).params?.getUtfString('x').length, 10_000)
  await assertSilence(bob.client)
})

test('nobody answers what others were asked, or what is over', OWN, async t => {
  const scene = await Scene.open(t)
  const [ann, bob, cid] = [
    await scene.player('BH0', 'Ann'),
    await scene.player('BH0', 'Bob'),
    await scene.player('BH0', 'Cid'),
  ]
  ann.client.request('InviteUsers', { inviteeIds: [bob.id], seconds: 30 })
  const { invitationId } = await bob.client.expect('InviteUsers')
  const refusal = { action: 301, code: 42, args: [] }
  for (const player of [cid, ann]) {
    for (const id of [invitationId, invitationId + 1, -1, 2 ** 31 - 1]) {
      player.client.request('InvitationReply', { invitationId: id, reply: 0 })
      assert.deepEqual(await player.client.expectFailure(), refusal)
    }
  }
  bob.client.request('InvitationReply', { invitationId, reply: 0 })
  assert.equal((await ann.client.expect('InvitationReply')).reply, 0)
  bob.client.request('InvitationReply', { invitationId, reply: 0 })
  assert.deepEqual(await bob.client.expectFailure(), refusal)
  await assertSilence(ann.client)
})

test('a zone says how many are invited into a room at once, and that they are buddies', OWN, async t => {
  const { zones = [], ...rest } = await defaults()
  const roomInvitations = { onlyBuddies: true, maxUsers: 2 }
  const scene = await Scene.open(t, () => ({
    ...rest,
    zones: zones.map(zone => (zone.name === 'BasicExamples' ? { ...zone, roomInvitations } : zone)),
  }))
  const [ann, bob, cid] = [
    await scene.player('BasicExamples', 'Ann'),
    await scene.player('BasicExamples', 'Bob'),
    await scene.player('BasicExamples', 'Cid'),
  ]
  const settings = { groupId: 'default', password: '', isGame: false, maxUsers: 5, maxSpectators: 0 }
  ann.client.request('CreateRoom', {
    name: 'Ours',
    ...settings,
    maxVariables: 1,
    onlyOwnerInvites: true,
    autoJoin: true,
  })
  const { room } = await ann.client.find('JoinRoom')
  const invite = (...userNames: string[]) =>
    ann.client.request('JoinRoomInvite', { roomId: room.id, userNames, seconds: 30, asSpectator: false })
  invite('Bob')
  ann.client.request('InitBuddyList', {})
  await ann.client.find('SetBuddyVariables')
  ann.client.request('AddBuddy', { buddyName: 'Bob' })
  await ann.client.find('AddBuddy')
  invite('Bob', 'Cid', 'Dan')
  invite('Cid', 'Bob')
  await bob.client.find('InviteUsers')
  await assertSilence(ann.client)
  const invitations = [bob, cid].map(
    ({ client }) => client.received.filter(({ name }) => name === 'InviteUsers').length,
  )
  assert.deepEqual(invitations, [1, 0])
})
