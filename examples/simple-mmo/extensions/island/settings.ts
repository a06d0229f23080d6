import { t } from '@warren/server'

/** What an operator decides. */
export const config = {
  /** Bots that there are when the first player comes. */
  bots: t.preset(t.int({ min: 0, max: 30_000 }), 300),
  /** The most that there may be, whoever asks. */
  mostBots: t.preset(t.int({ min: 0, max: 30_000 }), 5000),
  /** Whether players may change how many there are. */
  playersSetBots: t.preset(t.bool(), true),
  /** How long a player waits before he may change it again, in milliseconds. */
  changeMillis: t.preset(t.int({ min: 0, max: 3_600_000 }), 500),
  /** How many bots come or go in one step at most. */
  botsPerStep: t.preset(t.int({ min: 1, max: 1000 }), 100),
  /** Rabbits that carry barrels from village to village. */
  porters: t.preset(t.int({ min: 0, max: 200 }), 16),
  barrelsPerVillage: t.preset(t.int({ min: 0, max: 100 }), 7),
  /** How long the island stays awake when the last player has left, in seconds. */
  sleepSeconds: t.preset(t.int({ min: 0, max: 86_400 }), 20),
}
