import assert from 'node:assert/strict'
import { it } from 'node:test'
import { Batches, joinFrames, joinStream } from '../../src/transport/batch.ts'
import { bigPacket, packet } from './rig.ts'

it('the same packets are joined once, whoever else is served in between', () => {
  let joins = 0
  const batches = new Batches(packets => {
    joins++
    return joinStream(packets)
  })
  const rooms = Array.from({ length: 8 }, (_, i) => [packet(i), packet(i, i)])
  for (let member = 0; member < 100; member++) {
    for (const room of rooms) assert.equal(batches.bytesOf([...room])[0], room[0]?.bytes[0])
  }
  assert.equal(joins, 8)
})

it('packets are told apart by what they are, not by what they hold', () => {
  const batches = new Batches(joinStream)
  const [a, b, c] = [packet(1), packet(2), packet(3)]
  assert.deepEqual([...batches.bytesOf([a, b])], [1, 2])
  assert.deepEqual([...batches.bytesOf([a])], [1])
  assert.deepEqual([...batches.bytesOf([a, c])], [1, 3])
  assert.deepEqual([...batches.bytesOf([b, a])], [2, 1])
  assert.deepEqual([...batches.bytesOf([a, b, c])], [1, 2, 3])
})

it('a queue that is used again does not change what is remembered', () => {
  const batches = new Batches(joinStream)
  const queue = [packet(1), packet(2)]
  batches.bytesOf(queue)
  queue.length = 0
  queue.push(packet(9), packet(8))
  assert.deepEqual([...batches.bytesOf(queue)], [9, 8])
})

it('nothing large and nothing old is remembered', () => {
  const batches = new Batches(joinStream)
  const large = [bigPacket(200_000), bigPacket(200_000)]
  assert.notEqual(batches.bytesOf(large), batches.bytesOf(large))
  const small = [packet(1), packet(2)]
  const bytes = batches.bytesOf(small)
  assert.equal(batches.bytesOf(small), bytes)
  batches.forget()
  assert.notEqual(batches.bytesOf(small), bytes)
})

it('frames carry lengths of every size', () => {
  for (const [length, header] of [
    [0, '8200'],
    [125, '827d'],
    [126, '827e007e'],
    [65_535, '827effff'],
    [65_536, '827f0000000000010000'],
  ] as const) {
    const frame = joinFrames([bigPacket(length)])
    assert.equal(frame.length, header.length / 2 + length)
    assert.equal(frame.subarray(0, header.length / 2).toString('hex'), header)
    const two = joinFrames([bigPacket(length), packet(1)])
    assert.equal(two.subarray(0, frame.length).compare(frame), 0)
    assert.equal(two.subarray(frame.length).toString('hex'), '820101')
  }
})
