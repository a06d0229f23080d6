/** Half of what a user sees of the map, as in the published example of such a room. */
export const AREA = { x: 240, y: 180 } as const
/** Milliseconds between two rounds of updates. */
export const UPDATE_MILLIS = 250
/** What the floors tell a user in a round, in one packet: about as many bytes as Warren does. */
export const UPDATE_BYTES = 90
/** Moves of a user in a second. */
export const MOVES_PER_SECOND = 4
/** Units that a user walks with each move: he needs eight seconds to cross what he sees. */
export const STEP = 15
/** Others in view of a user, on average, whatever their number. */
const IN_VIEW = 20

/** A square around 0, 0. Users walk straight on in it and turn back at its edges. */
export interface World {
  readonly users: number
  /** Half the length of a side. */
  readonly half: number
}

/** A map on which so many users see about 20 others each. */
export function worldOf(users: number): World {
  let low = 1
  let high = 1e6
  while (high - low > 1) {
    const side = (low + high) / 2
    const inView = (users - 1) * shareInReach(AREA.x, side) * shareInReach(AREA.y, side)
    if (inView > IN_VIEW) low = side
    else high = side
  }
  return { users, half: high / 2 }
}

/** A map on which all see all, but for a bound. */
export function crowdOf(users: number): World {
  return { users, half: AREA.y / 2 - STEP }
}

/** The chance that two places on a line of a length are less than `reach` apart. */
function shareInReach(reach: number, length: number): number {
  if (reach >= length) return 1
  const part = reach / length
  return 2 * part - part * part
}
