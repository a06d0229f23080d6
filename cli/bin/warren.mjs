#!/usr/bin/env node
import { fileURLToPath } from 'node:url'
import { isRecent, OLDEST_NODE, pinnedNode, runInstead } from './pinned-node.mjs'

const main = new URL('../src/main.ts', import.meta.url)

if (isRecent(process.versions.node)) {
  await import(main.href)
} else {
  const node = pinnedNode(import.meta.url)
  try {
    if (node === undefined) throw new Error('the npm package "node" is not installed')
    process.exitCode = await runInstead(node, [fileURLToPath(main), ...process.argv.slice(2)], {
      endWithParent: process.env.npm_lifecycle_event !== undefined,
    })
  } catch (error) {
    console.error(
      `warren needs Node ${OLDEST_NODE}; this is ${process.version}, and the pinned one cannot be used (${error.message}).\n` +
        'Run "npm install" in the checkout, without --ignore-scripts.',
    )
    process.exitCode = 1
  }
}
