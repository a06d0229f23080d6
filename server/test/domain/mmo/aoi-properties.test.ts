import { test } from 'node:test'
import fc from 'fast-check'
import type { AoiSettings, Vector } from '../../../src/domain/mmo/aoi.ts'
import { type Kind, Twins } from './twins.ts'

const RUNS = 150

type Action =
  | { readonly type: 'add' | 'remove' | 'unplace'; readonly kind: Kind; readonly pick: number }
  | { readonly type: 'place'; readonly kind: Kind; readonly pick: number; readonly at: Vector }
  | { readonly type: 'walk'; readonly kind: Kind; readonly by: number; readonly part: number }
  | { readonly type: 'aoi'; readonly pick: number; readonly aoi: Vector | undefined }
  | { readonly type: 'near'; readonly at: Vector; readonly box: Vector }
  | { readonly type: 'step' }

function play(settings: AoiSettings, actions: readonly Action[]): void {
  const twins = new Twins(settings)
  for (const action of actions) act(twins, action)
  twins.step()
  twins.compareQueries({ x: 0, y: 0, z: 0 }, settings.aoi)
  twins.step()
}

function act(twins: Twins, action: Action): void {
  switch (action.type) {
    case 'step':
      twins.step()
      break
    case 'near':
      twins.compareQueries(action.at, action.box)
      break
    case 'walk':
      walk(twins, action.kind, action.by, action.part)
      break
    case 'add':
      twins.add(action.kind)
      break
    case 'aoi': {
      const slot = picked(twins.users, action.pick)
      if (slot !== undefined) twins.both(aoi => void aoi.setAoi(slot, action.aoi))
      break
    }
    default: {
      const { kind } = action
      const slot = picked(twins[kind], action.pick)
      if (slot === undefined) break
      if (action.type === 'remove') twins.remove(kind, slot)
      else if (action.type === 'place') twins.place(kind, slot, action.at)
      else twins.both(aoi => void aoi[kind].unplace(slot))
    }
  }
}

function picked(slots: readonly number[], pick: number): number | undefined {
  return slots[pick % Math.max(1, slots.length)]
}

/** Some of them take a step in a direction that depends on who they are. */
function walk(twins: Twins, kind: Kind, by: number, part: number): void {
  const population = twins.aoi[kind]
  for (const slot of twins[kind]) {
    if (!population.isPlaced(slot) || slot % part !== 0) continue
    const step = (turn: number) => by * (((slot * 7 + turn * 3) % 3) - 1)
    twins.place(kind, slot, {
      x: Math.fround(population.x(slot) + step(0)),
      y: Math.fround(population.y(slot) + step(1)),
      z: Math.fround(population.z(slot) + step(2)),
    })
  }
}

const kind = fc.constantFrom<Kind>('users', 'users', 'items')
const pick = fc.nat(1000)
const vectorOf = (number: fc.Arbitrary<number>): fc.Arbitrary<Vector> =>
  fc.record({ x: number, y: number, z: number })

/** Coordinates of a kind: many on the same spots and exactly at the edge, few far out. */
const coordinates = {
  'small ints': fc.integer({ min: -30, max: 30 }),
  ints: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  floats: fc.float({ min: -25, max: 25, noNaN: true }),
  'all floats': fc.float({ noNaN: true, noDefaultInfinity: true }),
  'a crowd': fc.integer({ min: -2, max: 2 }),
  'a float crowd': fc.float({ min: -1, max: 1, noNaN: true }),
} satisfies Record<string, fc.Arbitrary<number>>

const size = fc.constantFrom(0, 1, 10, 10, 10, 25, 2.5, -3)

function nearOf(at: fc.Arbitrary<Vector>): fc.Arbitrary<Action> {
  return fc.record({ type: fc.constant('near' as const), at, box: vectorOf(size) })
}

function actionsOf(coordinate: fc.Arbitrary<number>): fc.Arbitrary<Action> {
  const at = vectorOf(coordinate)
  return fc.oneof(
    { weight: 8, arbitrary: fc.record({ type: fc.constant('add'), kind, pick }) },
    { weight: 20, arbitrary: fc.record({ type: fc.constant('place'), kind, pick, at }) },
    { weight: 6, arbitrary: fc.record({ type: fc.constant('step') }) },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constant('walk'),
        kind,
        by: fc.constantFrom(1, 0.25, 5),
        part: fc.constantFrom(1, 1, 2, 5),
      }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('remove'), kind, pick }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('unplace'), kind, pick }) },
    { weight: 2, arbitrary: nearOf(at) },
  ) as fc.Arbitrary<Action>
}

const ownAoi = fc.record({
  type: fc.constant('aoi'),
  pick,
  aoi: fc.option(vectorOf(size), { nil: undefined }),
}) as fc.Arbitrary<Action>

const modes: Record<string, { settings: fc.Arbitrary<Partial<AoiSettings>>; hasOwn: boolean }> = {
  'the area of the room': { settings: fc.constant({}), hasOwn: false },
  'areas of their own': { settings: fc.constant({}), hasOwn: true },
  'a larger area to leave': {
    settings: fc.record({ leaveFactor: fc.constantFrom(1.1, 1.5, 3) }),
    hasOwn: true,
  },
  'a bound': { settings: fc.record({ maxVisible: fc.constantFrom(0, 1, 3, 10) }), hasOwn: true },
  'a bound and a larger area to leave': {
    settings: fc.record({ maxVisible: fc.constantFrom(1, 3, 10), leaveFactor: fc.constantFrom(1.25, 2) }),
    hasOwn: true,
  },
}

for (const [mode, { settings, hasOwn }] of Object.entries(modes)) {
  for (const [name, coordinate] of Object.entries(coordinates)) {
    test(`with ${mode} and ${name} for coordinates, steps tell what comparing everybody tells`, () => {
      const action = hasOwn
        ? fc.oneof({ weight: 40, arbitrary: actionsOf(coordinate) }, { weight: 2, arbitrary: ownAoi })
        : actionsOf(coordinate)
      fc.assert(
        fc.property(
          settings,
          fc.record({ x: size, y: size, z: size }),
          fc.array(action, { minLength: 20, maxLength: 200, size: 'max' }),
          (more, aoi, actions) => play({ aoi, ...more }, actions),
        ),
        { numRuns: RUNS },
      )
    })
  }
}

test('whoever is near is found however all have moved since the last step', () => {
  const rare = fc.oneof(
    { weight: 30, arbitrary: actionsOf(fc.integer({ min: -25, max: 25 })) },
    { weight: 6, arbitrary: nearOf(vectorOf(fc.integer({ min: -25, max: 25 }))) },
  )
  const moves = rare.filter(({ type }) => type !== 'step')
  fc.assert(
    fc.property(fc.array(moves, { minLength: 50, maxLength: 300, size: 'max' }), actions => {
      const half = actions.length >> 1
      play({ aoi: { x: 10, y: 10, z: 10 } }, [
        ...actions.slice(0, half),
        { type: 'step' },
        ...actions.slice(half),
        { type: 'near', at: { x: 0, y: 0, z: 0 }, box: { x: 0, y: 0, z: 0 } },
      ])
    }),
    { numRuns: RUNS },
  )
})
