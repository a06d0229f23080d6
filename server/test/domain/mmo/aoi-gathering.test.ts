import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { AoiSettings, Vector } from '../../../src/domain/mmo/aoi.ts'
import { type Kind, Twins } from './twins.ts'

const AREA = { x: 50, y: 40, z: 0 }
const SPACE = { x: 50, y: 40, z: 30 }
const WIDE = 600
const ENTITIES = 120

/** How a room goes on for some steps: part of its users make for one of a few spots, others for places anywhere. */
interface Phase {
  readonly spot: number
  /** Part of the users who gather; the others scatter. */
  readonly part: number
  /** Part of the way to where somebody wants to be that he goes in a step; 1 is a leap. */
  readonly haste: number
  /** Part of the users who go on in a step. */
  readonly moving: number
  readonly steps: number
}

const phase: fc.Arbitrary<Phase> = fc.record({
  spot: fc.integer({ min: 0, max: 2 }),
  part: fc.constantFrom(0, 0, 0.1, 0.3, 0.9, 1, 1),
  haste: fc.constantFrom(0.1, 0.3, 0.3, 1),
  moving: fc.constantFrom(1, 1, 0.7, 0.2, 0.03),
  steps: fc.integer({ min: 1, max: 6 }),
})

const rooms: Record<string, AoiSettings> = {
  'a bound of few': { aoi: AREA, maxVisible: 3 },
  'a bound of some': { aoi: AREA, maxVisible: 12 },
  'a bound of some in space': { aoi: SPACE, maxVisible: 16 },
  'a bound of almost all': { aoi: AREA, maxVisible: 70 },
}

for (const [name, settings] of Object.entries(rooms)) {
  test(`with ${name}, users who gather and scatter are told what comparing everybody tells`, () => {
    let changesOver = 0
    fc.assert(
      fc.property(fc.array(phase, { minLength: 6, maxLength: 12 }), fc.nat(), (phases, seed) => {
        changesOver += new Gathering(settings, seed).run(phases)
      }),
      { numRuns: 25, seed: 7 },
    )
    assert.ok(changesOver > 1000, `the bound began or ended to bind ${changesOver} times`)
  })
}

test('a crowd that comes out of nowhere at once is told of by the bound', () => {
  const settings = { aoi: AREA, maxVisible: 5 }
  const twins = new Twins(settings)
  for (let user = 0; user < 400; user++) {
    twins.place('users', twins.add('users'), { x: 1000 * user, y: 0, z: 0 })
  }
  twins.step()
  for (const spot of [0, 5000, 5000, 9000]) {
    for (const slot of twins.users) twins.place('users', slot, { x: spot + (slot % 7), y: slot % 11, z: 0 })
    twins.step()
    twins.compareQueries({ x: spot, y: 0, z: 0 }, { x: 10, y: 10, z: 10 })
  }
  for (const slot of twins.users) twins.place('users', slot, { x: 1000 * slot, y: 0, z: 0 })
  twins.step()
  twins.step()
})

/** A room whose users come together and part. */
class Gathering {
  readonly #twins: Twins
  readonly #limit: number
  readonly #aoi: Vector
  #state: number

  constructor(settings: AoiSettings, seed: number) {
    this.#twins = new Twins(settings)
    this.#limit = settings.maxVisible ?? 0
    this.#aoi = settings.aoi
    this.#state = seed >>> 0
    for (let index = 0; index < ENTITIES; index++) this.#settle(index % 8 === 0 ? 'items' : 'users')
  }

  /** @returns how often the bound began to bind for somebody, or ended to */
  run(phases: readonly Phase[]): number {
    let changes = 0
    let bound = new Set<number>()
    for (const phase of phases) {
      for (let step = 0; step < phase.steps; step++) {
        this.#move('users', phase)
        if (step % 2 === 0) this.#move('items', phase)
        this.#change()
        this.#twins.step()
        const now = this.#bound()
        for (const user of this.#twins.users) if (now.has(user) !== bound.has(user)) changes++
        bound = now
      }
      this.#twins.compareQueries({ x: 0, y: 0, z: 0 }, this.#aoi)
    }
    return changes
  }

  #move(kind: Kind, { spot, part, haste, moving }: Phase): void {
    const population = this.#twins.aoi[kind]
    for (const slot of this.#twins[kind]) {
      if (!population.isPlaced(slot) || this.#chance() >= moving) continue
      const gathers = (slot * 37) % 100 < 100 * part
      const center = gathers ? 200 * spot : ((slot * 7919) % 97) * 12 - WIDE
      const other = gathers ? 0 : ((slot * 104_729) % 89) * 12 - WIDE
      const goOn = (from: number, to: number) =>
        Math.fround(from + (to - from) * haste + 4 * (this.#chance() - 0.5))
      this.#twins.place(kind, slot, {
        x: goOn(population.x(slot), center),
        y: goOn(population.y(slot), other),
        z: goOn(population.z(slot), gathers ? 0 : slot),
      })
    }
  }

  /** Somebody leaves for another, is nowhere for a while, or sees further than others. */
  #change(): void {
    const twins = this.#twins
    const kind = this.#chance() < 0.7 ? 'users' : 'items'
    const picked = twins[kind][Math.floor(this.#chance() * twins[kind].length)]
    const chance = this.#chance()
    if (picked === undefined) return
    if (chance < 0.3) {
      twins.remove(kind, picked)
      this.#settle(kind)
    } else if (chance < 0.4) twins.both(aoi => void aoi[kind].unplace(picked))
    else if (chance < 0.6) twins.place(kind, picked, { x: 0, y: 0, z: 0 })
    else if (chance < 0.8 && kind === 'users') {
      const own = { x: 2 * this.#aoi.x, y: 10, z: this.#aoi.z }
      twins.both(aoi => void aoi.setAoi(picked, chance < 0.7 ? own : undefined))
    }
  }

  #settle(kind: Kind): void {
    const slot = this.#twins.add(kind)
    const within = () => Math.fround((2 * this.#chance() - 1) * WIDE)
    this.#twins.place(kind, slot, { x: within(), y: within(), z: within() / 8 })
  }

  /** Users with more about them than they may see. */
  #bound(): Set<number> {
    const { aoi, users } = this.#twins
    const bound = new Set<number>()
    for (const user of users) {
      if (!aoi.users.isPlaced(user)) continue
      let about = 0
      const center = { x: aoi.users.x(user), y: aoi.users.y(user), z: aoi.users.z(user) }
      aoi.users.forEachNear(center, aoi.aoiOf(user), () => about++)
      if (about - 1 > this.#limit) bound.add(user)
    }
    return bound
  }

  #chance(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0
    return this.#state / 2 ** 32
  }
}
