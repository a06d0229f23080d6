import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SFSEvent } from '@warren/client'
import sfs2x from 'sfs2x-api'

test('events have the names and constants of the official client', () => {
  const ours: { readonly [constant: string]: string } = SFSEvent
  const missing = Object.entries(sfs2x.SFSEvent).filter(([constant, name]) => ours[constant] !== name)
  assert.deepEqual(missing, [])
})
