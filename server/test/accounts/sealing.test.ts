import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SealingKeys, UnsealError } from '../../src/accounts/sealing.ts'

const HEX = '0f'.repeat(32)
const BASE64 = Buffer.alloc(32, 7).toString('base64')

function keys(written: string): SealingKeys {
  const read = SealingKeys.read(written)
  assert.ok(read)
  return read
}

test('what was sealed for somebody opens for him, and is different each time', () => {
  for (const written of [HEX, BASE64, ` ${BASE64} `]) {
    const one = keys(written)
    const sealed = one.seal('sécret 💬', 'ann')
    assert.equal(keys(written).open(sealed, 'ann'), 'sécret 💬')
    assert.notEqual(one.seal('sécret 💬', 'ann'), sealed)
    assert.ok(!sealed.includes('cret'))
  }
})

test('it opens for nobody else, with no other key, and not when a bit of it was changed', () => {
  const sealed = keys(HEX).seal('secret', 'ann')
  assert.throws(() => keys(HEX).open(sealed, 'bob'), UnsealError)
  assert.throws(() => keys(BASE64).open(sealed, 'ann'), UnsealError)
  const [id, iv, text = ''] = sealed.split('.')
  const bytes = Buffer.from(text, 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] ?? 0) ^ 1
    assert.throws(() => keys(HEX).open(`${id}.${iv}.${changed.toString('base64url')}`, 'ann'), UnsealError)
  }
  for (const broken of ['', 'x', `${id}..`, `${id}.${iv}.`, `${id}.${iv}.AAAA`]) {
    assert.throws(() => keys(HEX).open(broken, 'ann'), UnsealError)
  }
})

test('a new key before the old one seals, and the old one still opens', () => {
  const sealed = keys(HEX).seal('secret', 'ann')
  const both = keys(`${BASE64},${HEX}`)
  assert.equal(both.open(sealed, 'ann'), 'secret')
  assert.equal(keys(BASE64).open(both.seal('secret', 'ann'), 'ann'), 'secret')
})

test('what is no key of 32 bytes is not taken for one', () => {
  for (const written of [
    '',
    'secret',
    HEX.slice(2),
    `${HEX}00`,
    BASE64.slice(4),
    `${HEX},`,
    `,${HEX}`,
    `${HEX},x`,
  ]) {
    assert.equal(SealingKeys.read(written), undefined, written)
  }
})
