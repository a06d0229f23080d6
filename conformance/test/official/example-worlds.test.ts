import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SFSUser } from 'sfs2x-api'
import type { SeenRoom, SeenUser } from '../../src/clients/client-api.ts'
import { join, loggedIn, quiet } from '../../src/official/arrivals.ts'
import { ask, openDefault, told } from '../../src/official/examples.ts'
import { type OfficialClient, SFS2X } from '../../src/official/official-client.ts'
import type { Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs the examples' }

/** A barrel of The Map. */
const BARREL = [1213, 703] as const

function go(client: OfficialClient, x: number, y: number): void {
  client.send(new SFS2X.SetUserPositionRequest(new SFS2X.Vec3D(x, y, 0)))
}

/** What the client knows of a user's variable. */
const variableOf = (user: SeenUser | SFSUser, name: string): unknown => user.getVariable(name)?.value

test('the map with barrels is known before the join, and its hit map after', OWN, async t => {
  const client = await loggedIn(await openDefault(t), 'Ann', 'SimpleMMOWorld2')
  for (const [name, sprites] of [
    ['The Map', ['door', 'bush1', 'bush4', 'tree2', 'tree3', 'tree4']],
    ['The Other Map', ['door', 'bush4', 'tree2', 'tree4']],
  ] as const) {
    const room = client.sfs.roomManager.getRoomByName(name)
    const items = room.getVariable('mapItems').value as InstanceType<typeof SFS2X.SFSObject>
    assert.deepEqual(items.getKeysArray().sort(), [...sprites].sort())
    const door = items.getSFSObject('door')
    assert.deepEqual(
      [door.getInt('rx'), door.getInt('ry'), door.getIntArray('coords').length % 2],
      [15, 68, 0],
    )
    assert.equal(room.getVariable('mapData'), undefined)
  }
  const room = await join(client, 'The Map')
  const data = room.getVariable('mapData')?.value as InstanceType<typeof SFS2X.SFSObject>
  assert.deepEqual(Array.from(data.getIntArray('accessPoints')), [795, 225, 1115, 565, 255, 655])
  const picture = Buffer.from(data.getByteArray('hitmap'))
  assert.deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], [1400, 740])
  assert.deepEqual(client.complaints, [])
})

test('a barrel that is clicked opens before those who see it, and counts for who clicked', OWN, async t => {
  const scene = await openDefault(t)
  const clients: OfficialClient[] = []
  for (const [name, x, y] of [
    ['Ann', 1100, 650],
    ['Ben', 1250, 600],
    ['Far', 100, 100],
  ] as const) {
    const client = await loggedIn(scene, name, 'SimpleMMOWorld2')
    await join(client, 'The Map')
    go(client, x, y)
    clients.push(client)
  }
  const [ann, ben, far] = clients as [OfficialClient, OfficialClient, OfficialClient]
  const { addedItems } = await ann.find('proximityListUpdate')
  const [barrel] = addedItems
  assert.ok(barrel)
  assert.deepEqual([barrel.aoiEntryPoint?.px, barrel.aoiEntryPoint?.py], BARREL)
  assert.equal(barrel.getVariable('open').value, false)
  while (
    (ben.sfs.lastJoinedRoom as never as { getMMOItem(id: number): unknown }).getMMOItem(barrel.id) == null
  ) {
    await ben.find('proximityListUpdate')
  }
  ask(ann, 'barrelClick', params => params.putInt('id', barrel.id), ann.sfs.lastJoinedRoom as never)
  for (const client of [ann, ben]) {
    const { mmoItem, changedVars } = await client.find('mmoItemVariablesUpdate')
    assert.deepEqual(
      [mmoItem.id, changedVars, mmoItem.getVariable('open').value],
      [barrel.id, ['open'], true],
    )
    const { user } = await client.find('userVariablesUpdate')
    assert.deepEqual([user.name, variableOf(user, 'cnt')], ['Ann', 1])
  }
  await quiet(far)
  const heard = new Set(far.unread())
  assert.deepEqual([heard.has('mmoItemVariablesUpdate'), heard.has('userVariablesUpdate')], [false, false])
  assert.deepEqual(
    clients.flatMap(({ complaints }) => complaints),
    [],
  )
})

/** A pilot in space, with the state of his ship as his client knows it. */
async function pilot(scene: Scene, name: string, model: string) {
  const client = await scene.official()
  client.send(new SFS2X.LoginRequest(name, '', undefined, 'SpaceWar'))
  const { data } = await client.expect('login')
  const ships = (data as InstanceType<typeof SFS2X.SFSObject>).getSFSObject('starships')
  assert.equal(ships.getSFSObject(model).getUtfString('model'), model)
  client.send(new SFS2X.SetUserVariablesRequest([new SFS2X.SFSUserVariable('sModel', model)]))
  await client.find('userVariablesUpdate')
  client.send(new SFS2X.JoinRoomRequest('Sol'))
  const { room } = await client.find('roomJoin')
  const { user } = await client.find('userVariablesUpdate')
  assert.equal(user.isItMe, true)
  for (const key of ['x', 'y', 'vx', 'vy', 'd', 't', 'r']) assert.ok(variableOf(user, key) !== undefined, key)
  return { client, room, user, ship: ships.getSFSObject(model) }
}

const order = (
  client: OfficialClient,
  room: SeenRoom,
  command: string,
  key: string,
  value: number | boolean,
) =>
  ask(
    client,
    `control.${command}`,
    params => (typeof value === 'number' ? params.putInt(key, value) : params.putBool(key, value)),
    room,
  )

test('two ships see each other, one flies and shoots, and the other is hit', OWN, async t => {
  const scene = await openDefault(t)
  const ann = await pilot(scene, 'Ann', 'falcon')
  const ben = await pilot(scene, 'Ben', 'wasp')
  for (const [own, name, model] of [
    [ann, 'Ben', 'wasp'],
    [ben, 'Ann', 'falcon'],
  ] as const) {
    const { addedUsers } = await own.client.find('proximityListUpdate')
    assert.deepEqual(
      addedUsers.map(user => [user.name, variableOf(user, 'sModel')]),
      [[name, model]],
    )
  }

  order(ann.client, ann.room, 'thrust', 'go', true)
  for (const { client } of [ann, ben]) {
    const { user } = await client.find('userVariablesUpdate')
    assert.deepEqual([user.name, variableOf(user, 't')], ['Ann', true])
  }
  order(ann.client, ann.room, 'thrust', 'go', false)
  const { user: flying } = await ben.client.find('userVariablesUpdate')
  // Towards the middle, and not off the line to the other ship.
  assert.ok(Math.abs(Number(variableOf(flying, 'y'))) < 1)

  order(ann.client, ann.room, 'fire', 'wnum', 1)
  const { addedItems } = await ben.client.find('proximityListUpdate')
  const [shot] = addedItems
  assert.ok(shot)
  assert.deepEqual([shot.getVariable('iType').value, shot.getVariable('iModel').value], ['weapon', 'pulse'])
  assert.ok(Number(shot.getVariable('vx').value) < -500)
  // The explosion, the push, and the end of the shot come in this order.
  const blast = await told(ben.client, 'shot_xplode')
  assert.equal(blast.getInt('id'), shot.id)
  const { user: pushed } = await ben.client.find('userVariablesUpdate')
  assert.equal(pushed.isItMe, true)
  assert.ok(Number(variableOf(pushed, 'vx')) < -50)
  assert.ok(Math.abs(blast.getInt('x') - Number(variableOf(pushed, 'x'))) < 40)
  assert.deepEqual(
    (await ben.client.find('proximityListUpdate')).removedItems.map(({ id }) => id),
    [shot.id],
  )
  assert.equal((await told(ann.client, 'shot_xplode')).getInt('id'), shot.id)

  ann.client.send(new SFS2X.LeaveRoomRequest(ann.room as never))
  assert.deepEqual(
    (await ben.client.find('proximityListUpdate')).removedUsers.map(({ name }) => name),
    ['Ann'],
  )
  assert.deepEqual([...ann.client.complaints, ...ben.client.complaints], [])
})
