import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from '@warren/server/testing'
import { dice } from './dice.ts'

/** Compiled, never run: each marked line must be an error. */
async function wrongUses(): Promise<void> {
  const world = await openWorld({ extension: dice, config: { eyes: 1 } })
  const kermit = await world.login('Kermit')
  // @ts-expect-error no such request
  await kermit.call('rol', { sides: 6 })
  // @ts-expect-error no such param
  await kermit.call('roll', { side: 6 })
  // @ts-expect-error another type
  await kermit.call('roll', { sides: '6' })
  // @ts-expect-error params are needed
  await kermit.call('roll')
  // @ts-expect-error no such value in the answer
  ;(await kermit.call('roll', { sides: 6 })).side
  // @ts-expect-error a request without an answer gives none
  ;(await kermit.call('ready')).eyes
  // @ts-expect-error no command of that prefix
  await kermit.call('contro.fire')
  // @ts-expect-error params of a prefix are checked
  await kermit.call('control.fire', { power: 'all' })
  // @ts-expect-error the same for requests of which nobody expects an answer
  await kermit.send('roll', {})
  // @ts-expect-error no such message
  kermit.received('rolls')
  // @ts-expect-error no such value in the message
  ;(await kermit.next('rolled')).who
  // @ts-expect-error no such event of the protocol
  kermit.events('PublicMessages')
  // @ts-expect-error no such setting of a zone
  await openWorld({ extension: dice, zone: { maxUser: 1 } })
  // @ts-expect-error no such key of the configuration
  await openWorld({ extension: dice, config: { eye: 1 } })
}

test('what an extension does not say does not compile', () => {
  assert.equal(typeof wrongUses, 'function')
})

test('what it says has its types', async () => {
  await using world = await openWorld({ extension: dice, config: { eyes: 1 } })
  const kermit = await world.login('Kermit')
  const { eyes }: { eyes: number } = await kermit.call('roll', { sides: 6 })
  const [rolled] = kermit.received('rolled')
  const by: string | undefined = rolled?.by
  const nothing: undefined = await kermit.call('ready')
  const { did }: { did: string } = await kermit.call('control.fire', { power: 2 })
  assert.deepEqual([eyes, by, nothing, did], [1, 'Kermit', undefined, 'control.fire 2'])
})
