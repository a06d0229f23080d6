import type { Chance } from '../../common/chance.ts'
import { distance, type Point } from '../../common/geometry.ts'
import type { WalkGrid } from '../../common/walk-grid.ts'

/** Somebody who walks from corner to corner. */
export class Walker {
  x: number
  y: number
  /** Units in a second. */
  readonly speed: number
  #way: readonly Point[] = []
  #next = 0
  /** Seconds until he goes on. */
  #rest = 0

  constructor({ x, y }: Point, speed: number) {
    this.x = x
    this.y = y
    this.speed = speed
  }

  get isWalking(): boolean {
    return this.#next < this.#way.length
  }

  /** Whether he waits for nothing and has nowhere to go. */
  get isIdle(): boolean {
    return !this.isWalking && this.#rest <= 0
  }

  follow(way: readonly Point[]): void {
    this.#way = way
    this.#next = 0
  }

  rest(seconds: number): void {
    this.#rest = seconds
  }

  /** Lets so many seconds pass. @returns whether he moved */
  step(seconds: number): boolean {
    if (!this.isWalking) {
      this.#rest -= seconds
      return false
    }
    let left = seconds * this.speed
    for (
      let corner = this.#way[this.#next];
      corner !== undefined && left > 0;
      corner = this.#way[this.#next]
    ) {
      const gap = distance(this, corner)
      if (gap <= left) this.#next++
      const part = gap <= left ? 1 : left / gap
      this.x += (corner.x - this.x) * part
      this.y += (corner.y - this.y) * part
      left -= gap
    }
    return true
  }
}

const STROLL = { nearest: 70, furthest: 380, tries: 5 } as const
const REST_SECONDS = 5

/** Strolls on, or rests for a while. For one who is idle. */
export function stroll(walker: Walker, grid: WalkGrid, chance: Chance): void {
  if (chance() < 0.35) {
    walker.rest(chance() * REST_SECONDS)
    return
  }
  for (let attempt = 0; attempt < STROLL.tries; attempt++) {
    const angle = chance() * Math.PI * 2
    const length = STROLL.nearest + chance() * (STROLL.furthest - STROLL.nearest)
    const goal = { x: walker.x + Math.cos(angle) * length, y: walker.y + Math.sin(angle) * length }
    if (!grid.isClear(walker, goal)) continue
    walker.follow([goal])
    return
  }
  walker.rest(1)
}
