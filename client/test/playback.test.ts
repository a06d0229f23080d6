import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Playback } from '../src/mirror/playback.ts'
import { Track } from '../src/mirror/track.ts'
import { seeded } from './support/random.ts'

const at = (track: Track, round: number, leap = 100) => {
  const place = { x: Number.NaN, y: Number.NaN, z: Number.NaN }
  track.read(round, leap, place)
  return [place.x, place.y, place.z]
}

describe('a track', () => {
  test('leads straight from place to place', () => {
    const track = new Track()
    track.add(5, 10, 0, 0)
    track.add(6, 20, 4, -2)
    track.add(7, 20, 8, -2)
    assert.deepEqual(at(track, 5.5), [15, 2, -1])
    assert.deepEqual(at(track, 6), [20, 4, -2])
    assert.deepEqual(at(track, 6.25), [20, 5, -2])
  })

  test('ends where it ends, and begins where it begins', () => {
    const track = new Track()
    track.add(5, 10, 0, 0)
    assert.deepEqual(at(track, 1), [10, 0, 0])
    assert.deepEqual(at(track, 99), [10, 0, 0])
  })

  test('who was not told of stood still, and moved in the last round only', () => {
    const track = new Track()
    track.add(5, 0, 0, 0)
    track.add(50, 10, 0, 0)
    assert.deepEqual(at(track, 40), [0, 0, 0])
    assert.deepEqual(at(track, 49), [0, 0, 0])
    assert.deepEqual(at(track, 49.5), [5, 0, 0])
  })

  test('who leaps is not seen on the way', () => {
    const track = new Track()
    track.add(1, 0, 0, 0)
    track.add(2, 500, 10, 0)
    assert.deepEqual(at(track, 1.9), [0, 9, 0])
    assert.deepEqual(at(track, 2), [500, 10, 0])
  })

  test('remembers what is still to be seen of a long walk', () => {
    const track = new Track()
    for (let round = 0; round < 100; round++) track.add(round, round * 10, 0, 0)
    for (const round of [96, 96.5, 98.25]) assert.deepEqual(at(track, round), [round * 10, 0, 0])
  })
})

describe('a playback', () => {
  const INTERVAL = 100

  test('is a round and a margin behind what arrived', () => {
    const playback = new Playback(INTERVAL)
    for (let round = 0; round < 100; round++) playback.arrived(round, 1000 + round * INTERVAL)
    const behind = 99 - playback.roundAt(1000 + 99 * INTERVAL)
    assert.ok(behind > 1.05 && behind < 1.15, `${behind} rounds`)
  })

  test('goes on at the pace of the server while nothing comes', () => {
    const playback = new Playback(INTERVAL)
    playback.arrived(0, 1000)
    assert.ok(Math.abs(playback.roundAt(5000) - playback.roundAt(4000) - 10) < 1e-9)
  })

  test('waits longer for a line whose packets are late by turns, so that the next place is always there', () => {
    const random = seeded(7)
    const playback = new Playback(INTERVAL)
    let arrived = 0
    let starved = 0
    for (let round = 0; round < 400; round++) {
      const now = 1000 + round * INTERVAL + random() * 60
      // Just before the block comes is when it is missed most.
      if (round > 50 && playback.roundAt(now) > arrived) starved++
      playback.arrived(round, now)
      arrived = round
    }
    assert.ok(starved < 10, `starved ${starved} times`)
  })

  test('never hops: what is seen of two blocks that follow each other differs little in time', () => {
    const random = seeded(3)
    const playback = new Playback(INTERVAL)
    playback.arrived(0, 1000)
    for (let round = 1; round < 200; round++) {
      const now = 1000 + round * INTERVAL + (round === 100 ? 90 : random() * 10)
      const before = playback.roundAt(now)
      playback.arrived(round, now)
      assert.ok(Math.abs(playback.roundAt(now) - before) < 0.16, `round ${round}`)
    }
  })

  test('follows the clock of a server that is slower or faster', () => {
    for (const pace of [0.9995, 1.0005]) {
      const playback = new Playback(INTERVAL)
      for (let round = 0; round < 20_000; round++) playback.arrived(round, 1000 + round * INTERVAL * pace)
      const behind = 20_000 - playback.roundAt(1000 + 20_000 * INTERVAL * pace)
      assert.ok(behind > 1 && behind < 1.5, `${behind} rounds at ${pace}`)
    }
  })
})
