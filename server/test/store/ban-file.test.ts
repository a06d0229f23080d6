import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Ban, BanList } from '../../src/domain/bans.ts'
import { BanFile } from '../../src/store/ban-file.ts'

const HOUR = 3_600_000
const NOW = 1_000_000

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'warren-bans-'))
  t.after(() => rmSync(path, { recursive: true }))
  return path
}

const named = (name: string, until: number | null): Ban => ({
  target: { by: 'name', zone: 'Test', name },
  until,
  reason: 'rude',
})

test('bans are there after a restart, also in a folder that was not', t => {
  const file = join(folder(t), 'data', 'bans.json')
  const before = new BanList(new BanFile(file))
  before.add(named('ann', NOW + HOUR), NOW)
  before.add({ target: { by: 'address', address: '10.0.0.1' }, until: null, reason: '' }, NOW)
  const after = new BanList(new BanFile(file))
  assert.ok(after.isBanned({ by: 'name', zone: 'Test', name: 'ann' }, NOW))
  assert.ok(after.isBanned({ by: 'address', address: '10.0.0.1' }, NOW + 1000 * HOUR))
  assert.deepEqual([...after], [...before])
})

test('a ban goes by the exact name in its own zone, and ends when its time is over', () => {
  const bans = new BanList({ load: () => [named('ann', NOW + HOUR)], save: () => undefined })
  const isBanned = (zone: string, name: string, now: number) => bans.isBanned({ by: 'name', zone, name }, now)
  assert.ok(isBanned('Test', 'ann', NOW + HOUR - 1))
  assert.ok(!isBanned('Test', 'ann', NOW + HOUR))
  assert.ok(!isBanned('Test', 'Ann', NOW))
  assert.ok(!isBanned('Other', 'ann', NOW))
})

test('a lifted ban and one that has ended are not kept', t => {
  const file = join(folder(t), 'bans.json')
  const bans = new BanList(new BanFile(file))
  bans.add(named('old', NOW + 1), NOW)
  bans.add(named('ann', NOW + HOUR), NOW)
  bans.add(named('bob', NOW + HOUR), NOW + 2)
  assert.equal(bans.lift({ by: 'name', zone: 'Test', name: 'ann' }), true)
  assert.equal(bans.lift({ by: 'name', zone: 'Test', name: 'ann' }), false)
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Ban[]
  assert.deepEqual(kept, [named('bob', NOW + HOUR)])
})

test('a file that is no list of bans stops the start and says which it is', t => {
  const file = join(folder(t), 'bans.json')
  for (const text of ['{', '[{}]', '[{"target":{"by":"name"},"until":1,"reason":""}]']) {
    writeFileSync(file, text)
    assert.throws(() => new BanFile(file).load(), /bans.json is no list of bans/)
  }
})
