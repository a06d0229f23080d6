import { SFSType, type SFSValue } from '@warren/codec'
import { defineExtension, type Extension, MmoItem, t, type User } from '@warren/server'
import type { Fleet } from '../space-war/index.ts'
import type { Body, Ship, Shot, Turn } from './bodies.ts'
import { type Outcome, Space, STEP_MILLIS } from './space.ts'

const requests = {
  /** Turns the ship: 1 clockwise, -1 the other way, 0 no more. */
  'control.rotate': { params: { dir: t.int({ min: -1, max: 1 }) } },
  'control.thrust': { params: { go: t.bool() } },
  /** Fires the weapon of that number, from 1 on; while it is not ready nothing happens. */
  'control.fire': { params: { wnum: t.int() } },
}
const messages = {
  /** A shot hit something there. Its item is gone with the next update. */
  shot_xplode: { id: t.int(), x: t.int(), y: t.int() },
}
const config = {
  /** How far from the middle of the room ships appear. */
  spawnDistance: t.preset(t.int({ min: 0, max: 1_000_000 }), 250),
}

type SpaceWarRoom = Extension<typeof requests, typeof messages, 'room', typeof config>

/** Places around the middle before they come again. */
const SPAWN_PLACES = 64

/** A user and what he flies. */
interface Pilot {
  readonly user: User
  readonly ship: Ship
  /** Its key in the fleet, which clients know by the user variable `sModel`. */
  readonly model: string
}

/** A shot as clients see it. */
class ShotItem extends MmoItem {
  readonly shot: Shot

  constructor(shot: Shot, model: string) {
    super({ iType: 'weapon', iModel: model, ...courseOf(shot) })
    this.shot = shot
  }
}

/**
 * A room of the space war. The server flies all ships, 50 steps a second, and clients foresee between two messages where
 * they are: they are told when a course changes, never of a step.
 */
export default defineExtension({
  level: 'room',
  requests,
  messages,
  config,
  async init(extension) {
    const fleet = (await extension.internal.ask('space-war', 'fleet')) as Fleet
    return serve(extension, fleet)
  },
  destroy: removeShots => removeShots(),
})

/** @returns what takes the shots away */
function serve({ api, room, config, handle, on, schedule, send, metrics }: SpaceWarRoom, fleet: Fleet) {
  const space = new Space(schedule.now())
  const pilots = new Map<User, Pilot>()
  const pilotOf = new Map<Ship, Pilot>()
  const items = new Map<Shot, ShotItem>()
  const weapons = Object.values(fleet.weapons)
  const fired = metrics.counter('shots_total', 'Shots that were fired.')
  const hits = metrics.counter('hits_total', 'Shots that hit a ship.')
  let launches = 0

  function launch(user: User): void {
    const model = modelFor(user, fleet)
    const place = spawnPlace(launches++ % SPAWN_PLACES, config.spawnDistance)
    const ship = space.launch(fleet.starships[model] as Fleet['starships'][string], place)
    const pilot = { user, ship, model }
    pilots.set(user, pilot)
    pilotOf.set(ship, pilot)
    api.mmo.setUserPosition(user, ship)
    // Pages build the ship with the first message: it has everything.
    api.setUserVariables(user, [{ name: 'sModel', value: model }, ...variablesOf(ship)])
  }

  function land(user: User): void {
    const pilot = pilots.get(user)
    if (pilot === undefined) return
    pilots.delete(user)
    pilotOf.delete(pilot.ship)
    space.remove(pilot.ship)
  }

  /** Tells those near a ship, and its pilot, where it is and where it goes. */
  function tell({ user, ship }: Pilot): void {
    api.setUserVariables(user, variablesOf(ship))
  }

  function tellModel({ user, model }: Pilot): void {
    api.setUserVariables(user, [{ name: 'sModel', value: model }])
  }

  /** A pilot's order: everything flies on to this moment, then his ship does as he says, and everybody is told. */
  function steer(user: User, order: (ship: Ship) => void): void {
    const pilot = pilots.get(user)
    if (pilot === undefined) return
    flyOn()
    order(pilot.ship)
    tell(pilot)
  }

  function flyOn(): void {
    for (const outcome of space.advanceTo(schedule.now())) settle(outcome)
  }

  /** What a shot leads to. */
  function settle(outcome: Outcome): void {
    const item = items.get(outcome.shot)
    if (item === undefined) return
    if (outcome.type === 'hit') {
      hits.add()
      const [x, y] = [Math.round(outcome.x), Math.round(outcome.y)]
      send('shot_xplode', { id: item.id, x, y }, { near: { x, y }, in: room })
      const pilot = pilotOf.get(outcome.ship)
      if (pilot !== undefined) tell(pilot)
    }
    items.delete(outcome.shot)
    api.mmo.removeItem(item)
  }

  /** Moves everything on the map; whoever comes to see it then sees it where it is. */
  function follow(): void {
    for (const { user, ship } of pilots.values()) {
      if (isAtRest(ship)) continue
      api.mmo.setUserPosition(user, ship)
      api.setUserVariables(user, variablesOf(ship), { silent: true })
    }
    for (const [shot, item] of items) {
      api.mmo.setItemPosition(room, item, shot)
      api.mmo.setItemVariables(item, courseOf(shot), { silent: true })
    }
  }

  handle({
    'control.rotate': ({ user, params }) =>
      steer(user, ship => {
        ship.turn = params.dir as Turn
      }),
    'control.thrust': ({ user, params }) =>
      steer(user, ship => {
        ship.isThrusting = params.go
      }),
    'control.fire'({ user, params }) {
      const ship = pilots.get(user)?.ship
      const weapon = weapons[params.wnum - 1]
      if (ship === undefined || weapon === undefined) return
      flyOn()
      const shot = space.fire(ship, weapon)
      if (shot === undefined) return
      const item = new ShotItem(shot, weapon.model)
      items.set(shot, item)
      api.mmo.setItemPosition(room, item, shot)
      fired.add()
    },
  })

  on('userJoinRoom', ({ user }) => launch(user))
  for (const event of ['userLeaveRoom', 'userLogout', 'userDisconnect'] as const) {
    on(event, ({ user }) => land(user))
  }
  // Nobody steers the ship of a pilot whose line broke.
  on('userReconnectionTry', ({ user }) =>
    steer(user, ship => Object.assign(ship, { turn: 0, isThrusting: false })),
  )
  // A client may set any variable of its user: what it says of its ship is set right.
  on('userVariablesUpdate', ({ user, changes }) => {
    const pilot = pilots.get(user)
    if (pilot === undefined) return
    const truth = new Map(variablesOf(pilot.ship).map(({ name, value }) => [name, value.value]))
    if (changes.some(({ name, value }) => truth.has(name) && truth.get(name) !== value.value)) tell(pilot)
    if (changes.some(({ name, value }) => name === 'sModel' && value.value !== pilot.model)) tellModel(pilot)
  })

  schedule.every(STEP_MILLIS, () => {
    flyOn()
    follow()
  })
  for (const user of room.users) launch(user)
  return () => {
    for (const item of items.values()) api.mmo.removeItem(item)
  }
}

/** The ship that a user chose; the first one for who chose none. */
function modelFor(user: User, { starships }: Fleet): string {
  const chosen = user.variables.get('sModel')?.value.value
  const known = typeof chosen === 'string' && Object.hasOwn(starships, chosen)
  return known ? chosen : (Object.keys(starships)[0] as string)
}

/** Places on a circle, each far from those before; ships look to the middle. */
function spawnPlace(index: number, distance: number) {
  const angle = 2 * Math.PI * mirrored(index)
  return { x: Math.cos(angle) * distance, y: Math.sin(angle) * distance, heading: angle - Math.PI }
}

/** The bits of a number behind the point, the last one first: 0, 1/2, 1/4, 3/4, 1/8 … */
function mirrored(index: number): number {
  let value = 0
  for (let [rest, share] = [index, 0.5]; rest > 0; rest >>= 1, share /= 2) value += (rest & 1) * share
  return value
}

function isAtRest({ vx, vy, turn, isThrusting }: Ship): boolean {
  return vx === 0 && vy === 0 && turn === 0 && !isThrusting
}

/** Numbers that are always of one type, whatever their value. */
const double = (value: number): SFSValue => ({ type: SFSType.DOUBLE, value })

const courseOf = ({ x, y, vx, vy }: Body) => ({ x: double(x), y: double(y), vx: double(vx), vy: double(vy) })

/** What clients know of a ship: its course, where it looks (`d`), whether it thrusts (`t`) and turns (`r`). */
function variablesOf(ship: Ship) {
  const values = {
    ...courseOf(ship),
    d: double(ship.heading),
    t: { type: SFSType.BOOL, value: ship.isThrusting } as const,
    r: { type: SFSType.INT, value: ship.turn } as const,
  }
  return Object.entries(values).map(([name, value]) => ({ name, value }))
}
