/** Buddies of each user; each of them has him, too. */
export const BUDDIES = 50

/** The name of a user by his number. */
export const nameOf = (user: number): string => `u${user}`

/** The number of a user by his name. */
export const numberOf = (name: string): number => Number(name.slice(1))

/**
 * Whom a user has on his list: as many on both sides of him in a circle of all, far apart, so that buddies do not come
 * one after the other.
 * @param users  how many there are; more than `BUDDIES` + 2
 */
export function buddiesOf(user: number, users: number): number[] {
  const half = BUDDIES / 2
  const step = Math.floor((users / 2 - 1) / half)
  const offsets = Array.from({ length: half }, (_, index) => 1 + index * step)
  return offsets.flatMap(offset => [(user + offset) % users, (user - offset + users) % users])
}
