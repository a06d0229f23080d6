import { defineContract, t } from '@warren/codec/schema'

const coordinate = t.int({ min: 1, max: 3 })

/** Ids and names of both players; an empty name for one who is not there. */
const players = { p1i: t.int(), p1n: t.string(), p2i: t.int(), p2n: t.string() }

/** What the game and its pages say to each other. */
export const contract = defineContract({
  requests: {
    /** The page is drawn. The round begins when both players are there; spectators get `specStatus`. */
    ready: {},
    move: { params: { x: coordinate, y: coordinate } },
    /** Another round, once one is over. */
    restart: {},
  },
  messages: {
    /** A round begins; `t` is the player whose turn it is. */
    start: { t: t.int(), ...players },
    /** Player `t` put his mark there. */
    move: { t: t.int(), x: coordinate, y: coordinate },
    win: { w: t.int() },
    tie: {},
    /** A player left; the round is over. */
    stop: {},
    /** How the game stands, for who comes to watch. */
    specStatus: {
      t: t.int(),
      ...players,
      status: t.bool(),
      board: t.list(t.intArray({ minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 }),
    },
  },
})
