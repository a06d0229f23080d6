import { STEP, type World } from './world.ts'

/** Users who walk straight on and turn back at the edges. Each run has the same walk; places are whole numbers. */
export class Walkers {
  readonly #half: number
  readonly #x: Float64Array
  readonly #y: Float64Array
  readonly #dx: Float64Array
  readonly #dy: Float64Array

  constructor({ users, half }: World) {
    const chance = chanceOf(1)
    this.#half = half
    this.#x = Float64Array.from({ length: users }, () => (2 * chance() - 1) * half)
    this.#y = Float64Array.from({ length: users }, () => (2 * chance() - 1) * half)
    const angles = Float64Array.from({ length: users }, () => 2 * Math.PI * chance())
    this.#dx = angles.map(angle => Math.cos(angle) * STEP)
    this.#dy = angles.map(angle => Math.sin(angle) * STEP)
  }

  x(user: number): number {
    return Math.round(this.#x[user] ?? 0)
  }

  y(user: number): number {
    return Math.round(this.#y[user] ?? 0)
  }

  /** One step of a user. */
  walk(user: number): void {
    walkAlong(this.#x, this.#dx, user, this.#half)
    walkAlong(this.#y, this.#dy, user, this.#half)
  }
}

function walkAlong(places: Float64Array, steps: Float64Array, user: number, half: number): void {
  const next = (places[user] ?? 0) + (steps[user] ?? 0)
  if (Math.abs(next) > half) steps[user] = -(steps[user] ?? 0)
  else places[user] = next
}

/** Numbers from 0 to 1 that are the same in each run. */
function chanceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
