import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CrowdBook } from '../src/mmo/crowd-book.ts'

/** Four on a line, each of whom sees two. */
function line(): CrowdBook {
  const book = new CrowdBook(4, 2)
  for (let user = 0; user < 4; user++) book.place(user, 10 * user, 0)
  return book
}

const NEAREST = [
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 2],
  [2, 1],
  [2, 3],
  [3, 2],
  [3, 1],
] as const

test('those who see their nearest are all told', () => {
  const book = line()
  for (const [viewer, seen] of NEAREST) book.tell(viewer, seen, true)
  assert.deepEqual(book.settle(), { told: 8, lost: 0, doubled: 0, invented: 0 })
  assert.equal(book.inView, 2)
})

test('whom one of them is not told of is lost', () => {
  const book = line()
  for (const [viewer, seen] of NEAREST.slice(1)) book.tell(viewer, seen, true)
  assert.equal(book.settle().lost, 1)
  assert.equal(book.open, 1)
})

test('one who sees somebody further away in place of a nearer one has lost one and invented one', () => {
  const book = line()
  for (const [viewer, seen] of NEAREST.slice(1)) book.tell(viewer, seen, true)
  book.tell(0, 3, true)
  assert.deepEqual(book.settle(), { told: 8, lost: 1, doubled: 0, invented: 1 })
})

test('more than the bound is invented, what is told again is doubled, and so is who goes unseen', () => {
  const book = line()
  for (const [viewer, seen] of NEAREST) book.tell(viewer, seen, true)
  book.tell(0, 3, true)
  book.tell(1, 0, true)
  book.tell(1, 3, false)
  assert.deepEqual(book.settle(), { told: 9, lost: 0, doubled: 2, invented: 1 })
})
