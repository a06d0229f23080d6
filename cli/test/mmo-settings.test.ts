import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mmoSettings } from '../src/import/mmo-settings.ts'
import { parseXml } from '../src/import/xml.ts'

const read = (inside: string) => mmoSettings(parseXml(`<mmoSettings>${inside}</mmoSettings>`))
const ACTIVE = '<isActive>true</isActive>'

test('a room is an MMO room when it is switched on', () => {
  assert.equal(read('<defaultAOI>1,2,3</defaultAOI>'), undefined)
  assert.equal(read('<isActive>false</isActive><defaultAOI>1,2,3</defaultAOI>'), undefined)
  assert.deepEqual(read(`${ACTIVE}<defaultAOI>1, 2</defaultAOI><lowerMapLimit></lowerMapLimit>`), {
    value: { aoi: { x: 1, y: 2, z: 0 } },
  })
})

test('a decimal point anywhere makes it a room of floats', () => {
  assert.deepEqual(
    read(`${ACTIVE}<defaultAOI>100.5,100.5,0.0</defaultAOI><lowerMapLimit>-500.0,-500,0</lowerMapLimit>`),
    {
      value: {
        coordinates: 'float',
        aoi: { x: 100.5, y: 100.5, z: 0 },
        lowerLimit: { x: -500, y: -500, z: 0 },
      },
    },
  )
})

test('what cannot be read is told, and without an area of interest there is nothing to carry', () => {
  for (const [inside, odd] of [
    ['<defaultAOI>1,x,0</defaultAOI>', 'defaultAOI: "1,x,0" is no point, there is no area of interest'],
    ['<lowerMapLimit>0,0,0</lowerMapLimit>', 'there is no area of interest'],
  ]) {
    assert.deepEqual(read(ACTIVE + inside), { odd })
  }
  assert.deepEqual(read(`${ACTIVE}<defaultAOI>1,1,0</defaultAOI><shape>round</shape>`), {
    value: { aoi: { x: 1, y: 1, z: 0 } },
    odd: '"shape" is not known',
  })
})
