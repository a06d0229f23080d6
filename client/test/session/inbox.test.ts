import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeServerMessage, PacketFlags, type ServerMessageName } from '@warren/codec'
import { Inbox } from '../../src/session/inbox.ts'
import { type Inflate, PacketReader } from '../../src/session/packets.ts'
import { Vocabulary } from '../../src/vocabulary.ts'
import { settle } from '../support/time.ts'

const { BINARY, COMPRESSED } = PacketFlags
const message = (userId: number) => encodeServerMessage('UserLost', { userId })

/** An inbox whose compressed packets are read when the test says so. */
class Scene {
  /** User ids of the messages, and why others could not be read. */
  readonly came: (number | string)[] = []
  overflows = 0
  readonly inbox: Inbox
  readonly #inflating: { resolve(): void; reject(): void }[] = []

  constructor() {
    const inflate: Inflate = bytes => {
      const copy = bytes.slice()
      return new Promise((resolve, reject) => {
        this.#inflating.push({ resolve: () => resolve(copy), reject: () => reject(new Error('broken')) })
      })
    }
    const vocabulary = new Vocabulary(() => undefined)
    this.inbox = new Inbox(new PacketReader(inflate, body => vocabulary.read(body)), {
      onIncoming: incoming => {
        if ('problem' in incoming) this.came.push(incoming.detail)
        else if (incoming.name === ('UserLost' satisfies ServerMessageName))
          this.came.push(incoming.fields.userId)
      },
      onOverflow: () => {
        this.overflows++
      },
    })
  }

  plain(userId: number): void {
    this.#push(BINARY, message(userId))
  }

  compressed(userId: number): void {
    this.#push(BINARY | COMPRESSED, message(userId))
  }

  async inflated(how: 'resolve' | 'reject' = 'resolve'): Promise<void> {
    this.#inflating.shift()?.[how]()
    await settle()
  }

  /** As lines do: what is pushed is overwritten as soon as the call is over. */
  #push(flags: number, body: Uint8Array): void {
    const buffer = body.slice()
    this.inbox.push(flags, buffer)
    buffer.fill(0)
  }
}

test('packets come at once while none is slow', () => {
  const scene = new Scene()
  scene.plain(1)
  scene.plain(2)
  assert.deepEqual(scene.came, [1, 2])
})

test('behind a slow packet all others wait, and keep their order', async () => {
  const scene = new Scene()
  scene.plain(1)
  scene.compressed(2)
  scene.plain(3)
  scene.compressed(4)
  scene.plain(5)
  assert.deepEqual(scene.came, [1])
  await scene.inflated()
  assert.deepEqual(scene.came, [1, 2, 3])
  await scene.inflated()
  assert.deepEqual(scene.came, [1, 2, 3, 4, 5])
  scene.plain(6)
  assert.deepEqual(scene.came, [1, 2, 3, 4, 5, 6])
})

test('a slow packet that cannot be read costs that packet only', async () => {
  const scene = new Scene()
  scene.compressed(1)
  scene.plain(2)
  await scene.inflated('reject')
  assert.deepEqual(scene.came, ['broken', 2])
})

test('the end of the line comes behind all that came over it', async () => {
  const scene = new Scene()
  let isEmpty = false
  scene.compressed(1)
  scene.plain(2)
  scene.inbox.close(() => {
    assert.deepEqual(scene.came, [1, 2])
    isEmpty = true
  })
  assert.equal(isEmpty, false)
  await scene.inflated()
  assert.equal(isEmpty, true)

  const other = new Scene()
  other.inbox.close(() => other.came.push('empty'))
  assert.deepEqual(other.came, ['empty'])
})

test('what waits is bounded', () => {
  const scene = new Scene()
  scene.compressed(1)
  const body = new Uint8Array(5_000_000)
  for (let i = 0; i < 3; i++) scene.inbox.push(BINARY, body)
  assert.equal(scene.overflows, 0)
  scene.inbox.push(BINARY, body)
  assert.equal(scene.overflows, 1)
})
