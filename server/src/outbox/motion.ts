import { MAX_DELTA_BYTES, stepsOf, writeDelta } from '@warren/codec'
import type { Population } from '../domain/mmo/aoi.ts'

const AXES = 3
/** Rounds whose positions are remembered, that of now included. A power of two. */
const REMEMBERED = 8
/** Rounds that somebody may have missed who is told of the difference. */
export const MAX_MISSED = REMEMBERED - 1

/** Users and items in one row of numbers: what is said of both is said by code. */
export const userCode = (slot: number): number => 2 * slot
export const itemCode = (slot: number): number => 2 * slot + 1

/**
 * Where the users and items of a room were in the last rounds, in steps [P-13.3], and how those who moved in the last
 * one did, as it is on the wire: each is encoded once, and copied for all who see him.
 */
export class Motion {
  /** All codes are below this. */
  codes = 0
  /** How many are on another step than in the round before. */
  movedCount = 0
  /** Somebody is, or was, not at a height of 0. */
  hasHeights = false
  /** By code: where in `deltas` it begins, and how many bytes it has; none for those who did not move. */
  starts = new Int32Array(0)
  lengths = new Uint8Array(0)
  deltas = new Uint8Array(0)

  readonly #step: number
  /** Counted here: only rounds that were taken down. */
  #round = 0
  #rings: Int32Array[] = Array.from({ length: REMEMBERED }, () => new Int32Array(0))
  #used = 0

  /** @param step  what positions are multiples of */
  constructor(step: number) {
    this.#step = step
  }

  /** The number of the last round that was taken down; 0 before the first. */
  get round(): number {
    return this.#round
  }

  /** Takes down where everybody is now. */
  record(users: Population<unknown>, items: Population<unknown>): void {
    this.#reserve(2 * Math.max(users.slots, items.slots))
    this.#round++
    this.#used = 0
    this.movedCount = 0
    const now = this.#at(this.#round)
    now.set(this.#at(this.#round - 1))
    this.lengths.fill(0)
    // Deltas have two numbers or three, for all alike.
    this.hasHeights ||= this.#isHigh(users) || this.#isHigh(items)
    this.#recordAll(users, 0, now)
    this.#recordAll(items, 1, now)
  }

  /** Where somebody was in a round that is remembered, in steps along an axis. */
  stepsAt(round: number, code: number, axis: number): number {
    return this.#at(round)[code * AXES + axis] ?? 0
  }

  #recordAll(population: Population<unknown>, kind: 0 | 1, now: Int32Array): void {
    const step = this.#step
    for (let slot = 0; slot < population.slots; slot++) {
      const x = population.x(slot)
      if (Number.isNaN(x)) continue
      const code = 2 * slot + kind
      const at = code * AXES
      const dx = stepsOf(x, step) - (now[at] ?? 0)
      const dy = stepsOf(population.y(slot), step) - (now[at + 1] ?? 0)
      const dz = this.hasHeights ? stepsOf(population.z(slot), step) - (now[at + 2] ?? 0) : 0
      if (dx === 0 && dy === 0 && dz === 0) continue
      now[at] = (now[at] ?? 0) + dx
      now[at + 1] = (now[at + 1] ?? 0) + dy
      now[at + 2] = (now[at + 2] ?? 0) + dz
      this.#encode(code, dx, dy, dz)
    }
  }

  #encode(code: number, dx: number, dy: number, dz: number): void {
    const { deltas } = this
    const start = this.#used
    let end = writeDelta(deltas, start, dx)
    end = writeDelta(deltas, end, dy)
    if (this.hasHeights) end = writeDelta(deltas, end, dz)
    this.starts[code] = start
    this.lengths[code] = end - start
    this.#used = end
    this.movedCount++
  }

  #isHigh(population: Population<unknown>): boolean {
    for (let slot = 0; slot < population.slots; slot++) {
      const z = population.z(slot)
      if (!Number.isNaN(z) && stepsOf(z, this.#step) !== 0) return true
    }
    return false
  }

  #at(round: number): Int32Array {
    return this.#rings[round & (REMEMBERED - 1)] as Int32Array
  }

  #reserve(codes: number): void {
    this.codes = codes
    if (codes <= this.lengths.length) return
    const size = 2 * codes
    this.starts = new Int32Array(size)
    this.lengths = new Uint8Array(size)
    this.deltas = new Uint8Array(size * AXES * MAX_DELTA_BYTES)
    this.#rings = this.#rings.map(ring => {
      const larger = new Int32Array(size * AXES)
      larger.set(ring)
      return larger
    })
  }
}
