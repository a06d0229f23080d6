import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeServerMessage, SFSType } from '@warren/codec'
import { ProximityReader } from '../src/mmo/proximity-reader.ts'

function sightsOf(body: Uint8Array): [number, boolean][] {
  const sights: [number, boolean][] = []
  const padded = Buffer.concat([Buffer.alloc(7), body])
  new ProximityReader().read(padded, 7, (userId, isIn) => sights.push([userId, isIn]))
  return sights
}

const place = { kind: 'int', x: 1, y: -2, z: 3 } as const

test('who goes is read before who comes, whatever else is told of them', () => {
  const body = encodeServerMessage('ProximityUpdate', {
    roomId: 4,
    addedUsers: [
      {
        id: 70_000,
        name: 'Änne',
        privilegeId: 0,
        playerId: 1,
        entryPoint: place,
        variables: [
          { name: 'x', type: 2, value: { type: SFSType.INT, value: 5 }, isPrivate: false },
          { name: 'd', type: 3, value: { type: SFSType.DOUBLE, value: 0.5 }, isPrivate: false },
        ],
      },
      { id: 8, name: 'b', privilegeId: 0, playerId: 1, variables: [] },
    ],
    addedItems: [{ id: 1, variables: [], entryPoint: place }],
    removedUserIds: [9, 70_000],
    removedItemIds: [2],
  })
  assert.deepEqual(sightsOf(body), [
    [9, false],
    [70_000, false],
    [70_000, true],
    [8, true],
  ])
})

test('an update with items alone tells of nobody, and neither does another message', () => {
  const items = encodeServerMessage('ProximityUpdate', { roomId: 4, removedItemIds: [2] })
  const other = encodeServerMessage('UserExitRoom', { roomId: 4, userId: 3 })
  assert.deepEqual(sightsOf(items), [])
  assert.deepEqual(sightsOf(other), [])
})
