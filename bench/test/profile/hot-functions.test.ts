import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CallFrame, hotByBytes, hotByTime } from '../../src/profile/hot-functions.ts'

const frame = (functionName: string, url = '', lineNumber = 0): CallFrame => ({
  functionName,
  url,
  lineNumber,
})

test('CPU time is added up by function; idleness and the recording do not count', () => {
  const nodes = [
    frame('(idle)'),
    frame('post', 'node:inspector', 114),
    frame('send', 'file:///home/me/warren/server/src/core.ts', 9),
    frame('', 'file:///home/me/warren/node_modules/ws/lib/sender.js', 4),
    // The same function, called from elsewhere.
    frame('send', 'file:///home/me/warren/server/src/core.ts', 9),
  ].map((callFrame, index) => ({ id: index + 1, callFrame }))
  const hot = hotByTime({ nodes, samples: [1, 2, 3, 4, 5, 3], timeDeltas: [900, 800, 10, 40, 20, 30] })
  assert.deepEqual(hot, [
    { name: 'send', place: 'server/src/core.ts:10', self: 60, share: 0.6 },
    { name: '(anonymous)', place: 'ws/lib/sender.js:5', self: 40, share: 0.4 },
  ])
})

test('allocated bytes are added up through the whole tree', () => {
  const leaf = { callFrame: frame('leaf', 'node:net', 1), selfSize: 30, children: [] }
  const head = {
    callFrame: frame('(root)'),
    selfSize: 0,
    children: [leaf, { callFrame: frame('branch', 'node:net', 7), selfSize: 10, children: [leaf] }],
  }
  assert.deepEqual(
    hotByBytes({ head }).map(({ name, self }) => [name, self]),
    [
      ['leaf', 60],
      ['branch', 10],
    ],
  )
})
