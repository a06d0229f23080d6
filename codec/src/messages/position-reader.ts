/** Takes one after the other who moved: where he is, in units of the map. */
export type PositionVisitor<T> = (who: T, x: number, y: number, z: number) => void

const AXES = 3

/**
 * What a client knows of the positions of those in its view [P-13]. It has to be told of everybody who comes and goes
 * in the order of the events, those who go first; then it can read the blocks.
 */
export class PositionReader<T> {
  readonly #list: T[] = []
  readonly #places = new Map<T, number>()
  /** Three for each place, in steps. */
  #steps = new Int32Array(16 * AXES)
  #step = 1
  /** The block in work, and how far it is read. */
  #block: Uint8Array = new Uint8Array(0)
  #at = 0
  #hasHeights = false
  #isSound = true

  /** How many places there are. */
  get size(): number {
    return this.#list.length
  }

  /** Somebody came into view: he gets the place after the last one [P-13.2]. */
  come(who: T): void {
    if (this.#places.has(who)) return
    const place = this.#list.push(who) - 1
    this.#places.set(who, place)
    if (this.#steps.length < this.#list.length * AXES) {
      const steps = new Int32Array(2 * this.#steps.length)
      steps.set(this.#steps)
      this.#steps = steps
    }
    this.#steps.fill(0, place * AXES, (place + 1) * AXES)
  }

  /** Somebody went out of view: the last one takes his place. Nothing happens when he has none. */
  go(who: T): void {
    const place = this.#places.get(who)
    const last = this.#list.pop()
    if (place === undefined || last === undefined) {
      if (last !== undefined) this.#list.push(last)
      return
    }
    this.#places.delete(who)
    if (last === who) return
    this.#list[place] = last
    this.#places.set(last, place)
    const from = this.#list.length * AXES
    this.#steps.copyWithin(place * AXES, from, from + AXES)
  }

  /** From now on deltas count from 0 again, in steps of this size [P-13.6]. */
  restart(step: number): void {
    this.#step = step
    this.#steps.fill(0)
  }

  /**
   * Begins to read a block; `read` goes on.
   * @returns how many rounds of the room's timer have passed since the block before
   */
  open(block: Uint8Array): number {
    this.#block = block
    this.#at = 0
    this.#isSound = true
    const head = this.#number()
    this.#hasHeights = (head & 1) === 1
    return head >>> 1
  }

  /**
   * Reads the block that was opened, and calls for each whom it names.
   * @returns false when it is cut, or not about these places; what is known after that is worth nothing
   */
  read(visit: PositionVisitor<T>): boolean {
    const block = this.#block
    const places = this.#list.length
    const mask = this.#at
    this.#at += (places + 7) >> 3
    for (let place = 0; place < places && this.#isSound; place++) {
      if (((block[mask + (place >> 3)] ?? 0) & (1 << (place & 7))) === 0) continue
      this.#move(place, visit)
    }
    return this.#isSound && this.#at === block.length
  }

  #move(place: number, visit: PositionVisitor<T>): void {
    const steps = this.#steps
    const step = this.#step
    const at = place * AXES
    const x = (steps[at] ?? 0) + this.#delta()
    const y = (steps[at + 1] ?? 0) + this.#delta()
    const z = (steps[at + 2] ?? 0) + (this.#hasHeights ? this.#delta() : 0)
    steps[at] = x
    steps[at + 1] = y
    steps[at + 2] = z
    if (this.#isSound) visit(this.#list[place] as T, x * step, y * step, z * step)
  }

  #delta(): number {
    const number = this.#number()
    return (number >>> 1) ^ -(number & 1)
  }

  /** The block is not sound if it ends within a number, or one has more than 32 bits. */
  #number(): number {
    const block = this.#block
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = block[this.#at++]
      if (byte === undefined) break
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value >>> 0
    }
    this.#isSound = false
    return 0
  }
}
