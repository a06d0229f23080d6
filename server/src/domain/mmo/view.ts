import type { Vector } from './aoi.ts'

/** Whom one user sees, as the last step told. */
export class View {
  /** In place of the room's. */
  aoi: Vector | undefined
  /** So many slots of `users` are valid. */
  userCount: number
  itemCount: number
  users: Int32Array
  items: Int32Array

  constructor(users: readonly number[], items: readonly number[]) {
    this.users = Int32Array.from(users)
    this.userCount = users.length
    this.items = Int32Array.from(items)
    this.itemCount = items.length
  }

  setUsers(slots: Int32Array, count: number): void {
    this.users = copied(slots, count, this.users)
    this.userCount = count
  }

  setItems(slots: Int32Array, count: number): void {
    this.items = copied(slots, count, this.items)
    this.itemCount = count
  }

  hasUser(slot: number): boolean {
    return has(this.users, this.userCount, slot)
  }

  hasItem(slot: number): boolean {
    return has(this.items, this.itemCount, slot)
  }
}

/** The first slots of `from`, in `to` if they fit and it is not much too large. */
function copied(from: Int32Array, count: number, to: Int32Array): Int32Array {
  const fits = count <= to.length && to.length <= 4 * count + 16
  const target = fits ? to : new Int32Array(count + (count >> 2) + 4)
  for (let index = 0; index < count; index++) target[index] = from[index] ?? 0
  return target
}

function has(slots: Int32Array, count: number, slot: number): boolean {
  for (let index = 0; index < count; index++) if (slots[index] === slot) return true
  return false
}

/** The square of the distance between two places, over the axes on which an area is not infinite. */
export function distanceOf(
  here: Float64Array,
  at: number,
  there: Float64Array,
  to: number,
  half: Vector,
): number {
  const x = half.x === Number.POSITIVE_INFINITY ? 0 : (here[at] ?? 0) - (there[to] ?? 0)
  const y = half.y === Number.POSITIVE_INFINITY ? 0 : (here[at + 1] ?? 0) - (there[to + 1] ?? 0)
  const z = half.z === Number.POSITIVE_INFINITY ? 0 : (here[at + 2] ?? 0) - (there[to + 2] ?? 0)
  return x * x + y * y + z * z
}
