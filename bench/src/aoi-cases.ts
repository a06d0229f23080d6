/** One measurement of the area of interest. Users walk straight on and turn round at the borders of a square. */
export interface AoiCase {
  readonly name: string
  readonly users: number
  /** Half the side of the square that they walk in. */
  readonly halfMap: number
  /** Units that one walks in a tick. */
  readonly speed: number
  /** Every how many ticks a user moves. */
  readonly every: number
  readonly leaveFactor?: number
  readonly maxVisible?: number
  readonly isFloor?: boolean
}

/** Half the size of the area, for about 75 in view where 10,000 are on a map from -1,000 to 1,000. */
export const HALF_AREA = 86.6
const WALK = 5

/** A square with as many users for its size as 10,000 have on a map from -1,000 to 1,000. */
function spread(users: number): Pick<AoiCase, 'users' | 'halfMap' | 'speed' | 'every'> {
  return { users, halfMap: 10 * Math.sqrt(users), speed: WALK, every: 1 }
}

export const CASES = {
  floor: {
    ...spread(10_000),
    name: '10,000 users, floor: whom each sees found anew and compared',
    isFloor: true,
  },
  small: { ...spread(1000), name: '1,000 users' },
  middle: { ...spread(10_000), name: '10,000 users' },
  large: { ...spread(100_000), name: '100,000 users' },
  tenth: { ...spread(10_000), name: '10,000 users, every tenth moves', every: 10 },
  hundredth: { ...spread(10_000), name: '10,000 users, every hundredth moves', every: 100 },
  fast: { ...spread(10_000), name: '10,000 users, each a third of his area a tick', speed: 30 },
  factor: { ...spread(10_000), name: '10,000 users, leave factor 1.1', leaveFactor: 1.1 },
  slack: { ...spread(10_000), name: '10,000 users, at most 200 in view', maxVisible: 200 },
  bound: { ...spread(10_000), name: '10,000 users, at most 50 in view', maxVisible: 50 },
  spot: {
    name: '10,000 users on one spot, at most 50 in view',
    users: 10_000,
    halfMap: HALF_AREA / 2,
    speed: WALK,
    every: 1,
    maxVisible: 50,
  },
  unbound: {
    name: '2,500 users on one spot, no bound',
    users: 2500,
    halfMap: HALF_AREA / 2,
    speed: WALK,
    every: 1,
  },
} satisfies Record<string, AoiCase>

export type CaseName = keyof typeof CASES
