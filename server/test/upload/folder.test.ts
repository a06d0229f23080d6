import assert from 'node:assert/strict'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { mkdir, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { bytesOnDisk, DiskFolder } from '../../src/upload/folder.ts'

const NAME = /^upload-[\da-f]{32}$/

function place(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'uploads-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  return join(dir, 'deep', 'uploads')
}

const bytes = (text: string) => new TextEncoder().encode(text)

test('a file has an unfinished name until it is kept, and is for the server alone', async t => {
  const dir = place(t)
  const file = await new DiskFolder(dir).create()
  assert.match(readdirSync(dir)[0] ?? '', /^upload-[\da-f]{32}\.part$/)
  await file.write(bytes('one '))
  await file.write(bytes('two'))
  const path = await file.keep()
  assert.equal(dirname(path), dir)
  assert.match(basename(path), NAME)
  assert.deepEqual(readdirSync(dir), [basename(path)])
  assert.equal(readFileSync(path, 'utf8'), 'one two')
  assert.equal(statSync(path).mode & 0o777, 0o600)
  assert.equal(statSync(dir).mode & 0o777, 0o700)
})

test('a discarded file is gone, kept or not', async t => {
  const dir = place(t)
  const folder = new DiskFolder(dir)
  const [first, second] = [await folder.create(), await folder.create()]
  await first.write(bytes('x'))
  await first.discard()
  await first.discard()
  await second.keep()
  await second.discard()
  assert.deepEqual(readdirSync(dir), [])
})

test('cleaning takes what is old and what a dead server left, and nothing that is not its own', async t => {
  const dir = place(t)
  const folder = new DiskFolder(dir)
  assert.deepEqual(await folder.clean(0), { bytes: 0, deleted: 0 }, 'there need be no folder')
  const [old, young, open] = [await folder.create(), await folder.create(), await folder.create()]
  const oldPath = await old.keep()
  utimesSync(oldPath, 1000, 1000)
  await young.write(bytes('x'.repeat(5000)))
  const youngPath = await young.keep()
  await open.write(bytes('not yet'))
  const left = join(dir, `upload-${'0'.repeat(32)}.part`)
  for (const name of [left, join(dir, 'notes.txt'), join(dir, 'upload-1')]) {
    writeFileSync(name, 'x')
    utimesSync(name, 1000, 1000)
  }
  await mkdir(join(dir, `upload-${'1'.repeat(32)}`))
  await symlink(youngPath, join(dir, `upload-${'2'.repeat(32)}`))
  assert.deepEqual(await folder.clean(2_000_000), { bytes: 8192, deleted: 2 })
  assert.equal(existsSync(oldPath), false)
  assert.equal(existsSync(left), false)
  assert.equal(readdirSync(dir).length, 6)
  assert.equal(readFileSync(await open.keep(), 'utf8'), 'not yet')
})

test('where there can be no folder, creating fails', async t => {
  const dir = place(t)
  await mkdir(dirname(dir), { recursive: true })
  writeFileSync(dir, 'a file is in the way')
  const folder = new DiskFolder(dir)
  await assert.rejects(folder.create(), { code: 'EEXIST' })
  await assert.rejects(folder.clean(0), { code: 'ENOTDIR' })
})

test('a small file takes a block', () => {
  assert.deepEqual([0, 1, 4096, 4097].map(bytesOnDisk), [4096, 4096, 4096, 8192])
})
