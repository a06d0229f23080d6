import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PostRoom } from '../../src/accounts/post-room.ts'
import { ManualTime } from '../../src/testing/manual-time.ts'
import { Tick } from '../../src/tick.ts'

function stage() {
  const time = new ManualTime()
  const failures: string[] = []
  const scheduler = {
    endOfTurn: (work: () => void) => setImmediate(work),
    after: (millis: number, work: () => void) => time.after(millis, work),
  }
  const room = new PostRoom(scheduler, { onFailure: ({ message }) => failures.push(message) })
  const turn = () => new Promise(resolve => setImmediate(resolve))
  const advance = async (millis: number) => {
    const end = time.now() + millis
    const tick = new Tick(time)
    await turn()
    while (time.step(end, tick)) await turn()
    await turn()
  }
  return { room, failures, advance, turn }
}

test('work is done one after the other; what fails is tried again, twice', async () => {
  const { room, failures, advance } = stage()
  const done: string[] = []
  let tries = 0
  room.add(async () => {
    tries++
    if (tries < 3) throw new Error('not now')
    done.push('first')
  })
  room.add(async () => {
    done.push('second')
  })
  await advance(5000)
  assert.deepEqual(done, [])
  await advance(20_000)
  assert.deepEqual(done, ['first', 'second'])
  room.add(() => Promise.reject(new Error('never')))
  await advance(60_000)
  assert.deepEqual(failures, ['never'])
})

test('so much may wait and no more, and whoever closes need not wait for a mail server', async () => {
  const { room, failures, turn } = stage()
  let calls = 0
  const bad = async () => {
    calls++
    throw new Error('gone')
  }
  const taken = Array.from({ length: 1200 }, () => room.add(bad)).filter(Boolean).length
  assert.ok(taken >= 1000 && taken <= 1001, String(taken))
  await turn()
  await room.close()
  assert.equal(failures.length, taken)
  assert.ok(calls <= 3, String(calls))
  assert.equal(room.add(bad), false)
})
