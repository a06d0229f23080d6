/** Places around the middle before they come again. */
const PLACES = 64

/** Where the nth ship appears: on a circle, far from those just before, looking to the middle. */
export function spawnPlace(index: number, distance: number): { x: number; y: number; heading: number } {
  const angle = 2 * Math.PI * mirrored(index % PLACES)
  return { x: Math.cos(angle) * distance, y: Math.sin(angle) * distance, heading: angle - Math.PI }
}

/** The bits of a number behind the point, the last one first: 0, 1/2, 1/4, 3/4, 1/8 … */
function mirrored(index: number): number {
  let value = 0
  for (let [rest, share] = [index, 0.5]; rest > 0; rest >>= 1, share /= 2) value += (rest & 1) * share
  return value
}
