import { defineContract, t } from '@warren/codec/schema'

/** The zone of the example. */
export const ZONE = 'Island'

/** How clients hear where others are; each way is a room of its own, so that they can be compared. */
export const ROOMS = {
  /** Everybody sets user variables `x` and `y`, and those who see him are told of each step. */
  classic: 'Classic',
  /** The room streams positions, in one message for each update and page. */
  streaming: 'Streaming',
} as const

export type Way = keyof typeof ROOMS

/** Half the size of the box in which one sees others. */
export const AREA = { x: 640, y: 420 } as const

/** Milliseconds between two steps of the bots, and between two positions that a page sends while it walks. */
export const STEP_MILLIS = 250

/** Units in a second. */
export const WALK_SPEED = 150

/** Who is further away from a barrel cannot reach it. */
export const REACH = 90

/** How many columns and rows of counts there are in `overview`. */
export const DENSITY = { columns: 40, rows: 25 } as const

/** Names of the variables: short, as they are sent often. */
export const VARIABLES = {
  /** Of users: where he is, in the classic way. Of items: where it was put. */
  x: 'x',
  y: 'y',
  /** Of users: how he looks. Bots have none; their looks follow from their numbers. */
  look: 'l',
  /** Of items: whether it is open. */
  isOpen: 'o',
  /** Of items: the number of the user who carries it. */
  carrier: 'c',
} as const

/** The look of those who carry barrels. */
export const PORTER_LOOK = -1

/** What the page and the extension of its room say to each other. */
export const island = defineContract({
  requests: {
    /** Opens a barrel, or closes it. Refused with `no-barrel`, `too-far` or `carried`. */
    barrel: { params: { id: t.int() }, response: { isOpen: t.bool() } },
    /**
     * Asks for so many bots; more than the operator allows are not made.
     * Refused with `too-soon`, and with `not-allowed` where only the operator decides.
     */
    bots: { params: { count: t.int({ min: 0 }) }, response: { wanted: t.int() } },
  },
  messages: {
    /** Where the server put you. */
    placed: { x: t.int(), y: t.int() },
    /** How it stands with the whole island, every two seconds. */
    overview: {
      /** Bots that are there, that are wanted, and that there may be. */
      bots: t.int(),
      wanted: t.int(),
      most: t.int(),
      /** Users that are no bots. */
      people: t.int(),
      /** How long the extension takes for a step, in microseconds. */
      stepMicros: t.int(),
      /** How many are in each part of the map, row by row; 255 stands for more. */
      density: t.bytes({ maxLength: DENSITY.columns * DENSITY.rows }),
    },
  },
})
