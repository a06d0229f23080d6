import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FileTypes, plainType } from '../../src/upload/file-types.ts'

test('endings are compared without case, whatever the content type', () => {
  const types = new FileTypes(['.PNG', '.jpg'])
  assert.ok(types.allows('a.png', 'application/octet-stream'))
  assert.ok(types.allows('a.JPG', 'text/html'))
  assert.ok(!types.allows('a.png.exe', 'image/png'))
  assert.ok(!types.allows('png', 'image/png'))
  assert.ok(!types.allows('', 'image/png'))
})

test('content types are compared whole or by their family, whatever the name', () => {
  const types = new FileTypes(['image/png', 'audio/*'])
  assert.ok(types.allows('anything', 'image/png'))
  assert.ok(types.allows('anything', 'audio/ogg'))
  assert.ok(!types.allows('a.png', 'image/gif'))
  assert.ok(!types.allows('a.png', 'application/octet-stream'))
})

test('where endings and content types are listed, both must fit', () => {
  const types = new FileTypes(['.png', 'image/png'])
  assert.ok(types.allows('a.png', 'image/png'))
  assert.ok(!types.allows('a.png', 'text/html'))
  assert.ok(!types.allows('a.html', 'image/png'))
})

test('a star is everything, and no list is nothing', () => {
  assert.ok(new FileTypes(['*', '.png']).allows('a.exe', 'x/y'))
  assert.ok(!new FileTypes([]).allows('a.png', 'image/png'))
})

test('a content type loses its parameters; what is none counts as unknown', () => {
  assert.equal(plainType('Image/PNG; charset=x'), 'image/png')
  for (const given of [undefined, '', 'png', 'a/b/c', '*/*', `a/${'x'.repeat(200)}`, 'a/b\u0000']) {
    assert.equal(plainType(given), 'application/octet-stream', String(given))
  }
})
