import assert from 'node:assert/strict'
import { test } from 'node:test'
import { join, loggedIn, memberOf } from '../../src/official/arrivals.ts'
import { ask, openDefault, told } from '../../src/official/examples.ts'
import { SFS2X } from '../../src/official/official-client.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs the examples' }

test('the echo extension answers, and tells the room', OWN, async t => {
  const scene = await openDefault(t)
  const { client } = await memberOf(scene, 'The Lobby', 'Ann', 'BasicExamples')
  const { client: other } = await memberOf(scene, 'The Lobby', 'Ben', 'BasicExamples')
  ask(client, 'echo', params => params.putUtfString('word', 'é'))
  assert.equal((await told(client, 'echo')).getUtfString('word'), 'é')
  ask(client, 'shout', params => params.putUtfString('text', 'here'))
  for (const each of [client, other]) {
    const shouted = await told(each, 'shouted')
    assert.deepEqual([shouted.getUtfString('by'), shouted.getUtfString('text')], ['Ann', 'here'])
  }
  assert.deepEqual([...client.complaints, ...other.complaints], [])
})

test('a file goes from one client to another', OWN, async t => {
  const scene = await openDefault(t)
  const sender = await loggedIn(scene, 'Ann', 'BasicExamples')
  const receiver = await loggedIn(scene, 'Ben', 'BasicExamples')
  const file = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 31) % 256)
  ask(sender, 'offer', params => {
    params.putUtfString('to', 'Ben')
    params.putUtfString('name', 'song.ogg')
    params.putInt('size', file.length)
  })
  const answer = await told(sender, 'offer')
  const id = answer.getInt('id')
  const offered = await told(receiver, 'offered')
  assert.deepEqual([offered.getInt('id'), offered.getUtfString('name')], [id, 'song.ogg'])
  ask(receiver, 'accept', params => params.putInt('id', id))
  await told(sender, 'accepted')

  const received = new Uint8Array(file.length)
  let sent = 0
  for (let acknowledged = 0; acknowledged < file.length; ) {
    for (; sent < file.length && sent < acknowledged + answer.getInt('windowBytes'); ) {
      const offset = sent
      const data = file.subarray(offset, offset + answer.getInt('chunkBytes'))
      ask(sender, 'chunk', params => {
        params.putInt('id', id)
        params.putInt('offset', offset)
        params.putByteArray('data', data)
      })
      sent += data.length
    }
    while (acknowledged < sent) {
      const chunk = await told(receiver, 'chunk')
      const data = chunk.getByteArray('data')
      received.set(data, chunk.getInt('offset'))
      acknowledged += data.length
    }
    const bytes = acknowledged
    ask(receiver, 'acknowledge', params => {
      params.putInt('id', id)
      params.putInt('bytes', bytes)
    })
    assert.equal((await told(sender, 'progress')).getInt('bytes'), bytes)
  }
  await told(sender, 'done')
  await told(receiver, 'done')
  assert.deepEqual(received, file)
  assert.deepEqual([...sender.complaints, ...receiver.complaints], [])
})

test('whoever comes into the garden is put on a place of their own', OWN, async t => {
  const scene = await openDefault(t)
  const places = new Set<string>()
  for (const name of ['Ann', 'Ben', 'Cleo']) {
    const client = await loggedIn(scene, name, 'SimpleMMOWorld')
    client.send(new SFS2X.JoinRoomRequest('The Garden'))
    await client.find('roomJoin')
    const { user } = await client.find('userVariablesUpdate')
    assert.equal(user.isItMe, true)
    // He is on the map without having said where: he sees who came before him.
    const { addedUsers } = places.size === 0 ? { addedUsers: [] } : await client.find('proximityListUpdate')
    assert.equal(addedUsers.length, places.size)
    places.add(`${user.getVariable('x').value} ${user.getVariable('y').value}`)
  }
  assert.equal(places.size, 3)
  await join(await loggedIn(scene, 'Dora', 'SimpleMMOWorld'), 'The Map')
})

test('two play Tris in a game that one of them makes', OWN, async t => {
  const scene = await openDefault(t)
  const ann = await loggedIn(scene, 'Ann', 'BasicExamples')
  const ben = await loggedIn(scene, 'Ben', 'BasicExamples')
  const settings = new SFS2X.SFSGameSettings('A round')
  Object.assign(settings, {
    groupId: 'games',
    maxUsers: 2,
    extension: new SFS2X.RoomExtension('Tris', 'any'),
  })
  ann.send(new SFS2X.CreateSFSGameRequest(settings))
  const { room } = await ann.find('roomJoin')
  ask(ann, 'ready', () => undefined, room)
  ben.send(new SFS2X.JoinRoomRequest('A round'))
  const { room: same } = await ben.find('roomJoin')
  ask(ben, 'ready', () => undefined, same)
  for (const client of [ann, ben]) assert.equal((await told(client, 'start')).getUtfString('p2n'), 'Ben')
  const moves = [
    [1, 1],
    [1, 2],
    [2, 1],
    [2, 2],
    [3, 1],
  ] as const
  for (const [index, [x, y]] of moves.entries()) {
    const isAnn = index % 2 === 0
    const put = (params: InstanceType<typeof SFS2X.SFSObject>) => {
      params.putInt('x', x)
      params.putInt('y', y)
    }
    ask(isAnn ? ann : ben, 'move', put, isAnn ? room : same)
    for (const client of [ann, ben]) assert.equal((await told(client, 'move')).getInt('t'), isAnn ? 1 : 2)
  }
  for (const client of [ann, ben]) assert.equal((await told(client, 'win')).getInt('w'), 1)
  assert.deepEqual([...ann.complaints, ...ben.complaints], [])
})
