import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from '@warren/server/testing'
import dice from '../extensions/hello/index.ts'

const ROLL_MILLIS = 500

const openTable = () => openWorld({ extension: dice, config: { rollMillis: ROLL_MILLIS, keptRolls: 2 } })

test('a greeting is heard in its language by everybody at the table, and by nobody else', async () => {
  await using world = await openTable()
  const ada = await world.login('Ada')
  const bystander = await world.login('Boris')
  await ada.call('hello', { language: 'French' })
  assert.deepEqual(ada.received('greeted'), [{ by: 'Ada', language: 'French', text: 'Bonjour' }])
  assert.deepEqual(bystander.received('greeted'), [])
})

test('a roll is told to the table and answered to who rolled', async () => {
  await using world = await openTable()
  const ada = await world.login('Ada')
  const boris = await world.login('Boris')
  await ada.call('hello', { language: 'Czech' })
  await boris.call('hello', { language: 'Greek' })
  const { eyes, total } = await ada.call('roll', { dice: 3 })
  assert.equal(eyes.length, 3)
  assert.ok(eyes.every(eye => eye >= 1 && eye <= 6))
  assert.equal(
    eyes.reduce((sum, eye) => sum + eye),
    total,
  )
  assert.deepEqual(boris.received('rolled'), [{ by: 'Ada', eyes, total, isBest: true }])
  assert.deepEqual(world.metrics, { dice_total: 3 })
})

test('who has not said hello does not roll', async () => {
  await using world = await openTable()
  const ada = await world.login('Ada')
  await assert.rejects(ada.call('roll', { dice: 1 }), { code: 'not-seated' })
  assert.deepEqual(world.faults, {})
})

test('seven dice are more than there are', async () => {
  await using world = await openTable()
  const ada = await world.login('Ada')
  await ada.call('hello', { language: 'Welsh' })
  await assert.rejects(ada.call('roll', { dice: 7 }), { code: 'invalid-params', path: 'dice' })
  assert.deepEqual(ada.received('rolled'), [])
})

test('dice that still roll cannot be rolled; those of others can', async () => {
  await using world = await openTable()
  const ada = await world.login('Ada')
  const boris = await world.login('Boris')
  await ada.call('hello', { language: 'Turkish' })
  await boris.call('hello', { language: 'Turkish' })
  await ada.call('roll', { dice: 1 })
  await assert.rejects(ada.call('roll', { dice: 1 }), { code: 'too-soon' })
  await boris.call('roll', { dice: 1 })
  await world.advance(ROLL_MILLIS - 1)
  await assert.rejects(ada.call('roll', { dice: 1 }), { code: 'too-soon' })
  await world.advance(1)
  await ada.call('roll', { dice: 1 })
})

test('a newcomer learns who sits there, the latest rolls and the record', async () => {
  await using world = await openTable()
  const ada = await world.login('Ada')
  await ada.call('hello', { language: 'Korean' })
  const totals: number[] = []
  for (const dice of [6, 1, 1]) {
    totals.push((await ada.call('roll', { dice })).total)
    await world.advance(ROLL_MILLIS)
  }
  const boris = await world.login('Boris')
  const { people, rolls, best } = await boris.call('hello', { language: 'Hindi' })
  assert.deepEqual(people, ['Ada', 'Boris'])
  assert.deepEqual(
    rolls.map(({ total }) => total),
    totals.slice(1),
  )
  assert.equal(best, Math.max(...totals))
})

test('who goes away leaves the table, whichever way', async () => {
  await using world = await openTable()
  const watcher = await world.login('Ada')
  await watcher.call('hello', { language: 'Swahili' })
  for (const way of ['logout', 'drop', 'disconnect'] as const) {
    const boris = await world.login('Boris')
    await boris.call('hello', { language: 'Arabic' })
    await boris[way]()
  }
  const bystander = await world.login('Cleo')
  await bystander.logout()
  assert.deepEqual(watcher.received('left'), [{ name: 'Boris' }, { name: 'Boris' }, { name: 'Boris' }])
})

test('people stay at the table when the extension is loaded anew', async () => {
  await using world = await openTable()
  const ada = await world.login('Ada')
  await ada.call('hello', { language: 'Ukrainian' })
  assert.equal(await world.reload(dice, { rollMillis: 0 }), 1)
  await ada.call('roll', { dice: 2 })
  assert.equal(ada.received('rolled').length, 1)
})

test('dice that roll while the extension is loaded anew do not roll for ever', async () => {
  await using world = await openTable()
  const ada = await world.login('Ada')
  await ada.call('hello', { language: 'Welsh' })
  await ada.call('roll', { dice: 1 })
  assert.equal(await world.reload(dice), 1)
  await ada.call('roll', { dice: 1 })
  await assert.rejects(ada.call('roll', { dice: 1 }), { code: 'too-soon' })
})
