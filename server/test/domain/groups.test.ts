import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { User } from '../../src/domain/user.ts'
import { roomSettings } from '../support/settings.ts'
import { refuses, typesOf, World } from '../support/world.ts'

let world: World
let ann: User

beforeEach(() => {
  world = new World({
    publicRoomGroups: ['default', 'chats'],
    defaultRoomGroups: ['default'],
    rooms: [
      roomSettings({ name: 'Lobby' }),
      roomSettings({ name: 'Chat', group: 'chats' }),
      roomSettings({ name: 'Staff', group: 'closed' }),
    ],
  })
  ann = world.user('ann')
})

const subscribers = (group: string) => [...world.zone.subscribersOf(group)]

test('a newcomer hears of the default groups', () => {
  assert.deepEqual([subscribers('default'), subscribers('chats')], [[ann], []])
})

test('a subscription brings the rooms of the group, and lasts until it is given up', () => {
  const [event] = world.during(() => world.zone.subscribe(ann, 'chats'))
  assert.ok(event?.type === 'group-subscribed')
  assert.deepEqual(event.rooms, [world.room('Chat')])
  assert.deepEqual(subscribers('chats'), [ann])
  assert.deepEqual(typesOf(world.during(() => world.zone.unsubscribe(ann, 'chats'))), ['group-unsubscribed'])
  assert.deepEqual(subscribers('chats'), [])
})

test('a default group can be given up and taken again', () => {
  world.zone.unsubscribe(ann, 'default')
  assert.deepEqual(subscribers('default'), [])
  world.zone.subscribe(ann, 'default')
  assert.deepEqual(subscribers('default'), [ann])
})

test('a group that is subscribed, unknown or closed is not subscribed', () => {
  refuses('group-already-subscribed', () => world.zone.subscribe(ann, 'default'), ['default'])
  refuses('group-unknown', () => world.zone.subscribe(ann, 'nope'), ['nope'])
  refuses('group-unknown', () => world.zone.subscribe(ann, 'closed'), ['closed'])
})

test('a group that is not subscribed or unknown is not given up', () => {
  refuses('group-not-subscribed', () => world.zone.unsubscribe(ann, 'chats'), ['chats'])
  refuses('group-not-subscribed', () => world.zone.unsubscribe(ann, 'closed'), ['closed'])
  refuses('group-unknown', () => world.zone.unsubscribe(ann, 'nope'), ['nope'])
})

test('who left the zone hears of no group', () => {
  world.zone.subscribe(ann, 'chats')
  world.zone.remove(ann)
  assert.deepEqual([subscribers('default'), subscribers('chats')], [[], []])
})
