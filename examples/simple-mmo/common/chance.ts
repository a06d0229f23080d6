/** Numbers from 0 to below 1. */
export type Chance = () => number

/** Chance that comes out the same for the same seed. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    return mixed(state) / 2 ** 32
  }
}

/** A number from 0 to below 1 that belongs to a spot of a grid. */
export function chanceAt(column: number, row: number, seed: number): number {
  return (
    mixed(Math.imul(column, 0x27d4eb2d) ^ Math.imul(row, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1)) / 2 ** 32
  )
}

/** One of a list. @throws RangeError when it is empty */
export function pick<T>(list: readonly T[], chance: Chance): T {
  const picked = list[Math.floor(chance() * list.length)]
  if (picked === undefined) throw new RangeError('There is nothing to pick from')
  return picked
}

/** Noise without steps, from 0 to 1, whose hills are one unit apart. */
export function noise(x: number, y: number, seed: number): number {
  const column = Math.floor(x)
  const row = Math.floor(y)
  const across = eased(x - column)
  const down = eased(y - row)
  const top = mixBetween(chanceAt(column, row, seed), chanceAt(column + 1, row, seed), across)
  const bottom = mixBetween(chanceAt(column, row + 1, seed), chanceAt(column + 1, row + 1, seed), across)
  return mixBetween(top, bottom, down)
}

/** Noise with ever finer detail, from 0 to 1. */
export function roughNoise(x: number, y: number, seed: number, octaves: number): number {
  let sum = 0
  let weight = 0
  for (let octave = 0, size = 1, share = 1; octave < octaves; octave++, size *= 2, share /= 2) {
    sum += noise(x * size, y * size, seed + octave) * share
    weight += share
  }
  return sum / weight
}

/** All bits of a number stirred, as unsigned 32 bits. */
function mixed(value: number): number {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}

const eased = (part: number) => part * part * (3 - 2 * part)

const mixBetween = (a: number, b: number, part: number) => a + (b - a) * part
