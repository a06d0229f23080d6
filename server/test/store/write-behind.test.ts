import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StoreUnavailable } from '../../src/domain/store-unavailable.ts'
import { WriteBehind } from '../../src/store/write-behind.ts'

/** A place to write to that can be gone, and the time by hand. */
class Place {
  readonly written: string[] = []
  readonly told: string[] = []
  isGone = false
  #retry: (() => void) | undefined
  readonly behind = new WriteBehind(
    {
      endOfTurn: work => setImmediate(work),
      after: (_millis, work) => {
        this.#retry = work
        return () => {
          this.#retry = undefined
        }
      },
    },
    {
      onFailure: (error, isLost) => this.told.push(`${isLost ? 'lost' : 'waits'}: ${error.message}`),
      onRecovery: () => this.told.push('back'),
    },
  )

  get hasRetry(): boolean {
    return this.#retry !== undefined
  }

  add(key: string, value: string): void {
    this.behind.add(key, async () => {
      if (this.isGone) throw new StoreUnavailable('gone')
      if (value === 'bad') throw new Error('bad')
      this.written.push(`${key}=${value}`)
    })
  }

  async retry(): Promise<void> {
    const work = this.#retry
    this.#retry = undefined
    work?.()
    await this.settle()
  }

  settle(): Promise<void> {
    return new Promise(resolve => setImmediate(resolve))
  }
}

test('of what is written while the database is gone the last word on each thing is kept, when it is back', async () => {
  const place = new Place()
  place.isGone = true
  place.add('a', '1')
  place.add('b', '1')
  await place.settle()
  place.add('a', '2')
  await place.retry()
  assert.deepEqual(place.told, ['waits: gone'])
  place.isGone = false
  await place.retry()
  assert.deepEqual(place.written.sort(), ['a=2', 'b=1'])
  assert.deepEqual(place.told, ['waits: gone', 'back'])
  assert.equal(place.hasRetry, false)
})

test('what the database refuses is told of and holds nothing up', async () => {
  const place = new Place()
  place.add('a', 'bad')
  place.add('b', '1')
  await place.settle()
  assert.deepEqual([place.written, place.told, place.hasRetry], [['b=1'], ['lost: bad'], false])
})

test('a write that comes while an earlier one of the same thing is under way is the last', async () => {
  const place = new Place()
  place.add('a', '1')
  place.add('a', '2')
  place.add('a', '3')
  await place.settle()
  assert.equal(place.written.at(-1), 'a=3')
})

test('what waits when the server stops is tried once more, and not for ever', async () => {
  const place = new Place()
  place.isGone = true
  place.add('a', '1')
  await place.settle()
  await place.behind.close()
  assert.equal(place.hasRetry, false)
  place.isGone = false
  await place.behind.close()
  assert.deepEqual(place.written, ['a=1'])
})
