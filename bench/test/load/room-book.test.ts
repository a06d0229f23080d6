import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RoomBook } from '../../src/load/workloads/room-book.ts'

const regular = { lost: 0, doubled: 0, disordered: 0, invented: 0 }

/** Two receivers and two creators, both here; room n has the id 100 + n. */
function fullBook(rooms: number): RoomBook {
  const book = new RoomBook('xy', 2, [0, 1], () => true)
  for (let room = 0; room < rooms; room++) {
    book.come(room)
    book.go(room)
  }
  return book
}

test('rooms that come and go before everybody leave nothing to report, whatever the order among creators', () => {
  const book = fullBook(4)
  for (const receiver of [0, 1]) {
    for (const room of [1, 0, 2, 3])
      assert.equal(book.hearCome(receiver, book.nameOf(room), 100 + room), room)
    for (const room of [0, 1, 2, 3]) assert.equal(book.hearGo(receiver, 100 + room), room)
  }
  assert.deepEqual(book.settle(), { ...regular, expected: 16, delivered: 16 })
})

test('a room that one receiver does not hear of, and one whose end is told twice, are counted', () => {
  const book = fullBook(2)
  for (const receiver of [0, 1]) {
    for (const room of [0, 1]) {
      if (receiver === 0 || room === 0) book.hearCome(receiver, book.nameOf(room), 100 + room)
      book.hearGo(receiver, 100 + room)
    }
  }
  book.hearGo(1, 100)
  assert.deepEqual(book.settle(), { ...regular, expected: 8, delivered: 7, lost: 1, doubled: 1 })
})

test('rooms of others are passed over', () => {
  const book = fullBook(0)
  assert.equal(book.hearCome(0, 'Lobby', 3), -1)
  assert.equal(book.hearCome(0, 'xy-?', 3), -1)
  assert.equal(book.hearGo(0, 3), -1)
  assert.deepEqual(book.settle(), { ...regular, expected: 0, delivered: 0 })
})

test('rooms of creators in another process are expected once it has said how many there were', () => {
  const book = new RoomBook('xy', 1, [0, 5], client => client < 5)
  for (const room of [0, 2]) {
    book.come(room)
    book.go(room)
  }
  for (const room of [0, 1, 2]) {
    book.hearCome(0, book.nameOf(room), room)
    book.hearGo(0, room)
  }
  // Three turns were taken: the second creator had one of them.
  book.announce({ first: 5, clients: 5, taken: 3, aborted: false })
  assert.deepEqual(book.settle(), { ...regular, expected: 6, delivered: 6 })
})
