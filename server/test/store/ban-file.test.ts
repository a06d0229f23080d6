import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { BanList, type BanTarget } from '../../src/domain/bans.ts'
import { importBanFile } from '../../src/store/ban-file.ts'
import { UnkeptBans } from '../../src/store/ban-writes.ts'
import { MemoryStore } from '../../src/store/memory-store.ts'

const ANN: BanTarget = { by: 'name', zone: 'Test', name: 'ann' }
const LINE: BanTarget = { by: 'address', address: '10.0.0.1' }

function fileIn(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'bans-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return join(folder, 'bans.json')
}

test('a ban holds until its end, for that name in that zone or that address', () => {
  const bans = new BanList(new UnkeptBans())
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
  const bans = new BanList(new UnkeptBans())
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
  const bans = new BanList(new UnkeptBans())
  bans.add({ target: { by: 'name', zone: 'a', name: 'b\nc' }, until: null, reason: '' }, 0)
  assert.equal(bans.isBanned({ by: 'name', zone: 'a', name: 'b\nc' }, 0), true)
  assert.equal(bans.isBanned({ by: 'name', zone: 'a', name: 'b' }, 0), false)
})

test('the bans file of a former version is taken over once', async t => {
  const file = fileIn(t)
  const { bans } = new MemoryStore()
  assert.equal(await importBanFile(file, bans, 0), 0)
  const old = [
    { target: ANN, until: 2000, reason: 'rude' },
    { target: LINE, until: null, reason: '' },
  ]
  writeFileSync(file, JSON.stringify(old))
  assert.equal(await importBanFile(file, bans, 0), 2)
  assert.deepEqual(await bans.load(0), old)
  assert.equal(existsSync(file), false)
  await bans.lift(ANN)
  assert.equal(await importBanFile(file, bans, 0), 0)
  assert.equal((await bans.load(0)).length, 1)
})

test('a file that cannot be understood is named and left alone', async t => {
  const file = fileIn(t)
  const { bans } = new MemoryStore()
  for (const text of ['{', '[{"target":{"by":"shoe"},"until":null,"reason":""}]']) {
    writeFileSync(file, text)
    await assert.rejects(importBanFile(file, bans, 0), ({ message }: Error) => message.includes(file))
    assert.equal(readFileSync(file, 'utf8'), text)
  }
})

test('bans that were kept hold after a restart', () => {
  const bans = new BanList(new UnkeptBans())
  bans.restore([{ target: ANN, until: 2000, reason: 'rude' }])
  assert.deepEqual([bans.isBanned(ANN, 1999), bans.isBanned(ANN, 2000)], [true, false])
})

test('what is banned and lifted is told to the store, with the time', () => {
  const told: unknown[] = []
  const bans = new BanList({
    keep: (ban, now) => told.push(['keep', ban.target, now]),
    lift: target => told.push(['lift', target]),
  })
  bans.add({ target: ANN, until: null, reason: '' }, 5)
  bans.lift(LINE)
  bans.lift(ANN)
  assert.deepEqual(told, [
    ['keep', ANN, 5],
    ['lift', ANN],
  ])
})
