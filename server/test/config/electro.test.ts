import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { loadConfig } from '../../src/config/load.ts'
import { problemLine } from '../../src/config/problem.ts'
import { workspace } from './workspace.ts'

async function load(t: TestContext, electro: unknown) {
  const cwd = workspace(t, { 'warren.config.json': { electro }, 'zones/One.zone.json': { name: 'One' } })
  const { config, problems } = await loadConfig({ env: {}, cwd })
  return { config, problems: problems.map(problemLine).join() }
}

test('without a word of the operator nobody moderates clients of ElectroServer, and they listen at home', async t => {
  const { config } = await load(t, {})
  assert.deepEqual(config?.electro.moderators, [])
  assert.deepEqual(config.electro.administrators, [])
  assert.equal(config.electro.maxConnections, 0)
  assert.deepEqual([config.host, config.listen.electro], ['127.0.0.1', 9875])
})

test('zones that clients of ElectroServer may enter are zones of the server', async t => {
  assert.match((await load(t, { zone: 'Two' })).problems, /electro\.zone: no zone has this name/)
  assert.match(
    (await load(t, { zones: ['One', 'Two'] })).problems,
    /electro\.zones\[1\]: no zone has this name/,
  )
  assert.match((await load(t, { zones: [] })).problems, /electro\.zones/)
  assert.equal((await load(t, { zone: 'One', zones: ['One'] })).problems, '')
})

test('an account has a name and a password', async t => {
  for (const account of [{ name: 'Boss' }, { name: 'Boss', password: '' }, { name: '', password: 'x' }]) {
    assert.match((await load(t, { moderators: [account] })).problems, /electro\.moderators\[0\]/)
    assert.match((await load(t, { administrators: [account] })).problems, /electro\.administrators\[0\]/)
  }
})
