import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { endingOf, harmlessName } from '../../src/upload/file-name.ts'

test('a harmless name stays as it is', () => {
  for (const name of ['me.png', 'Straße 7.JPG', '日本.txt', 'a.tar.gz', 'no-ending']) {
    assert.equal(harmlessName(name), name)
  }
})

test('folders, leading dots and what systems take amiss are gone', () => {
  const cases: Readonly<Record<string, string>> = {
    '../../etc/passwd': 'passwd',
    'C:\\Windows\\system.ini': 'system.ini',
    '/abs/me.png': 'me.png',
    '..': '',
    '...': '',
    '': '',
    '.bashrc': 'bashrc',
    '. .a.png. .': 'a.png',
    'a\u0000.png': 'a_.png',
    'a\r\nb.png': 'a__b.png',
    'photo\u202egnp.exe': 'photo_gnp.exe',
    'a:b|c?.png': 'a_b_c_.png',
    'nul.png': '_nul.png',
    COM1: '_COM1',
    'console.png': 'console.png',
    'lone\ud800.png': 'lone\ufffd.png',
  }
  for (const [given, name] of Object.entries(cases)) assert.equal(harmlessName(given), name, given)
})

test('a long name is cut before its ending', () => {
  assert.equal(harmlessName(`${'x'.repeat(5000)}.png`), `${'x'.repeat(96)}.png`)
  assert.equal(harmlessName('x'.repeat(5000)).length, 100)
  assert.equal(harmlessName(`${'😀'.repeat(80)}.png`).isWellFormed(), true)
})

test('no name leads out of a folder, hides, or grows when it is cleaned again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), given => {
      const name = harmlessName(given)
      assert.doesNotMatch(name, /[/\\\p{Cc}]|^\./u)
      assert.ok(name.length <= 100)
      assert.ok(name.isWellFormed())
      assert.equal(harmlessName(name), name)
    }),
  )
})

test('an ending is short, and is no whole name', () => {
  assert.equal(endingOf('a.PNG'), '.png')
  assert.equal(endingOf('a.tar.gz'), '.gz')
  assert.equal(endingOf('png'), '')
  assert.equal(endingOf('.png'), '')
  assert.equal(endingOf(`a.${'x'.repeat(30)}`), '')
})
