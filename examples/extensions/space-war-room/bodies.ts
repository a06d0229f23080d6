/** How a kind of ship flies. */
export interface ShipModel {
  readonly mass: number
  /** Units a second. */
  readonly maxSpeed: number
  /** Degrees a second. */
  readonly rotationSpeed: number
  /** Units a second, each second. */
  readonly thrustAccel: number
  /** In units; a ship is round for those who shoot at it. */
  readonly radius: number
}

/** What a ship fires. */
export interface Weapon {
  readonly mass: number
  /** Of its shots as seen by the ship, in units a second. */
  readonly speed: number
  readonly radius: number
  readonly lifetimeMillis: number
  readonly reloadMillis: number
}

/** Something at a place, in units, with a velocity, in units a second. */
export interface Body {
  x: number
  y: number
  vx: number
  vy: number
}

/** Which way a ship turns: 1 is clockwise on a screen, where y grows downwards. */
export type Turn = -1 | 0 | 1

/** A ship under way. Its pilot sets `turn` and `isThrusting`. */
export interface Ship extends Body {
  readonly model: ShipModel
  /** Where its nose points, in radians; 0 is along x. */
  heading: number
  turn: Turn
  isThrusting: boolean
}

/** A shot under way. */
export interface Shot extends Body {
  readonly weapon: Weapon
  readonly owner: Ship
}
