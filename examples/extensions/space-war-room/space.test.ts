import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Ship, ShipModel, Turn, Weapon } from './bodies.ts'
import { type Outcome, Space } from './space.ts'

const MODEL: ShipModel = { mass: 100, maxSpeed: 200, rotationSpeed: 90, thrustAccel: 100, radius: 10 }
const GUN: Weapon = { mass: 100, speed: 500, radius: 2, lifetimeMillis: 1000, reloadMillis: 200 }
const AHEAD = { x: 0, y: 0, heading: 0 }

const near = (actual: number, expected: number, by = 1e-9) =>
  assert.ok(Math.abs(actual - expected) <= by, `${actual} is not ${expected}`)

/** A ship at rest, `x` ahead of the first one. */
const target = (space: Space, x: number, y = 0, model = MODEL) => space.launch(model, { x, y, heading: 0 })

describe('a ship', () => {
  test('turns at its speed, clockwise on a screen, and no further than it is told', () => {
    const space = new Space(0)
    const ship = space.launch(MODEL, AHEAD)
    ship.turn = 1
    space.advanceTo(1000)
    near(ship.heading, Math.PI / 2)
    ship.turn = -1
    space.advanceTo(1500)
    near(ship.heading, Math.PI / 4)
    ship.turn = 0
    space.advanceTo(9000)
    near(ship.heading, Math.PI / 4)
    assert.deepEqual([ship.x, ship.y], [0, 0])
  })

  test('keeps its heading within a full turn', () => {
    const space = new Space(0)
    const ship = space.launch(MODEL, AHEAD)
    ship.turn = 1
    for (let now = 0; now <= 60_000; now += 500) space.advanceTo(now)
    assert.ok(Math.abs(ship.heading) < 2 * Math.PI)
  })

  test('gains speed while it thrusts, up to its limit, and keeps it without', () => {
    const space = new Space(0)
    const ship = space.launch(MODEL, AHEAD)
    ship.isThrusting = true
    space.advanceTo(1000)
    near(ship.vx, 100)
    // 100 units a second more each second, in steps of 20 ms.
    near(ship.x, 51)
    ship.isThrusting = false
    space.advanceTo(2000)
    near(ship.x, 151)
    ship.isThrusting = true
    for (let now = 2000; now <= 9000; now += 1000) space.advanceTo(now)
    near(Math.hypot(ship.vx, ship.vy), 200)
  })

  test('is never faster than its model, wherever it thrusts to', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ turn: fc.constantFrom(-1, 0, 1), go: fc.boolean() })), orders => {
        const space = new Space(0)
        const ship = space.launch(MODEL, AHEAD)
        orders.forEach(({ turn, go }, index) => {
          ship.turn = turn as Turn
          ship.isThrusting = go
          space.advanceTo((index + 1) * 300)
          assert.ok(Math.hypot(ship.vx, ship.vy) <= MODEL.maxSpeed * (1 + 1e-9))
        })
      }),
    )
  })

  test('stays where whole numbers of 32 bits reach', () => {
    const space = new Space(0)
    const ship = space.launch(MODEL, { x: 1_999_999_990, y: 0, heading: 0 })
    ship.isThrusting = true
    for (let now = 0; now <= 9000; now += 1000) space.advanceTo(now)
    assert.equal(ship.x, 2_000_000_000)
  })
})

describe('time', () => {
  /** Flies the same orders, looked at in other rhythms. */
  function flight(looks: readonly number[]): unknown {
    const space = new Space(100)
    const ship = space.launch(MODEL, AHEAD)
    const other = target(space, 300, 40)
    const outcomes: unknown[] = []
    const to = (now: number) => outcomes.push(...space.advanceTo(now).map(({ type }) => type))
    const orders = new Map([
      [
        140,
        () => {
          ship.isThrusting = true
        },
      ],
      [
        700,
        () => {
          ship.turn = 1
          space.fire(ship, GUN)
        },
      ],
      [
        1500,
        () => {
          ship.turn = 0
          space.fire(ship, GUN)
        },
      ],
    ])
    for (const now of [...new Set([...looks, ...orders.keys(), 5000])].sort((a, b) => a - b)) {
      to(now)
      orders.get(now)?.()
    }
    return { ship, other, outcomes }
  }

  test('passes the same however often somebody looks', () => {
    const plain = flight(Array.from({ length: 50 }, (_, index) => index * 100))
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.double({ min: 100, max: 5000, noNaN: true }), { maxLength: 200 }),
        looks => {
          // A pause of more than a second is cut short, so there is a look in each.
          assert.deepEqual(
            flight([...looks, ...Array.from({ length: 50 }, (_, index) => index * 100)]),
            plain,
          )
        },
      ),
    )
  })

  test('does not drift: after an hour of odd looks every step was made', () => {
    const space = new Space(0)
    const ship = space.launch(MODEL, AHEAD)
    ship.vx = 1
    for (let now = 0; now < 3_600_000; now += 33.37) space.advanceTo(now)
    space.advanceTo(3_600_000)
    near(ship.x, 3600, 1e-6)
  })

  test('runs forward only', () => {
    const space = new Space(1000)
    const ship = space.launch(MODEL, AHEAD)
    ship.vx = 50
    space.advanceTo(2000)
    space.advanceTo(1500)
    near(ship.x, 50)
    space.advanceTo(2020)
    near(ship.x, 51)
  })

  test('that nobody looked for long is made up for one second, and then goes on in step', () => {
    const space = new Space(0)
    const ship = space.launch(MODEL, AHEAD)
    ship.vx = 50
    space.advanceTo(1e12)
    near(ship.x, 50)
    space.advanceTo(1e12 + 20)
    near(ship.x, 51)
  })
})

describe('a shot', () => {
  test('leaves the nose with the speed of ship and weapon, and is spent after its time', () => {
    const space = new Space(0)
    const ship = space.launch(MODEL, AHEAD)
    ship.vy = 50
    const shot = space.fire(ship, GUN)
    assert.ok(shot)
    assert.deepEqual([shot.x, shot.y, shot.vx, shot.vy], [12, 0, 500, 50])
    assert.deepEqual(space.advanceTo(980), [])
    assert.deepEqual(space.advanceTo(1000), [{ type: 'spent', shot }])
    near(shot.x, 512)
    assert.deepEqual([...space.shots], [])
  })

  test('is not fired before the weapon is ready, nor does one weapon wait for another', () => {
    const space = new Space(0)
    const ship = space.launch(MODEL, AHEAD)
    const other: Weapon = { ...GUN }
    assert.ok(space.fire(ship, GUN))
    assert.equal(space.fire(ship, GUN), undefined)
    assert.ok(space.fire(ship, other))
    space.advanceTo(199)
    assert.equal(space.fire(ship, GUN), undefined)
    space.advanceTo(200)
    assert.ok(space.fire(ship, GUN))
  })

  test('hits the first ship on its way, where it touches it', () => {
    const space = new Space(0)
    const ship = space.launch(MODEL, AHEAD)
    target(space, 300)
    const first = target(space, 200)
    const shot = space.fire(ship, GUN)
    const [hit, ...more] = fly(space, 2000)
    assert.ok(hit?.type === 'hit')
    assert.deepEqual([hit.shot, hit.ship, more], [shot, first, []])
    near(hit.x, 188)
    assert.deepEqual([...space.shots], [])
  })

  test('hits at any speed: it does not pass through a ship between two steps', () => {
    const space = new Space(0)
    const ship = space.launch(MODEL, AHEAD)
    const small = target(space, 1000, 0, { ...MODEL, radius: 1 })
    space.fire(ship, { ...GUN, speed: 10_000, radius: 1 })
    const [hit] = fly(space, 1000)
    assert.ok(hit?.type === 'hit')
    assert.equal(hit.ship, small)
    near(hit.x, 998)
  })

  test('passes a ship by a hair, and touches it by one', () => {
    for (const [y, type] of [
      [12.01, 'spent'],
      [11.99, 'hit'],
    ] as const) {
      const space = new Space(0)
      target(space, 200, y)
      space.fire(space.launch(MODEL, AHEAD), GUN)
      assert.deepEqual(
        fly(space, 2000).map(outcome => outcome.type),
        [type],
      )
    }
  })

  test('hits a ship that flies into it from the side', () => {
    const space = new Space(0)
    const crossing = target(space, 250, -100)
    crossing.vy = 200
    space.fire(space.launch(MODEL, AHEAD), GUN)
    let hit: Outcome | undefined
    for (let now = 0; hit === undefined && now <= 1000; now += 20) [hit] = space.advanceTo(now)
    assert.ok(hit?.type === 'hit')
    near(Math.hypot(hit.x - crossing.x, hit.y - crossing.y), 12, 200 * 0.02)
  })

  test('never hits the ship that fired it, but flies on when that is gone', () => {
    const space = new Space(0)
    const ship = space.launch(MODEL, AHEAD)
    const other = target(space, 300)
    ship.vx = 200
    space.fire(ship, { ...GUN, speed: 1 })
    assert.deepEqual(space.advanceTo(500), [])
    space.fire(ship, GUN)
    space.remove(ship)
    const outcomes = fly(space, 3000)
    assert.ok(outcomes.some(outcome => outcome.type === 'hit' && outcome.ship === other))
  })

  test('gives its momentum to the ship that it hits', () => {
    const space = new Space(0)
    const hit = target(space, 100)
    space.fire(space.launch(MODEL, AHEAD), { ...GUN, mass: 25 })
    fly(space, 1000)
    near(hit.vx, 100)
    near(hit.vy, 0)
    assert.ok(hit.x > 100)
  })

  test('hits what a search of all ships finds, in any crowd', () => {
    const coordinate = fc.integer({ min: -300, max: 300 })
    const speed = fc.integer({ min: -200, max: 200 })
    const body = fc.record({
      x: coordinate,
      y: coordinate,
      vx: speed,
      vy: speed,
      radius: fc.integer({ min: 1, max: 40 }),
    })
    fc.assert(
      fc.property(fc.array(body, { maxLength: 30 }), crowd => {
        const space = new Space(0)
        const shooter = space.launch(MODEL, AHEAD)
        const ships = crowd.map(({ radius, vx, vy, ...at }) =>
          Object.assign(space.launch({ ...MODEL, radius }, { ...at, heading: 0 }), { vx, vy }),
        )
        const before = ships.map(ship => ({ ...ship }))
        const shot = space.fire(shooter, { ...GUN, speed: 5000 })
        assert.ok(shot)
        const start = { ...shot }
        const [outcome] = space.advanceTo(20)
        const expected = firstBySampling(start, before)
        const touched = outcome?.type === 'hit' ? ships.indexOf(outcome.ship) : -1
        if (touched === expected.index) return
        // Two of them within a hair of each other, or one just touched.
        const gap = touched === -1 ? 0 : (expected.gaps[touched] ?? 99)
        assert.ok(gap < 0.2, `${touched} instead of ${expected.index}`)
      }),
    )
  })
})

/** Looks for long, in small portions. */
function fly(space: Space, millis: number): Outcome[] {
  const outcomes: Outcome[] = []
  for (let now = 500; now <= 500 + millis; now += 20) outcomes.push(...space.advanceTo(now))
  return outcomes
}

/** The ship that is touched first within 20 ms, by looking at many moments. */
function firstBySampling(shot: { x: number; y: number; vx: number; vy: number }, ships: readonly Ship[]) {
  const nearest = ships.map(() => Number.POSITIVE_INFINITY)
  for (let moment = 0; moment <= 2000; moment++) {
    const seconds = (moment / 2000) * 0.02
    const gaps = ships.map(({ x, y, vx, vy, model }) => {
      const [dx, dy] = [shot.x - x + (shot.vx - vx) * seconds, shot.y - y + (shot.vy - vy) * seconds]
      return Math.hypot(dx, dy) - model.radius - GUN.radius
    })
    gaps.forEach((gap, index) => {
      nearest[index] = Math.min(nearest[index] ?? gap, gap)
    })
    const index = gaps.findIndex(gap => gap <= 0)
    if (index !== -1) return { index, gaps }
  }
  return { index: -1, gaps: nearest }
}
