/** A place to write a position to. */
export interface MutablePosition {
  x: number
  y: number
  z: number
}

/** Places that are remembered: the picture is a few rounds behind at most, and a round takes two at most. */
const LENGTH = 8
/** Numbers of a place: round, x, y, z. */
const ROW = 4

/** Where somebody was in the last rounds, and so where he is to be seen in between. */
export class Track {
  readonly #places = new Float64Array(LENGTH * ROW)
  /** Places that were ever added. */
  #count = 0

  /** He is somewhere else since a round; until the one before he stood where he was. */
  add(round: number, x: number, y: number, z: number): void {
    if (this.#count > 0 && this.#at(this.#count - 1, 0) < round - 1) {
      const last = this.#count - 1
      this.#put(round - 1, this.#at(last, 1), this.#at(last, 2), this.#at(last, 3))
    }
    this.#put(round, x, y, z)
  }

  /**
   * Where he is to be seen in a round, or between two.
   * @param leap  who goes further in a round, along one axis, is not seen on the way
   */
  read(round: number, leap: number, into: MutablePosition): void {
    const oldest = Math.max(0, this.#count - LENGTH)
    let index = this.#count - 1
    while (index > oldest && this.#at(index, 0) > round) index--
    const from = this.#at(index, 0)
    const next = Math.min(index + 1, this.#count - 1)
    const to = this.#at(next, 0)
    const part = to > from && round > from ? Math.min(1, (round - from) / (to - from)) : 0
    into.x = between(this.#at(index, 1), this.#at(next, 1), part, leap)
    into.y = between(this.#at(index, 2), this.#at(next, 2), part, leap)
    into.z = between(this.#at(index, 3), this.#at(next, 3), part, leap)
  }

  #put(round: number, x: number, y: number, z: number): void {
    const at = (this.#count++ % LENGTH) * ROW
    this.#places[at] = round
    this.#places[at + 1] = x
    this.#places[at + 2] = y
    this.#places[at + 3] = z
  }

  #at(index: number, number: number): number {
    return this.#places[(index % LENGTH) * ROW + number] ?? 0
  }
}

function between(from: number, to: number, part: number, leap: number): number {
  return Math.abs(to - from) > leap && part < 1 ? from : from + (to - from) * part
}
