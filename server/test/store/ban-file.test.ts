import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { BanList, type BanTarget } from '../../src/domain/bans.ts'
import { BanFile, BanMemory } from '../../src/store/ban-file.ts'

const ANN: BanTarget = { by: 'name', zone: 'Test', name: 'ann' }
const LINE: BanTarget = { by: 'address', address: '10.0.0.1' }

function fileIn(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bans-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return join(folder, 'data', 'bans.json')
}

test('a ban holds until its end, for that name in that zone or that address', () => {
  const bans = new BanList(new BanMemory())
  bans.add({ target: ANN, until: 1000, reason: '' }, 0)
  bans.add({ target: LINE, until: null, reason: '' }, 0)
  assert.equal(bans.isBanned(ANN, 999), true)
  assert.equal(bans.isBanned(ANN, 1000), false)
  assert.equal(bans.isBanned({ ...ANN, name: 'Ann' }, 0), false)
  assert.equal(bans.isBanned({ ...ANN, zone: 'Other' }, 0), false)
  assert.equal(bans.isBanned(LINE, Number.MAX_SAFE_INTEGER), true)
  assert.equal(bans.isBanned({ by: 'address', address: '10.0.0.2' }, 0), false)
})

test('a later ban replaces the first, and those that ended are forgotten', () => {
  const bans = new BanList(new BanMemory())
  bans.add({ target: ANN, until: 1000, reason: 'first' }, 0)
  bans.add({ target: ANN, until: 500, reason: 'second' }, 0)
  assert.deepEqual(
    [...bans].map(ban => ban.reason),
    ['second'],
  )
  bans.add({ target: LINE, until: 9000, reason: 'third' }, 500)
  assert.deepEqual(
    [...bans].map(ban => ban.reason),
    ['third'],
  )
})

test('a name and a zone cannot be made to look like another pair', () => {
  const bans = new BanList(new BanMemory())
  bans.add({ target: { by: 'name', zone: 'a', name: 'b\nc' }, until: null, reason: '' }, 0)
  assert.equal(bans.isBanned({ by: 'name', zone: 'a', name: 'b\nc' }, 0), true)
  assert.equal(bans.isBanned({ by: 'name', zone: 'a', name: 'b' }, 0), false)
})

test('bans survive a restart, and a lifted one does not come back', t => {
  const file = fileIn(t)
  const before = new BanList(new BanFile(file))
  before.add({ target: ANN, until: 2000, reason: 'rude' }, 0)
  before.add({ target: LINE, until: null, reason: '' }, 0)
  const after = new BanList(new BanFile(file))
  assert.deepEqual([...after], [...before])
  assert.equal(after.lift(LINE), true)
  assert.equal(after.lift(LINE), false)
  const last = new BanList(new BanFile(file))
  assert.deepEqual([last.isBanned(ANN, 1999), last.isBanned(LINE, 0)], [true, false])
})

test('a file that cannot be understood is named and left alone', t => {
  const file = fileIn(t)
  new BanFile(file).save([])
  for (const text of ['{', '[{"target":{"by":"shoe"},"until":null,"reason":""}]']) {
    writeFileSync(file, text)
    assert.throws(
      () => new BanFile(file).load(),
      ({ message }: Error) => message.includes(file),
    )
    assert.equal(readFileSync(file, 'utf8'), text)
  }
})
