import type { Aoi, AoiSettings } from './aoi.ts'
import { PlainAoi } from './plain-aoi.ts'

/**
 * Interest management for one room.
 * @throws RangeError when a setting is not what {@link AoiSettings} asks for
 */
export function createAoi<U, I>(settings: AoiSettings): Aoi<U, I> {
  return new PlainAoi<U, I>(settings)
}
