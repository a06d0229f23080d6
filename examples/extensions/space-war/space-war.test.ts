import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { SFSObject } from '@warren/codec'
import { defineExtension } from '@warren/server'
import { openWorld } from '@warren/server/testing'
import spaceWar, { type Fleet } from './index.ts'

const { starships, weapons } = JSON.parse(
  readFileSync(new URL('config.json', import.meta.url), 'utf8'),
) as Fleet

test('whoever logs in is told of ships and weapons, with what clients need of them and no more', async () => {
  await using world = await openWorld({ extension: spaceWar, config: { starships, weapons, debug: true } })
  const kermit = await world.login('Kermit')
  const data = kermit.events('Login')[0]?.params
  assert.ok(data instanceof SFSObject)
  assert.deepEqual(data.keys(), ['starships', 'weapons', 'debug'])
  const ships = data.getSFSObject('starships')
  assert.deepEqual(ships?.keys(), Object.keys(starships))
  for (const [key, ship] of Object.entries(starships)) {
    const told = ships?.getSFSObject(key)
    assert.deepEqual(told?.keys(), ['model', 'mass', 'maxSpeed', 'rotationSpeed', 'thrustAccel'])
    assert.equal(told?.getUtfString('model'), ship.model)
    assert.equal(told?.getInt('thrustAccel'), ship.thrustAccel)
  }
  assert.deepEqual(data.getSFSObject('weapons')?.getSFSObject('pulse')?.keys(), ['model', 'mass', 'speed'])
  assert.equal(data.getBool('debug'), true)
})

test('other extensions of the zone get all of it', async () => {
  const heard: unknown[] = []
  const asker = defineExtension({
    async init({ internal }) {
      heard.push(await internal.ask('space-war', 'fleet'))
    },
  })
  await using _world = await openWorld({
    extension: spaceWar,
    name: 'space-war',
    config: { starships, weapons },
    extensions: { asker },
  })
  assert.deepEqual(heard, [{ starships, weapons }])
})

test('a fleet without ships or weapons, or with an impossible one, does not start', async () => {
  const open = (config: object) =>
    openWorld({ extension: spaceWar, config: { starships, weapons, ...config } })
  await assert.rejects(open({ starships: {} }), /no starships/)
  await assert.rejects(open({ weapons: {} }), /no weapons/)
  await assert.rejects(open({ starships: { tug: { ...starships.wasp, mass: 0 } } }), /starships\.tug\.mass/)
})
