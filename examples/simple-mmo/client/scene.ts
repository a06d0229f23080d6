import type { Point } from '../common/geometry.ts'
import type { Actor } from './actor.ts'

/** A barrel in view. */
export interface Barrel extends Point {
  readonly id: number
  readonly isOpen: boolean
  /** The number of the user who carries it, if somebody does. */
  readonly carrier: number | undefined
}

/** Where somebody in view is now; undefined while that is not known. @param now  milliseconds */
export type PlaceOf = (id: number, now: number) => Point | undefined

/** How long a bubble stays. */
const SPEECH_MILLIS = 6000

/** Who and what is in view. */
export class Scene {
  readonly actors = new Map<number, Actor>()
  readonly barrels = new Map<number, Barrel>()
  me: Actor | undefined

  clear(): void {
    this.actors.clear()
    this.barrels.clear()
    this.me = undefined
  }

  /** Lets all walk on. @param seconds  since the last frame */
  step(placeOf: PlaceOf, seconds: number, now: number): void {
    this.me?.fallSilent(now)
    for (const actor of this.actors.values()) {
      actor.fallSilent(now)
      const place = placeOf(actor.id, now)
      if (place !== undefined) actor.goTo(place, seconds)
    }
  }

  /** Whoever it is: one in view, or the player. */
  actor(id: number): Actor | undefined {
    return this.me?.id === id ? this.me : this.actors.get(id)
  }

  says(id: number, text: string, now: number): void {
    const actor = this.actor(id)
    if (actor !== undefined) actor.speech = { text, until: now + SPEECH_MILLIS }
  }

  /** The barrel that is nearest to a place and stands on the ground, if one is near enough. */
  barrelAt({ x, y }: Point, reach: number): Barrel | undefined {
    let nearest: Barrel | undefined
    let least = reach
    for (const barrel of this.barrels.values()) {
      // It is as high as it is wide, so its middle is above its foot.
      const gap = Math.hypot(barrel.x - x, barrel.y - 12 - y)
      if (barrel.carrier !== undefined || gap > least) continue
      least = gap
      nearest = barrel
    }
    return nearest
  }
}
