import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Es3Stage, packet, settled } from '../../src/es3/es3-stage.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs a listener of our own', timeout: 30_000 }

const requestError = (action: string, reason: string) =>
  packet('RequestError', `<RequestAction>${action}</RequestAction><Reason>${reason}</Reason>`)
const cdata = (text: string) => `<![CDATA[${text}]]>`

test(
  "room variables are created, changed and deleted before everybody; a locked one is its owner's",
  OWN,
  async t => {
    const stage = await Es3Stage.open(t)
    const [ann, bob] = await stage.room('Den', 'Ann', 'Bob')
    assert.ok(ann && bob)
    const told = (minor: string, data: string) =>
      packet(
        'UpdateRoomVariable',
        `<MinorAction>${minor}</MinorAction><RoomVariable><Name>score</Name><Data>${data}</Data></RoomVariable>`,
      )
    const set = (action: string, attributes: string, data: string) =>
      packet(
        action,
        `<RoomVariable ${attributes} ><Name>score</Name><Data>${cdata(data)}</Data></RoomVariable>`,
      )
    ann.sendText(set('CreateRoomVariable', 'Persistent="false" Locked="true"', '1 < 2'))
    for (const client of [ann, bob]) assert.equal(await client.text(), told('Create', '1 &lt; 2'))
    const refused = 'None of the variables may be changed that way'
    bob.sendText(set('UpdateRoomVariable', 'Locked="false"', '9'))
    assert.equal(await bob.text(), requestError('UpdateRoomVariable', refused))
    bob.sendText(packet('DeleteRoomVariable', '<RoomVariable ><Name>score</Name></RoomVariable>'))
    assert.equal(await bob.text(), requestError('DeleteRoomVariable', refused))
    ann.sendText(set('UpdateRoomVariable', 'Locked="false"', '2'))
    assert.equal(await bob.text(), told('Update', '2'))
    bob.sendText(packet('DeleteRoomVariable', '<RoomVariable ><Name>score</Name></RoomVariable>'))
    assert.deepEqual((await settled(ann)).at(-1), (await settled(bob)).at(-1))
    bob.sendText(packet('DeleteRoomVariable', '<RoomVariable ><Name>score</Name></RoomVariable>'))
    assert.equal(await bob.text(), requestError('DeleteRoomVariable', refused))
  },
)

test("a persistent room variable outlives its owner's leaving, another one does not", OWN, async t => {
  const stage = await Es3Stage.open(t)
  const [ann, bob] = await stage.room('Den', 'Ann', 'Bob')
  assert.ok(ann && bob)
  for (const isPersistent of [true, false]) {
    const fields = { name: `p-${isPersistent}`, data: 'x', isLocked: false, isPersistent }
    ann.send({ name: 'CreateRoomVariable', fields })
  }
  // Changing it does not make it another's, nor a passing one.
  ann.send({ name: 'UpdateRoomVariable', fields: { name: 'p-true', data: 'y', isLocked: false } })
  await settled(ann)
  await settled(bob)
  ann.createRoom('Hall')
  assert.equal((await bob.find('RoomVariableDeleted')).fields.name, 'p-false')
  const eve = await stage.user('Eve')
  eve.joinRoom('Den')
  assert.deepEqual((await eve.find('RoomJoined')).fields.roomVariables, [{ name: 'p-true', data: 'y' }])
})

test('user variables are seen where the room has it so', OWN, async t => {
  const stage = await Es3Stage.open(t)
  const ann = await stage.user('Ann')
  ann.createRoom('Den', { hasUserVariables: true })
  await ann.find('RoomJoined')
  const bob = await stage.user('Bob')
  bob.joinRoom('Den')
  await bob.find('RoomJoined')
  await settled(ann)
  const change = (minor: string, value: string) =>
    packet('UpdateUserVariable', `<MinorAction>${minor}</MinorAction><Name>icon</Name><Data>${value}</Data>`)
  const told = (value: string) =>
    packet(
      'UpdateUserVariable',
      `<UserVariable><User>Bob</User><Name>icon</Name><Data>${value}</Data></UserVariable>`,
    )
  for (const [minor, value] of [
    ['Create', 'cat'],
    ['Update', 'dog'],
  ] as const) {
    bob.sendText(change(minor, value))
    assert.equal(await ann.text(), told(value))
  }
  bob.sendText(packet('DeleteUserVariable', '<UserVariable><Name>icon</Name></UserVariable>'))
  assert.equal(
    await ann.text(),
    packet('DeleteUserVariable', '<UserVariable><User>Bob</User><Name>icon</Name></UserVariable>'),
  )
  bob.createRoom('Quiet')
  await settled(bob)
  bob.sendText(change('Create', 'cat'))
  assert.deepEqual(await settled(bob), [])
})
