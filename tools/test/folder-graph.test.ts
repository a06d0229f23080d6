import assert from 'node:assert/strict'
import { test } from 'node:test'
import { folderGraph, withGraph } from '../folder-graph.ts'

test('imports between folders become arrows, once each; imports inside a folder do not', () => {
  const graph = folderGraph([
    { source: 'server/src/domain/zone.ts', imports: ['server/src/domain/user.ts', 'codec/src/index.ts'] },
    { source: 'server/src/domain/room.ts', imports: ['codec/src/index.ts', 'server/src/errors.ts'] },
    { source: 'cli/src/run.ts', imports: ['server/src/index.ts', 'node:fs'] },
  ])
  assert.equal(
    graph,
    'flowchart TD\n  subgraph server\n    domain\n  end\n  cli --> server\n  domain --> codec',
  )
})

test('the graph replaces what was between the markers', () => {
  const before = 'a\n<!-- folder-graph:start -->\nold\n<!-- folder-graph:end -->\nb\n'
  const after = withGraph(before, 'flowchart TD')
  assert.match(
    after,
    /^a\n<!-- folder-graph:start -->\n\n```mermaid\nflowchart TD\n```\n\n<!-- folder-graph:end -->\nb\n$/,
  )
  assert.equal(withGraph(after, 'flowchart TD'), after)
  assert.throws(() => withGraph('no markers', ''), /markers/)
})
