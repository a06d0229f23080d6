import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { SmartFox } from '@warren/client'
import { defineContract, defineExtension, refuseCall, t as shape } from '@warren/server'
import { extended } from '../../src/target/extended.ts'
import { Scene } from '../../src/target/scene.ts'
import { isRemote } from '../../src/target/target.ts'

const OWN = { skip: isRemote() && 'needs an extension of the test' }

const dice = defineContract({
  requests: {
    roll: { params: { sides: shape.int({ min: 2 }) }, response: { eyes: shape.int(), at: shape.long() } },
    hush: {},
  },
  messages: { rolled: { by: shape.string(), eyes: shape.int() } },
})

const ofZone = defineExtension({
  ...dice,
  init: ({ handle, send, zone }) =>
    handle({
      roll: ({ user, params: { sides } }) => {
        if (sides > 100) refuseCall('too-many', 'No die has so many sides')
        send('rolled', { by: user.name, eyes: sides }, zone)
        return { eyes: sides, at: 2n ** 60n }
      },
      hush: () => {},
    }),
})

const everything = {
  bool: shape.bool(),
  byte: shape.byte(),
  short: shape.short(),
  int: shape.int(),
  long: shape.long(),
  safeInteger: shape.safeInteger(),
  float: shape.float(),
  double: shape.double(),
  string: shape.string(),
  text: shape.text(),
  bytes: shape.bytes(),
  numbers: shape.doubleArray(),
  names: shape.stringArray(),
  inner: shape.list(shape.object({ x: shape.double() })),
  missing: shape.optional(shape.int()),
}

const all = defineExtension({
  requests: { repeat: { params: everything, response: everything } },
  messages: { heard: { count: shape.int() } },
  init: ({ handle, send }) =>
    handle({
      repeat: ({ user, params }) => {
        send('heard', { count: Object.values(params).filter(value => value !== undefined).length }, user)
        return params
      },
    }),
})

async function player(t: TestContext, { target }: Scene, name: string): Promise<SmartFox> {
  const sfs = new SmartFox({ ...target.http, zone: 'BH0' })
  t.after(() => sfs.disconnect())
  await sfs.connect()
  await sfs.login(name)
  return sfs
}

test('an extension and its clients speak by their contract', OWN, async t => {
  const scene = await Scene.open(t, extended({ zone: { ofZone } }))
  const [ann, bob] = [await player(t, scene, 'Ann'), await player(t, scene, 'Bob')]
  const heard = new Promise(resolve => bob.extension(dice).on('rolled', resolve))
  const both = ann.extension(dice)
  const rolls = await Promise.all([6, 8].map(sides => both.call('roll', { sides })))
  assert.deepEqual(rolls, [
    { eyes: 6, at: 2n ** 60n },
    { eyes: 8, at: 2n ** 60n },
  ])
  assert.deepEqual(await heard, { by: 'Ann', eyes: 6 })
  assert.equal(await both.call('hush'), undefined)
})

test('a client is told what an extension refuses, and why', OWN, async t => {
  const scene = await Scene.open(t, extended({ zone: { ofZone } }))
  const ann = await player(t, scene, 'Ann')
  await assert.rejects(ann.extension(dice).call('roll', { sides: 1000 }), {
    name: 'ExtensionError',
    code: 'too-many',
    message: 'No die has so many sides',
  })
  const other = defineContract({ requests: { roll: { params: { sides: shape.string() } }, nothing: {} } })
  await assert.rejects(ann.extension(other).call('roll', { sides: 'six' }), {
    code: 'invalid-params',
    path: 'sides',
  })
  await assert.rejects(ann.extension(other).call('nothing'), { code: 'unknown-command' })
})

test('an extension and a client that imports its types alone speak the same', OWN, async t => {
  const scene = await Scene.open(t, extended({ zone: { all } }))
  const ann = await player(t, scene, 'Ann')
  const extension = ann.extension<typeof all>('all')
  const given = {
    bool: true,
    byte: 200,
    short: -300,
    int: 70_000,
    long: 5n,
    safeInteger: 2 ** 40,
    float: 2,
    double: 3,
    string: 'é',
    text: 'long',
    bytes: new Uint8Array([1, 2]),
    numbers: [1, 2.5],
    names: ['Ann', 'Bob'],
    inner: [{ x: 1 }],
  }
  const told = new Promise(resolve => extension.on('heard', resolve))
  assert.deepEqual(await extension.call('repeat', given), { ...given, long: 5 })
  assert.deepEqual(await told, { count: 14 })
  await assert.rejects(extension.call('repeat', { ...given, byte: 300 }), {
    name: 'ExtensionError',
    code: 'invalid-params',
    path: 'byte',
  })
})
