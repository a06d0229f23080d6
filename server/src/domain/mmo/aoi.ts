/** A place, or half the sizes of a box around one. The units are the application's. */
export interface Vector {
  readonly x: number
  readonly y: number
  readonly z: number
}

/**
 * How far the users of a room see [P-6.13].
 *
 * An area is a box, given by half its sizes: somebody is in it while |d| < size holds on each axis; exactly at the
 * edge he is outside. A size of 0 leaves its axis out, so that a room with z 0 is flat and one with 0, 0, 0 shows
 * everybody to everybody. Nobody is within a negative size.
 */
export interface AoiSettings {
  /** The area of everybody without one of his own. Finite. */
  readonly aoi: Vector
  /**
   * How much larger the area is that one has to leave in order to go out of sight, at least 1 (the default: no
   * larger). With `maxVisible` it also makes those in view count as nearer by this factor, so that two at the same
   * distance do not take turns.
   */
  readonly leaveFactor?: number
  /**
   * The most users that one user sees at a time, the nearest by straight line over the axes of his area; of those at
   * the same distance, the lower slots. Items are not counted. No bound by default: a view then holds whoever is
   * within the area, and a crowd on one spot costs time with the square of its size.
   */
  readonly maxVisible?: number
}

/** Slots of entities, in ascending order. Valid only while the callback that was given it runs. */
export interface Slots {
  readonly length: number
  /** The slot at an index from 0 to `length` - 1. */
  at(index: number): number
}

/** What changed in what one user sees since the step before. What came and went in between is not in it. */
export interface ViewChange {
  /** Slot of the user who sees. */
  readonly viewer: number
  readonly usersIn: Slots
  /** May hold slots of users who were removed; their values can still be read. */
  readonly usersOut: Slots
  readonly itemsIn: Slots
  /** May hold slots of items that were removed; their values can still be read. */
  readonly itemsOut: Slots
}

/** All users or all items of a room, and where they are. */
export interface Population<T> {
  /** How many there are, with those that have no position. */
  readonly size: number

  /** All slots are below this. */
  readonly slots: number

  /**
   * Takes somebody in. He has no position yet: he is not seen and, if a user, sees nobody.
   * @returns his slot, a small whole number from 0 on that is his until the step after he is removed
   */
  add(value: T): number

  /** Takes somebody out. Those who saw him hear of it in the next step; until that is over `valueAt` still works. */
  remove(slot: number): void

  /** The value that was given to `add`. */
  valueAt(slot: number): T

  /**
   * Puts somebody somewhere. It is seen in the next step.
   * @throws RangeError when a coordinate is not finite
   */
  place(slot: number, x: number, y: number, z: number): void

  /** Takes the position away, as if there never was one. Nothing happens when there is none. */
  unplace(slot: number): void

  isPlaced(slot: number): boolean

  /** Where he is now; NaN without a position. */
  x(slot: number): number
  y(slot: number): number
  z(slot: number): number

  /**
   * Calls for everybody who is now within a box of any size around a place, in no particular order. Sizes are those
   * of {@link AoiSettings}. He who stands at the centre is within it as well.
   */
  forEachNear(center: Vector, box: Vector, visit: (slot: number) => void): void
}

/**
 * Who sees whom in one room. Positions change at any time; `step` finds what they changed in what each user sees.
 * The callbacks of all methods may change the room; it shows in the next step.
 */
export interface Aoi<U, I> {
  readonly users: Population<U>
  readonly items: Population<I>

  /** The area of one user in place of the room's, or the room's again. He may then see whom he is not seen by. */
  setAoi(user: number, aoi: Vector | undefined): void

  /** The area of a user: his own, or the room's. */
  aoiOf(user: number): Vector

  /** Compares what everybody sees with the step before, and calls once for each user for whom something changed. */
  step(visit: (change: ViewChange) => void): void

  /** Calls for each user who, as the last step told, sees this user; not for users who were removed since. */
  forEachViewerOfUser(user: number, visit: (viewer: number) => void): void
  /** Calls for each user who, as the last step told, sees this item; not for users who were removed since. */
  forEachViewerOfItem(item: number, visit: (viewer: number) => void): void
  /** Calls for each user whom this user, as the last step told, sees. */
  forEachUserInView(viewer: number, visit: (user: number) => void): void
  /** Calls for each item that this user, as the last step told, sees. */
  forEachItemInView(viewer: number, visit: (item: number) => void): void
}
