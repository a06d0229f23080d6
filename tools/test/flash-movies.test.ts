import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { compileScript } from '../flash/compile-script.ts'
import { buildMovie, MOVIES, movieFile } from '../flash/movies.ts'

const compile = (text: string) => compileScript([{ name: 'a.as', text }])

test('the movies in the repository are what their sources compile to', () => {
  for (const movie of MOVIES) {
    const isSame = buildMovie(movie).equals(readFileSync(movieFile(movie)))
    assert.ok(isSame, `${movieFile(movie)} is old: run npm run generate`)
  }
})

test('what the compiler does not know is named with its line', () => {
  assert.throws(() => compile('trace(1);\nclass A {}'), /^UnsupportedError: a\.as:2: ClassDeclaration/)
  assert.throws(() => compile('break;'), /^UnsupportedError: a\.as:1: nothing to break out of/)
  assert.throws(() => compile('list[i++] += 1;'), /^UnsupportedError: a\.as:1: would be worked out twice/)
  assert.throws(() => compile('var a = ;'), /^SyntaxError: a\.as:1: /)
})
