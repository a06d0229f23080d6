import { defineExtension, SFSObject, t } from '@warren/server'

/** What clients must know of a ship to draw it and to foresee how it moves. */
const drawnShip = {
  /** The name of its picture. */
  model: t.string({ minLength: 1, maxLength: 64 }),
  mass: t.int({ min: 1 }),
  /** Units a second. */
  maxSpeed: t.int({ min: 1, max: 10_000 }),
  /** Degrees a second. */
  rotationSpeed: t.int({ min: 1, max: 3600 }),
  /** Units a second, each second. */
  thrustAccel: t.int({ min: 1, max: 100_000 }),
}
const drawnWeapon = {
  model: t.string({ minLength: 1, maxLength: 64 }),
  mass: t.int({ min: 1 }),
  /** Of its shots as seen by the ship, in units a second. */
  speed: t.int({ min: 1, max: 10_000 }),
}
const radius = t.int({ min: 1, max: 500 })

/** A ship that can be chosen, by its key in `starships`. */
const starships = t.record(t.object({ ...drawnShip, radius }))
/** A weapon; ships have them all, in this order. */
const weapons = t.record(
  t.object({
    ...drawnWeapon,
    radius,
    /** How long a shot flies if it hits nothing. */
    lifetimeMillis: t.int({ min: 20, max: 60_000 }),
    /** How long a ship waits before it fires again. */
    reloadMillis: t.int({ min: 20, max: 60_000 }),
  }),
)
const config = {
  starships,
  weapons,
  /** Whether pages show what they know about the ships. */
  debug: t.preset(t.bool(), false),
}

/** Everything that flies, as `config.json` has it. */
export interface Fleet {
  readonly starships: ReturnType<typeof starships.fromJson>
  readonly weapons: ReturnType<typeof weapons.fromJson>
}

/**
 * The hangar of a space war: whoever logs in is told which ships and weapons there are, and chooses a ship by the user
 * variable `sModel`. The rooms ask it for the same.
 */
export default defineExtension({
  config,
  init({ config, internal, on }) {
    const { starships, weapons } = config
    for (const [what, those] of Object.entries({ starships, weapons })) {
      if (Object.keys(those).length === 0) throw new Error(`There are no ${what}`)
    }
    const data = new SFSObject()
      .put('starships', t.record(t.object(drawnShip)).write(starships, 'starships'))
      .put('weapons', t.record(t.object(drawnWeapon)).write(weapons, 'weapons'))
      .putBool('debug', config.debug)
    on('userLogin', () => ({ data }))
    internal.on('fleet', (): Fleet => ({ starships, weapons }))
  },
})
