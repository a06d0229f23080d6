import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readyLine, welcome } from '../src/ready.ts'

test('the ready line has the open listeners in a fixed order', () => {
  assert.equal(
    readyLine({ electro: 5, https: 4, http: 3, udp: 2, tcp: 1 }),
    'warren ready tcp=1 udp=2 http=3 https=4 electro=5\n',
  )
  assert.equal(readyLine({ http: 3 }), 'warren ready http=3\n')
  assert.equal(readyLine({}), 'warren ready\n')
})

test('the welcome leads to pages that a browser on this machine can open', () => {
  assert.match(welcome('127.0.0.1', { http: 80 }), /http:\/\/127\.0\.0\.1:80\/examples\/chat\//)
  assert.match(welcome('0.0.0.0', { http: 80 }), /http:\/\/localhost:80\//)
  assert.match(welcome('::1', { https: 8443 }), /https:\/\/\[::1\]:8443\//)
  assert.equal(welcome('127.0.0.1', { tcp: 1 }), '')
})
