import { type Chance, pick } from '../../common/chance.ts'
import { type Point, WORLD } from '../../common/geometry.ts'
import { type Island, PLAZA_RADIUS } from '../../common/island.ts'

/** This part of the bots starts near a village. */
const VILLAGERS = 0.35
const VILLAGE_REACH = 420
const TRIES = 60

/** A place to start from for a bot: anywhere on dry land, more often where others live. */
export function placeForBot(island: Island, chance: Chance): Point {
  const isVillager = chance() < VILLAGERS
  return openPlace(island, () =>
    isVillager
      ? near(pick(island.villages, chance), VILLAGE_REACH, chance)
      : { x: chance() * WORLD.width, y: chance() * WORLD.height },
  )
}

/** A place to start from for a player: the middle of a village. */
export function placeForPlayer(island: Island, chance: Chance): Point {
  return openPlace(island, () => near(pick(island.villages, chance), PLAZA_RADIUS, chance))
}

/** A place on the green of a village. */
export function placeOnGreen(island: Island, village: number, chance: Chance): Point {
  const middle = island.villages[village] ?? placeForPlayer(island, chance)
  return openPlace(island, () => near(middle, PLAZA_RADIUS * 1.15, chance))
}

/** The first open place that is proposed, in whole numbers. */
function openPlace({ grid, villages }: Island, propose: () => Point): Point {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const { x, y } = propose()
    const place = { x: Math.round(x), y: Math.round(y) }
    if (grid.isOpen(place)) return place
  }
  return villages[0] ?? { x: WORLD.width / 2, y: WORLD.height / 2 }
}

/** Spread evenly over a circle. */
function near({ x, y }: Point, radius: number, chance: Chance): Point {
  const angle = chance() * Math.PI * 2
  const reach = Math.sqrt(chance()) * radius
  return { x: x + Math.cos(angle) * reach, y: y + Math.sin(angle) * reach }
}
