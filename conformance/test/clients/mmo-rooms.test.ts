import assert from 'node:assert/strict'
import { join, loggedIn, quiet } from '../../src/clients/arrivals.ts'
import type { SeenMap, SeenRoom, SeenUser } from '../../src/clients/client-api.ts'
import { eachClient } from '../../src/clients/each-client.ts'
import type { TestClient } from '../../src/clients/test-client.ts'
import type { Scene } from '../../src/target/scene.ts'

const asMap = (room: SeenRoom | undefined): SeenMap => room as SeenMap

const namesOf = (users: readonly SeenUser[]): string[] => users.map(user => user.name)

/** A client in an MMO room, at a place if one is given. */
async function walker(
  scene: Scene,
  name: string,
  place?: readonly [x: number, y: number],
  roomName = 'MMOz',
): Promise<{ client: TestClient; room: SeenMap }> {
  const client = await loggedIn(scene, name)
  const room = asMap(await join(client, roomName))
  if (place !== undefined) go(client, ...place)
  return { client, room }
}

function go(client: TestClient, x: number, y: number, z = 0): void {
  const { SetUserPositionRequest, Vec3D } = client.SFS2X
  client.send(new SetUserPositionRequest(new Vec3D(x, y, z)))
}

/** Two who see each other, with everything about that read. */
async function pair(scene: Scene, roomName?: string) {
  const ann = await walker(scene, 'Ann', [0, 0], roomName)
  const bob = await walker(scene, 'Bob', [10, 0], roomName)
  await ann.client.find('proximityListUpdate')
  await bob.client.find('proximityListUpdate')
  return { ann, bob }
}

eachClient('an MMO room shows its area and limits in the room list', async ({ open, SFS2X }) => {
  const client = await loggedIn(await open(), 'Ann')
  client.send(new SFS2X.SubscribeRoomGroupRequest('mmo'))
  const { newRooms } = await client.expect('roomGroupSubscribe')
  const room = asMap(newRooms.find(({ name }) => name === 'MMOf'))
  assert.deepEqual([room.defaultAOI.px, room.defaultAOI.pz], [100.5, 0])
  assert.deepEqual([room.lowerMapLimit?.px, room.higherMapLimit?.py], [-500, 500])
  const endless = asMap(newRooms.find(({ name }) => name === 'MMOz'))
  assert.deepEqual([endless.defaultAOI.pz, endless.lowerMapLimit], [50, null])
  assert.deepEqual(client.complaints, [])
})

eachClient(
  'an MMO room is made by a client, and joined without anybody in sight',
  async ({ open, SFS2X }) => {
    const scene = await open()
    const client = await loggedIn(scene, 'Ann')
    const settings = new SFS2X.MMORoomSettings('Map', new SFS2X.Vec3D(30, 25, 12))
    settings.mapLimits = new SFS2X.MapLimits(new SFS2X.Vec3D(-300, -50, -300), new SFS2X.Vec3D(300, 50, 300))
    settings.userMaxLimboSeconds = 20
    settings.proximityListUpdateMillis = 100
    client.send(new SFS2X.CreateRoomRequest(settings, true))
    await client.expect('roomAdd')
    const room = asMap((await client.expect('roomJoin')).room)
    assert.deepEqual([room.isGame, room.isJoined, room.getUserList()], [false, true, []])
    assert.equal((await client.expect('userCountChange')).uCount, 1)
    assert.deepEqual([room.defaultAOI.py, room.higherMapLimit?.py], [25, 50])
    assert.deepEqual(client.complaints, [])
  },
)

eachClient('an MMO room without an area to speak of is a creation error', async ({ open, SFS2X }) => {
  const client = await loggedIn(await open(), 'Ann')
  client.send(new SFS2X.CreateRoomRequest(new SFS2X.MMORoomSettings('Map', new SFS2X.Vec3D(0, 0, 0))))
  const { errorCode, errorMessage } = await client.expect('roomCreationError')
  assert.equal(errorCode, 18)
  assert.match(errorMessage, /maoi/)
})

eachClient(
  'users see each other come and go as they move, and nothing else is told of that',
  async ({ open }) => {
    const scene = await open()
    const ann = await walker(scene, 'Ann', [0, 0], 'MMOi')
    const bob = await walker(scene, 'Bob', [60, 20], 'MMOi')
    for (const [own, other, x] of [
      [ann, 'Bob', 60],
      [bob, 'Ann', 0],
    ] as const) {
      const { room, addedUsers, removedUsers } = await own.client.expect('proximityListUpdate')
      assert.equal(asMap(room).name, 'MMOi')
      assert.deepEqual([namesOf(addedUsers), removedUsers], [[other], []])
      assert.equal(addedUsers[0]?.aoiEntryPoint?.px, x)
      assert.deepEqual(namesOf(own.room.getUserList()), [other])
    }
    go(bob.client, 300, 20)
    for (const own of [ann, bob]) {
      const { addedUsers, removedUsers } = await own.client.expect('proximityListUpdate')
      assert.deepEqual([addedUsers.length, removedUsers.length], [0, 1])
      assert.deepEqual(own.room.getUserList(), [])
    }
    assert.deepEqual([...ann.client.complaints, ...bob.client.complaints], [])
  },
)

eachClient(
  'one who leaves, logs out or goes is gone from sight with the next update',
  async ({ open, SFS2X }) => {
    const scene = await open()
    const { ann, bob } = await pair(scene)
    bob.client.send(new SFS2X.LeaveRoomRequest(bob.room))
    assert.deepEqual(namesOf((await ann.client.expect('proximityListUpdate')).removedUsers), ['Bob'])
    await quiet(bob.client)
    await join(bob.client, 'MMOz')
    go(bob.client, 10, 0)
    assert.deepEqual(namesOf((await ann.client.expect('proximityListUpdate')).addedUsers), ['Bob'])
    await bob.client.leave()
    assert.deepEqual(namesOf((await ann.client.expect('proximityListUpdate')).removedUsers), ['Bob'])
    assert.deepEqual(ann.room.getUserList(), [])
  },
)

eachClient(
  'public messages and variables reach those near their sender, objects and room variables everybody',
  async ({ open, SFS2X }) => {
    const scene = await open()
    const { ann, bob } = await pair(scene)
    const far = await walker(scene, 'Far', [5000, 0])
    const limbo = await walker(scene, 'Limbo')
    const everybody = [ann, bob, far, limbo]
    ann.client.send(new SFS2X.PublicMessageRequest('near', undefined, ann.room))
    ann.client.send(new SFS2X.SetUserVariablesRequest([new SFS2X.SFSUserVariable('hp', 5)]))
    for (const { client } of [ann, bob]) {
      assert.equal((await client.expect('publicMessage')).message, 'near')
      assert.deepEqual((await client.expect('userVariablesUpdate')).changedVars, ['hp'])
    }
    ann.client.send(new SFS2X.SetRoomVariablesRequest([new SFS2X.SFSRoomVariable('rv', 1)], ann.room))
    ann.client.send(new SFS2X.ObjectMessageRequest(new SFS2X.SFSObject(), ann.room))
    for (const { client } of everybody) await client.expect('roomVariablesUpdate')
    for (const { client } of [bob, far, limbo]) await client.expect('objectMessage')
    limbo.client.send(new SFS2X.PublicMessageRequest('nobody hears', undefined, limbo.room))
    for (const { client } of everybody) {
      await quiet(client)
      assert.deepEqual(client.unread(), [])
    }
  },
)

eachClient('a private message arrives from somebody out of sight', async ({ open, SFS2X }) => {
  const scene = await open()
  const ann = await walker(scene, 'Ann', [0, 0])
  const far = await walker(scene, 'Far', [5000, 0])
  ann.client.send(new SFS2X.PrivateMessageRequest('psst', far.client.sfs.mySelf.id))
  const { message, sender } = await far.client.expect('privateMessage')
  assert.deepEqual([message, sender.name], ['psst', 'Ann'])
})

eachClient('a second MMO room is not joined while the first one is not left', async ({ open, SFS2X }) => {
  const scene = await open()
  const { client } = await walker(scene, 'Ann', [0, 0])
  client.send(new SFS2X.JoinRoomRequest('MMOi', '', -1))
  client.send(new SFS2X.JoinRoomRequest('MMOf', ''))
  assert.equal((await client.expect('roomJoin')).room.name, 'MMOf')
})

eachClient('the kind of the numbers and the limits of the map are minded', async ({ open, SFS2X }) => {
  const scene = await open()
  const { ann, bob } = await pair(scene, 'MMOi')
  for (const place of [
    new SFS2X.Vec3D(400.5, 0, 0, true),
    new SFS2X.Vec3D(501, 0, 0),
    new SFS2X.Vec3D(400, 0, 1),
  ]) {
    bob.client.send(new SFS2X.SetUserPositionRequest(place))
  }
  await quiet(bob.client)
  go(ann.client, 500, 500)
  assert.deepEqual(namesOf((await ann.client.expect('proximityListUpdate')).removedUsers), ['Bob'])
})

eachClient(
  'items are seen as users are, and their variables change for those who see them',
  async ({ open }) => {
    const scene = await open()
    const api = scene.target.own?.api
    // Another server has no items.
    if (api === undefined) return
    const { MmoItem } = await import('@warren/server')
    const ann = await walker(scene, 'Ann', [0, 0], 'MMOi')
    const far = await walker(scene, 'Far', [400, 0], 'MMOi')
    const room = api.zone('BH0').roomByName('MMOi')
    assert.ok(room)
    const item = new MmoItem({ type: 'bonus', points: 250 })
    api.mmo.setItemPosition(room, item, { x: 50, y: 40 })
    const { addedItems, addedUsers } = await ann.client.expect('proximityListUpdate')
    const [seen] = addedItems
    assert.ok(seen)
    assert.deepEqual([addedItems.length, addedUsers.length, seen.id], [1, 0, item.id])
    assert.deepEqual([seen.aoiEntryPoint?.px, seen.getVariable('points').value], [50, 250])
    api.mmo.setItemVariables(item, { points: 10, type: null })
    const { mmoItem, changedVars } = await ann.client.expect('mmoItemVariablesUpdate')
    assert.deepEqual([mmoItem.id, [...changedVars].sort()], [item.id, ['points', 'type']])
    assert.deepEqual([seen.getVariable('points').value, seen.containsVariable('type')], [10, false])
    api.mmo.setItemPosition(room, item, { x: 410, y: 0 })
    assert.deepEqual((await ann.client.expect('proximityListUpdate')).removedItems.length, 1)
    assert.equal(
      (await far.client.expect('proximityListUpdate')).addedItems[0]?.getVariable('points').value,
      10,
    )
    api.mmo.removeItem(item)
    assert.equal((await far.client.expect('proximityListUpdate')).removedItems[0]?.id, item.id)
    assert.deepEqual([...ann.client.complaints, ...far.client.complaints], [])
  },
)
