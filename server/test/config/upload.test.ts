import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { loadConfig } from '../../src/config/load.ts'
import { problemLine } from '../../src/config/problem.ts'
import { workspace } from './workspace.ts'

async function load(t: TestContext, upload: unknown) {
  const cwd = workspace(t, { 'warren.config.json': { upload } })
  const { config, problems } = await loadConfig({ env: {}, cwd })
  return { upload: config?.upload, problems: problems.map(problemLine), cwd }
}

test('files of clients are taken in small numbers, and images only, unless set otherwise', async t => {
  const { upload, problems } = await load(t, {})
  assert.deepEqual(problems, [])
  assert.equal(upload?.enabled, true)
  assert.equal(upload.dir, undefined)
  assert.deepEqual(upload.types, ['.png', '.jpg', '.jpeg', '.gif', '.webp'])
  assert.equal(upload.maxFileBytes, 5_242_880)
})

test('the folder for files is meant from the configuration file on', async t => {
  const { upload, cwd } = await load(t, { dir: '../files' })
  assert.equal(upload?.dir, join(cwd, '../files'))
})

test('types are endings, content types or everything, and never none', async t => {
  const types = ['.PNG', '.tar', 'image/*', 'application/vnd.ms-excel', '*']
  assert.deepEqual((await load(t, { types })).upload?.types, types)
  for (const type of ['png', '*.png', '.', '.a.b', 'image/', '/png', '.a/b', 'a b/c', '']) {
    const { upload, problems } = await load(t, { types: [type] })
    assert.equal(upload, undefined, type)
    assert.match(problems.join(), /upload\.types\[0\]/)
  }
  assert.match((await load(t, { types: [] })).problems.join(), /upload\.types/)
})

test('a folder that could not hold one request is an error', async t => {
  const { upload, problems } = await load(t, { maxTotalBytes: 5000, maxFolderBytes: 4000 })
  assert.equal(upload, undefined)
  assert.match(problems.join(), /upload\.maxFolderBytes: is less than upload\.maxTotalBytes/)
})
