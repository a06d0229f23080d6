import type { Vec3 } from '@warren/codec'

/** A place on the map of an MMO room, or a distance to each side. */
export interface Position {
  readonly x: number
  readonly y: number
  /** Default 0. */
  readonly z?: number
  /** The numbers of the room: whole or not. Left out it is that of the room, where it is known. */
  readonly kind?: Vec3['kind']
}

/** Whether whole numbers will do. */
export function kindOf(...positions: readonly Position[]): Vec3['kind'] {
  return positions.every(({ x, y, z = 0 }) => [x, y, z].every(Number.isInteger)) ? 'int' : 'float'
}

/** A place as it is sent; rounded in rooms of whole numbers. */
export function vectorOf(position: Position, roomKind?: Vec3['kind']): Vec3 {
  const { x, y, z = 0, kind = roomKind ?? kindOf(position) } = position
  const number = kind === 'int' ? Math.round : Number
  return { kind, x: number(x), y: number(y), z: number(z) }
}
