import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newToken, passwordProof, provesPassword } from '../../src/session/token.ts'

const TOKEN = '0123456789abcdef0123456789abcdef'

test('the proof of a password is the one that clients send [P-8.1]', () => {
  assert.equal(passwordProof(TOKEN, 'secret'), '5211df07cd46b5585096e3714f622238')
  assert.equal(passwordProof(TOKEN, ''), '')
})

test('only the right password with the right token is proven', () => {
  const proof = passwordProof(TOKEN, 'pässword€')
  assert.ok(provesPassword(TOKEN, 'pässword€', proof))
  assert.ok(!provesPassword(TOKEN, 'password', proof))
  assert.ok(!provesPassword(newToken(), 'pässword€', proof))
  assert.ok(!provesPassword(TOKEN, 'pässword€', ''))
})

test('tokens are 32 lower-case hex characters and differ', () => {
  const tokens = Array.from({ length: 1000 }, newToken)
  for (const token of tokens) assert.match(token, /^[0-9a-f]{32}$/)
  assert.equal(new Set(tokens).size, tokens.length)
})
