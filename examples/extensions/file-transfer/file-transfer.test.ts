import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { openWorld } from '@warren/server/testing'
import fileTransfer from './index.ts'

const open = (config: { readonly [name: string]: number } = {}) =>
  openWorld({ extension: fileTransfer, config: { chunkBytes: 1000, windowBytes: 4000, ...config } })

type World = Awaited<ReturnType<typeof open>>
type User = Awaited<ReturnType<World['login']>>

async function openPair(config?: { readonly [name: string]: number }) {
  const world = await open(config)
  return { world, kermit: await world.login('Kermit'), piggy: await world.login('Piggy') }
}

/** Bytes that are not all alike. */
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 7) % 251)

/** Sends a file as a client would. @returns the progress it was told of */
async function sendFile(sender: User, to: string, file: Uint8Array): Promise<number[]> {
  const { id, chunkBytes, windowBytes } = await sender.call('offer', {
    to,
    name: 'song.ogg',
    size: file.length,
  })
  await sender.next('accepted')
  const progress: number[] = []
  let offset = 0
  let acknowledged = 0
  while (acknowledged < file.length) {
    while (offset < Math.min(file.length, acknowledged + windowBytes)) {
      const data = file.subarray(offset, Math.min(offset + chunkBytes, acknowledged + windowBytes))
      await sender.send('chunk', { id, offset, data })
      offset += data.length
    }
    acknowledged = (await sender.next('progress')).bytes
    progress.push(acknowledged)
  }
  return progress
}

/** Takes whatever is offered next. @param every  acknowledges each so many bytes */
async function receiveFile(receiver: User, every = 0): Promise<Uint8Array> {
  const { id, size } = await receiver.next('offered')
  await receiver.send('accept', { id })
  const file = new Uint8Array(size)
  let acknowledged = 0
  for (let bytes = 0; bytes < size; ) {
    const { offset, data } = await receiver.next('chunk')
    file.set(data, offset)
    bytes += data.length
    if (bytes - acknowledged < every && bytes < size) continue
    acknowledged = bytes
    await receiver.send('acknowledge', { id, bytes })
  }
  return file
}

/** A transfer that was accepted and of which nothing was sent yet. */
async function begin(world: World, size: number) {
  const kermit = await world.login('Kermit')
  const piggy = await world.login('Piggy')
  const { id } = await kermit.call('offer', { to: 'Piggy', name: 'song.ogg', size })
  await piggy.call('accept', { id })
  const chunk = (offset: number, length: number) =>
    kermit.call('chunk', { id, offset, data: bytesOf(length) })
  return { kermit, piggy, id, chunk }
}

describe('a file', () => {
  test('arrives whole, and the sender sees how far it is', async () => {
    const { world, kermit, piggy } = await openPair()
    const file = bytesOf(10_500)
    const receiving = receiveFile(piggy)
    const progress = await sendFile(kermit, 'Piggy', file)
    assert.deepEqual(await receiving, file)
    assert.deepEqual(
      progress,
      [...progress].sort((a, b) => a - b),
    )
    assert.equal(progress.at(-1), 10_500)
    assert.equal((await kermit.next('done')).id, 1)
    assert.equal((await piggy.next('done')).id, 1)
    assert.deepEqual(piggy.received('offered'), [{ id: 1, from: 'Kermit', name: 'song.ogg', size: 10_500 }])
    assert.deepEqual(world.metrics, { files_total: 1, bytes_total: 10_500, aborted_total: 0 })
    assert.deepEqual(world.faults, {})
    await world.stop()
  })

  test('arrives also at a receiver that acknowledges seldom', async () => {
    const { world, kermit, piggy } = await openPair()
    const file = bytesOf(20_000)
    const receiving = receiveFile(piggy, 3000)
    const progress = await sendFile(kermit, 'Piggy', file)
    assert.deepEqual(await receiving, file)
    assert.ok(progress.length <= 7, `${progress}`)
    await world.stop()
  })

  test('without a byte is there as soon as it is accepted', async () => {
    await using world = await open()
    const { kermit, piggy } = await begin(world, 0)
    assert.deepEqual(kermit.received('done'), [{ id: 1 }])
    assert.deepEqual(piggy.received('done'), [{ id: 1 }])
  })

  test('may cross another one', async () => {
    const { world, kermit, piggy } = await openPair()
    const [there, back] = [bytesOf(5000), bytesOf(7000).reverse()]
    const received = Promise.all([receiveFile(piggy), receiveFile(kermit)])
    await Promise.all([sendFile(kermit, 'Piggy', there), sendFile(piggy, 'Kermit', back)])
    assert.deepEqual(await received, [there, back])
    await world.stop()
  })
})

describe('an offer', () => {
  test('can be refused, and nothing can be sent then', async () => {
    const { world, kermit, piggy } = await openPair()
    const { id } = await kermit.call('offer', { to: 'Piggy', name: 'song.ogg', size: 10 })
    await assert.rejects(kermit.call('chunk', { id, offset: 0, data: bytesOf(10) }), { code: 'not-accepted' })
    await piggy.send('refuse', { id })
    assert.deepEqual(kermit.received('refused'), [{ id }])
    await assert.rejects(kermit.call('chunk', { id, offset: 0, data: bytesOf(10) }), {
      code: 'transfer-unknown',
    })
    await world.stop()
  })

  test('is to somebody else who is there, of a file that is not too large, and not of too many', async () => {
    const { world, kermit, piggy } = await openPair({ maxBytes: 100, maxPerUser: 2 })
    const offer = (to: string, size = 1) => kermit.call('offer', { to, name: 'song.ogg', size })
    await assert.rejects(offer('Kermit'), { code: 'user-unknown' })
    await assert.rejects(offer('Gonzo'), { code: 'user-unknown' })
    await assert.rejects(offer('Piggy', 101), { code: 'too-large' })
    await offer('Piggy', 100)
    const { id } = await offer('Piggy')
    await assert.rejects(offer('Piggy'), { code: 'too-many' })
    const gonzo = await world.login('Gonzo')
    await assert.rejects(gonzo.call('offer', { to: 'Piggy', name: 'song.ogg', size: 1 }), {
      code: 'too-many',
      message: 'Piggy has 2 files under way',
    })
    await piggy.send('refuse', { id })
    await offer('Piggy')
    await world.stop()
  })

  test('names a file and no path', async () => {
    const { world, kermit } = await openPair()
    for (const name of ['../song', 'a\\b', '.hidden', 'c:song', 'a\u0000b', '']) {
      const params = new SFSObject().putUtfString('to', 'Piggy').putUtfString('name', name).putInt('size', 1)
      await assert.rejects(kermit.callRaw('offer', params), { code: 'invalid-params', path: 'name' }, name)
    }
    await world.stop()
  })
})

describe('a sender', () => {
  test('may be ahead of the receiver by a window, no more', async () => {
    await using world = await open()
    const { kermit, piggy, id, chunk } = await begin(world, 10_000)
    for (let offset = 0; offset < 4000; offset += 1000) await chunk(offset, 1000)
    await assert.rejects(chunk(4000, 1), { code: 'window-full' })
    assert.equal(piggy.received('chunk').length, 4)
    await piggy.call('acknowledge', { id, bytes: 1500 })
    assert.deepEqual(kermit.received('progress'), [{ id, bytes: 1500, size: 10_000 }])
    await chunk(4000, 1000)
    await chunk(5000, 500)
    await assert.rejects(chunk(5500, 1), { code: 'window-full' })
  })

  test('sends in order, no more than there is, and nothing larger than a chunk', async () => {
    await using world = await open()
    const { piggy, chunk } = await begin(world, 2500)
    await assert.rejects(chunk(1000, 1000), { code: 'out-of-order' })
    await assert.rejects(chunk(0, 1001), { code: 'too-large' })
    await assert.rejects(chunk(0, 0), { code: 'empty' })
    await chunk(0, 1000)
    await assert.rejects(chunk(0, 1000), { code: 'out-of-order' })
    await chunk(1000, 1000)
    await assert.rejects(chunk(2000, 501), { code: 'too-large' })
    await chunk(2000, 500)
    assert.equal(piggy.received('chunk').length, 3)
  })

  test('is the only one who sends, as the receiver is the only one who takes', async () => {
    await using world = await open()
    const { kermit, piggy, id } = await begin(world, 100)
    const gonzo = await world.login('Gonzo')
    const data = bytesOf(1)
    for (const user of [piggy, gonzo]) {
      await assert.rejects(user.call('chunk', { id, offset: 0, data }), { code: 'transfer-unknown' })
    }
    for (const user of [kermit, gonzo]) {
      await assert.rejects(user.call('accept', { id }), { code: 'transfer-unknown' })
      await assert.rejects(user.call('acknowledge', { id, bytes: 1 }), { code: 'transfer-unknown' })
    }
    await assert.rejects(gonzo.call('abort', { id }), { code: 'transfer-unknown' })
  })
})

describe('a receiver', () => {
  test('accepts once, and refuses no more then', async () => {
    await using world = await open()
    const { piggy, id } = await begin(world, 100)
    await assert.rejects(piggy.call('accept', { id }), { code: 'accepted-before' })
    await assert.rejects(piggy.call('refuse', { id }), { code: 'accepted-before' })
  })

  test('acknowledges what was sent, and no less than before', async () => {
    await using world = await open()
    const { piggy, id, chunk } = await begin(world, 2000)
    await chunk(0, 1000)
    await assert.rejects(piggy.call('acknowledge', { id, bytes: 1001 }), { code: 'not-sent' })
    await piggy.call('acknowledge', { id, bytes: 600 })
    await assert.rejects(piggy.call('acknowledge', { id, bytes: 600 }), { code: 'not-sent' })
  })
})

describe('a transfer ends', () => {
  test('for both when one of them gives up', async () => {
    for (const [by, reason] of [
      ['kermit', 'sender-aborted'],
      ['piggy', 'receiver-aborted'],
    ] as const) {
      await using world = await open()
      const { kermit, piggy, id, chunk } = await begin(world, 100)
      await chunk(0, 50)
      await { kermit, piggy }[by].send('abort', { id })
      assert.deepEqual(kermit.received('aborted'), [{ id, reason }])
      assert.deepEqual(piggy.received('aborted'), [{ id, reason }])
      await assert.rejects(chunk(50, 50), { code: 'transfer-unknown' })
      assert.equal(world.metrics.aborted_total, 1)
    }
  })

  test('when the sender leaves in the middle', async () => {
    for (const go of ['logout', 'disconnect', 'drop'] as const) {
      await using world = await open()
      const { kermit, piggy, id, chunk } = await begin(world, 100)
      await chunk(0, 50)
      await kermit[go]()
      assert.deepEqual(piggy.received('aborted'), [{ id, reason: 'sender-left' }], go)
      assert.deepEqual(world.faults, {})
    }
  })

  test('when the receiver leaves, accepted or not', async () => {
    await using world = await open()
    const { kermit, piggy, id } = await begin(world, 100)
    const { id: offered } = await kermit.call('offer', { to: 'Piggy', name: 'other.ogg', size: 1 })
    await piggy.drop()
    const reason = 'receiver-left'
    assert.deepEqual(kermit.received('aborted'), [
      { id, reason },
      { id: offered, reason },
    ])
  })

  test('when nobody says anything for long, and not before', async () => {
    await using world = await open({ quietSeconds: 10 })
    const { kermit, piggy, id, chunk } = await begin(world, 100)
    await world.advance(9000)
    await chunk(0, 50)
    await world.advance(9000)
    assert.deepEqual(kermit.received('aborted'), [])
    await world.advance(1000)
    for (const user of [kermit, piggy]) {
      assert.deepEqual(user.received('aborted'), [{ id, reason: 'timeout' }])
    }
  })
})

test('what is under way goes on with a new version', async () => {
  await using world = await open()
  const { kermit, piggy, id, chunk } = await begin(world, 100)
  await chunk(0, 50)
  await world.reload(fileTransfer, {})
  await chunk(50, 50)
  await piggy.call('acknowledge', { id, bytes: 100 })
  assert.deepEqual(kermit.received('done'), [{ id }])
  assert.equal((await piggy.call('offer', { to: 'Kermit', name: 'next.ogg', size: 1 })).id, id + 1)
})
