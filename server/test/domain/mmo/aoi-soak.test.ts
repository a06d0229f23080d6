import { test } from 'node:test'
import type { AoiSettings } from '../../../src/domain/mmo/aoi.ts'
import { type Kind, Twins } from './twins.ts'

const STEPS = 60
const AREA = { x: 50, y: 40, z: 0 }
const SPACE = { x: 50, y: 40, z: 30 }

interface Soak {
  readonly settings: AoiSettings
  readonly users: number
  /** Half the side of the map. */
  readonly map: number
  /** Distances walked in a step are from 0 to this, by part of those who walk. */
  readonly speeds: readonly number[]
  /** Places are rounded to multiples of this. */
  readonly grain?: number
  readonly hasOwn?: boolean
}

const soaks: Record<string, Soak> = {
  'a wide map': { settings: { aoi: AREA }, users: 300, map: 400, speeds: [2, 4, 30] },
  'a full map': { settings: { aoi: AREA }, users: 300, map: 100, speeds: [1, 1, 1, 300] },
  'a full map in a hurry': { settings: { aoi: AREA }, users: 300, map: 100, speeds: [5, 10, 10, 20] },
  'space in a hurry': { settings: { aoi: SPACE }, users: 350, map: 60, speeds: [4, 8, 12] },
  'space with whole numbers': { settings: { aoi: SPACE }, users: 300, map: 120, speeds: [3, 20], grain: 5 },
  'one column': { settings: { aoi: { x: 0, y: 3, z: 0 } }, users: 150, map: 100, speeds: [1, 5] },
  'areas of their own': { settings: { aoi: AREA }, users: 200, map: 200, speeds: [2, 50], hasOwn: true },
  'a larger area to leave': {
    settings: { aoi: SPACE, leaveFactor: 1.3 },
    users: 250,
    map: 150,
    speeds: [3, 40],
    hasOwn: true,
  },
  'a bound where few are': { settings: { aoi: AREA, maxVisible: 12 }, users: 250, map: 200, speeds: [3, 40] },
  'a bound in a crowd': { settings: { aoi: AREA, maxVisible: 4 }, users: 300, map: 20, speeds: [0.5, 3] },
  'a bound in a crowd in space': { settings: { aoi: SPACE, maxVisible: 5 }, users: 300, map: 9, speeds: [1] },
  'a bound on few spots': {
    settings: { aoi: AREA, maxVisible: 3 },
    users: 300,
    map: 12,
    speeds: [12],
    grain: 8,
  },
  'a bound in crowds of all sizes': {
    settings: { aoi: AREA, maxVisible: 3, leaveFactor: 1.5 },
    users: 300,
    map: 0.01,
    speeds: [0.005, 0.005, 100],
    hasOwn: true,
  },
}

for (const [name, soak] of Object.entries(soaks)) {
  test(`over many steps on ${name}, steps tell what comparing everybody tells`, () => {
    new Walk(soak).run()
  })
}

class Walk {
  readonly #soak: Soak
  readonly #twins: Twins
  #state = 7

  constructor(soak: Soak) {
    this.#soak = soak
    this.#twins = new Twins(soak.settings)
  }

  run(): void {
    const { users, map } = this.#soak
    for (let user = 0; user < users; user++) this.#settle(user % 9 === 0 ? 'items' : 'users')
    for (let step = 0; step < STEPS; step++) {
      // From everybody to nobody, over a few.
      const part = [1, 0.6, 0.1, 0.01, 0][step % 5] ?? 1
      this.#move('users', part)
      this.#move('items', step % 3 === 0 ? part : 0)
      this.#change()
      const center = { x: this.#within(map), y: this.#within(map), z: this.#within(map) }
      if (step % 10 === 0) this.#twins.compareQueries(center, { x: map / 3, y: map, z: 0 })
      this.#twins.step()
      if (step % 10 === 5) this.#twins.compareQueries(center, { x: 2 * map, y: map / 4, z: map })
    }
  }

  #move(kind: Kind, part: number): void {
    const { speeds } = this.#soak
    const population = this.#twins.aoi[kind]
    for (const slot of this.#twins[kind]) {
      if (!population.isPlaced(slot) || this.#chance() >= part) continue
      const speed = speeds[slot % speeds.length] ?? 1
      this.#place(kind, slot, {
        x: population.x(slot) + this.#within(speed),
        y: population.y(slot) + this.#within(speed),
        z: population.z(slot) + this.#within(speed / 4),
      })
    }
  }

  /** Some come, some go, some see further or less far. */
  #change(): void {
    for (const kind of ['users', 'items'] as const) {
      const slots = this.#twins[kind]
      const picked = slots[Math.floor(this.#chance() * slots.length)]
      if (picked === undefined) continue
      if (this.#chance() < 0.5) {
        this.#twins.remove(kind, picked)
        this.#settle(kind)
      } else if (this.#chance() < 0.2) this.#twins.both(aoi => void aoi[kind].unplace(picked))
      else if (kind === 'users' && this.#soak.hasOwn) {
        const { aoi } = this.#soak.settings
        const times = [0.2, 0.7, 1, 2.5][picked % 4] ?? 1
        const own = { x: aoi.x * times, y: aoi.y, z: aoi.z * times }
        this.#twins.both(room => void room.setAoi(picked, this.#state % 3 === 0 ? undefined : own))
      }
    }
  }

  #settle(kind: Kind): void {
    const { map } = this.#soak
    const slot = this.#twins.add(kind)
    this.#place(kind, slot, { x: this.#within(map), y: this.#within(map), z: this.#within(map / 2) })
  }

  #place(kind: Kind, slot: number, { x, y, z }: { x: number; y: number; z: number }): void {
    const { grain } = this.#soak
    const round = (value: number) => (grain ? Math.round(value / grain) * grain : Math.fround(value))
    this.#twins.place(kind, slot, { x: round(x), y: round(y), z: round(z) })
  }

  #within(bound: number): number {
    return (2 * this.#chance() - 1) * bound
  }

  #chance(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0
    return this.#state / 2 ** 32
  }
}
