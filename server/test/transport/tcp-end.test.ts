import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CloseReason } from '../../src/transport/connection.ts'
import { type Client, openRig } from './rig.ts'
import { turns } from './tunnel-bytes.ts'

const ENDS: readonly { how: string; end: (client: Client) => void; reason: CloseReason }[] = [
  { how: 'closes its side', end: ({ socket }) => socket?.destroy(), reason: 'client' },
  { how: 'is reset', end: ({ socket }) => socket?.resetAndDestroy(), reason: 'lost' },
]

for (const { how, end, reason } of ENDS) {
  test(`the owner of a line that ${how} knows before others are written to in the same turn`, async () => {
    await using rig = await openRig('tcp')
    const gone = await rig.open()
    const other = await rig.open()
    const known = new Promise(resolve => {
      // Queues are written out at the end of the turn in which a request came.
      other.owner.react = () => setImmediate(() => resolve([...gone.owner.closes]))
    })
    end(gone.client)
    other.client.send(Uint8Array.of(1))
    assert.deepEqual(await known, [reason])
    await gone.client.closed()
    while (rig.listener?.connections !== 1) await turns()
    assert.deepEqual(gone.owner.closes, [reason])
  })
}
