import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  encodeItemRow,
  encodeProximityUpdate,
  encodeServerMessage,
  encodeUserRow,
  type ServerFields,
  serverMessages,
} from '../src/index.ts'
import { fieldsOf } from './support/arbitraries.ts'

const anyUpdate = fieldsOf(serverMessages.ProximityUpdate.fields) as fc.Arbitrary<
  ServerFields<'ProximityUpdate'>
>

test('an update of encoded rows has the bytes of one made of the rows themselves [P-6.13.2]', () => {
  fc.assert(
    fc.property(anyUpdate, update => {
      const { addedUsers, addedItems, ...rest } = update
      const encoded = encodeProximityUpdate({
        ...rest,
        ...(addedUsers && { addedUsers: addedUsers.map(encodeUserRow) }),
        ...(addedItems && { addedItems: addedItems.map(encodeItemRow) }),
      })
      assert.deepEqual(encoded, encodeServerMessage('ProximityUpdate', update))
    }),
  )
})

test('an encoded row does not change when others are encoded after it', () => {
  const user = { id: 1, name: 'Ann', privilegeId: 0, playerId: 0, variables: [] }
  const row = encodeUserRow(user)
  const before = Uint8Array.from(row.bytes)
  for (let id = 0; id < 1000; id++) encodeUserRow({ ...user, id, name: 'Bob' })
  assert.deepEqual(row.bytes, before)
})
