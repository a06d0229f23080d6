import type { Point } from '../common/geometry.ts'

/** Which side of a rabbit is seen. */
export type Side = 'left' | 'right' | 'front' | 'back'

/** Slower than this is standing, in units a second. */
const STILL = 8
/** Steps in a unit of way. */
const STEPS_PER_UNIT = 1 / 46

/** A rabbit on the page: one in view, or the player's own. */
export class Actor {
  readonly id: number
  readonly name: string
  readonly look: number
  /** Somebody at a page, and no bot. */
  readonly isPerson: boolean
  x: number
  y: number
  side: Side = 'front'
  isWalking = false
  /** Where in a step he is, from 0 to below 1. */
  phase = 0
  /** When he came into view, for fading in. */
  readonly cameAt: number
  /** What he says, and until when. */
  speech: { readonly text: string; readonly until: number } | undefined
  #speed = 0

  constructor(who: Pick<Actor, 'id' | 'name' | 'look' | 'isPerson' | 'cameAt'>, { x, y }: Point) {
    this.id = who.id
    this.name = who.name
    this.look = who.look
    this.isPerson = who.isPerson
    this.cameAt = who.cameAt
    this.x = x
    this.y = y
  }

  /** Says no more what was said long enough. */
  fallSilent(now: number): void {
    if (this.speech !== undefined && this.speech.until < now) this.speech = undefined
  }

  /** Goes to where he is now, and turns that way. @param seconds  since the last frame */
  goTo({ x, y }: Point, seconds: number): void {
    const [dx, dy] = [x - this.x, y - this.y]
    const length = Math.hypot(dx, dy)
    this.x = x
    this.y = y
    if (seconds <= 0) return
    this.#speed += (length / seconds - this.#speed) * Math.min(1, seconds * 12)
    this.isWalking = this.#speed > STILL
    if (!this.isWalking) this.phase = 0
    else this.phase = (this.phase + length * STEPS_PER_UNIT) % 1
    if (length / seconds > STILL) this.side = sideOf(dx, dy)
  }
}

function sideOf(dx: number, dy: number): Side {
  if (Math.abs(dx) > Math.abs(dy) * 0.75) return dx < 0 ? 'left' : 'right'
  return dy < 0 ? 'back' : 'front'
}
