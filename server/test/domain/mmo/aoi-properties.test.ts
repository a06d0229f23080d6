import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Aoi, AoiSettings, Slots, Vector } from '../../../src/domain/mmo/aoi.ts'
import { createAoi } from '../../../src/domain/mmo/create-aoi.ts'
import { PlainAoi } from './plain-aoi.ts'

const RUNS = 150

/** The same room twice: found with grids, and by comparing everybody with everybody. */
class Twins {
  readonly aoi: Aoi<number, number>
  readonly plain: Aoi<number, number>
  readonly users: number[] = []
  readonly items: number[] = []
  #serial = 0

  constructor(settings: AoiSettings) {
    this.aoi = createAoi(settings)
    this.plain = new PlainAoi(settings)
  }

  both(act: (aoi: Aoi<number, number>) => number | undefined): number {
    const slot = act(this.aoi)
    assert.equal(act(this.plain), slot, 'slots are given out alike')
    return slot ?? -1
  }

  add(kind: 'users' | 'items'): number {
    const serial = this.#serial++
    const slot = this.both(aoi => aoi[kind].add(serial))
    this[kind].push(slot)
    return slot
  }

  place(kind: 'users' | 'items', slot: number, { x, y, z }: Vector): void {
    this.both(aoi => void aoi[kind].place(slot, x, y, z))
  }

  remove(kind: 'users' | 'items', slot: number): void {
    this.both(aoi => void aoi[kind].remove(slot))
    this[kind].splice(this[kind].indexOf(slot), 1)
  }

  step(): void {
    assert.deepEqual(stepOf(this.aoi), stepOf(this.plain))
  }

  compareQueries(center: Vector, box: Vector): void {
    const near = (aoi: Aoi<number, number>) => [
      sorted(visit => aoi.users.forEachNear(center, box, visit)),
      sorted(visit => aoi.items.forEachNear(center, box, visit)),
    ]
    assert.deepEqual(near(this.aoi), near(this.plain), 'who is near')
    const views = (aoi: Aoi<number, number>) => [
      ...this.users.flatMap(slot => [
        sorted(visit => aoi.forEachUserInView(slot, visit)),
        sorted(visit => aoi.forEachItemInView(slot, visit)),
        sorted(visit => aoi.forEachViewerOfUser(slot, visit)),
      ]),
      ...this.items.map(slot => sorted(visit => aoi.forEachViewerOfItem(slot, visit))),
    ]
    assert.deepEqual(views(this.aoi), views(this.plain), 'who sees whom')
  }
}

function sorted(forEach: (visit: (slot: number) => void) => void): number[] {
  const slots: number[] = []
  forEach(slot => slots.push(slot))
  return slots.sort((a, b) => a - b)
}

function stepOf(aoi: Aoi<number, number>): unknown {
  const lines: Record<number, number[][]> = {}
  aoi.step(({ viewer, usersIn, usersOut, itemsIn, itemsOut }) => {
    assert.equal(lines[viewer], undefined, 'one change a viewer')
    lines[viewer] = [listOf(usersIn), listOf(usersOut), listOf(itemsIn), listOf(itemsOut)]
  })
  return lines
}

function listOf(slots: Slots): number[] {
  return Array.from({ length: slots.length }, (_, index) => slots.at(index))
}

type Kind = 'users' | 'items'
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
    { weight: 2, arbitrary: fc.record({ type: fc.constant('near'), at, box: vectorOf(size) }) },
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
