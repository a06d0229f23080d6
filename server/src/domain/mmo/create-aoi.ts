import type { Aoi, AoiSettings } from './aoi.ts'
import { GridAoi } from './grid-aoi.ts'

/**
 * Interest management for one room.
 * @throws RangeError when a setting is not what {@link AoiSettings} asks for
 */
export function createAoi<U, I>(settings: AoiSettings): Aoi<U, I> {
  return new GridAoi<U, I>(settings)
}
