import { type Extension, t } from '@warren/server'

export const requests = {
  /** Turns the ship: 1 clockwise, -1 the other way, 0 no more. */
  'control.rotate': { params: { dir: t.int({ min: -1, max: 1 }) } },
  'control.thrust': { params: { go: t.bool() } },
  /** Fires the weapon of that number, from 1 on; while it is not ready nothing happens. */
  'control.fire': { params: { wnum: t.int() } },
}

export const messages = {
  /** A shot hit something there. Its item is gone with the next update. */
  shot_xplode: { id: t.int(), x: t.int(), y: t.int() },
}

export const config = {
  /** How far from the middle of the room ships appear. */
  spawnDistance: t.preset(t.int({ min: 0, max: 1_000_000 }), 250),
}

/** The extension as its own code sees it. */
export type SpaceWarRoom = Extension<typeof requests, typeof messages, 'room', typeof config>
