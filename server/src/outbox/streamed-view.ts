import type { PositionWriter } from '@warren/codec'
import type { Slots, ViewChange } from '../domain/mmo/aoi.ts'
import { itemCode, MAX_MISSED, type Motion, userCode } from './motion.ts'

/** Set in an entry whose client knows no position of his. */
const UNKNOWN = 1 << 30

/**
 * Those in one user's view by the places that his client has them in [P-13.2], and how much of their positions he was
 * sent. It follows what he is told of who comes and goes, packet by packet.
 */
export class StreamedView {
  readonly user: { readonly id: number }
  #entries = new Int32Array(8)
  #count = 0
  #hasUnknown = false
  /** The last round of which the client knows all, as motion counts them; 0 for none. */
  #told = 0
  /** The round of the room's timer that the last block was of. */
  #block = 0

  constructor(user: { readonly id: number }) {
    this.user = user
  }

  /** Whether it has missed a round, or knows nothing of somebody. */
  isBehind(round: number): boolean {
    return this.#count > 0 && (this.#told !== round || this.#hasUnknown)
  }

  /**
   * The client is told of a change: of what its lists have from `from` on, up to `end`.
   * @param places  room for a number by code
   */
  follow(change: ViewChange, from: number, end: number, places: Int32Array): void {
    const { usersIn, usersOut, itemsIn, itemsOut } = change
    if (usersOut.length > from || itemsOut.length > from) {
      for (let place = 0; place < this.#count; place++) places[this.#codeAt(place)] = place
      for (let index = from; index < Math.min(end, usersOut.length); index++) {
        this.#drop(userCode(usersOut.at(index)), places)
      }
      for (let index = from; index < Math.min(end, itemsOut.length); index++) {
        this.#drop(itemCode(itemsOut.at(index)), places)
      }
    }
    this.#add(usersIn, userCode, from, end)
    this.#add(itemsIn, itemCode, from, end)
  }

  /**
   * Writes who moved since the client was told last.
   * @returns whether there is something to send; `restart` if the client has to forget what it knew [P-13.6]
   */
  write(writer: PositionWriter, motion: Motion, round: number): 'nothing' | 'block' | 'restart' {
    if (this.#count === 0) return 'nothing'
    const missed = motion.round - this.#told
    const isRestart = this.#told === 0 || missed > MAX_MISSED
    const marked =
      missed === 1 && motion.movedCount === 0 && !this.#hasUnknown
        ? 0
        : this.#writeBlock(writer, motion, isRestart ? 0 : round - this.#block, isRestart)
    this.#told = motion.round
    this.#hasUnknown = false
    if (marked === 0) return 'nothing'
    this.#block = round
    return isRestart ? 'restart' : 'block'
  }

  #writeBlock(writer: PositionWriter, motion: Motion, rounds: number, isRestart: boolean): number {
    writer.begin({ rounds, places: this.#count, hasHeights: motion.hasHeights })
    if (isRestart) return this.#writeAll(writer, motion)
    return motion.round - this.#told === 1
      ? this.#writeMoved(writer, motion)
      : this.#writeMissed(writer, motion)
  }

  /** The usual case: all but the last round is known. */
  #writeMoved(writer: PositionWriter, motion: Motion): number {
    const { starts, lengths, deltas } = motion
    const entries = this.#entries
    let marked = 0
    for (let place = 0; place < this.#count; place++) {
      const entry = entries[place] ?? 0
      if ((entry & UNKNOWN) !== 0) {
        this.#writePlace(writer, motion, place, 0)
        marked++
        continue
      }
      const length = lengths[entry] ?? 0
      if (length === 0) continue
      const start = starts[entry] ?? 0
      writer.mark(place)
      writer.copy(deltas, start, start + length)
      marked++
    }
    return marked
  }

  /** The client did not get some rounds: what it knows is compared with what is. */
  #writeMissed(writer: PositionWriter, motion: Motion): number {
    const told = this.#told
    let marked = 0
    for (let place = 0; place < this.#count; place++) {
      const entry = this.#entries[place] ?? 0
      const code = entry & ~UNKNOWN
      if ((entry & UNKNOWN) === 0 && !hasMoved(motion, code, told)) continue
      this.#writePlace(writer, motion, place, told)
      marked++
    }
    return marked
  }

  #writeAll(writer: PositionWriter, motion: Motion): number {
    for (let place = 0; place < this.#count; place++) {
      this.#entries[place] = (this.#entries[place] ?? 0) | UNKNOWN
      this.#writePlace(writer, motion, place, 0)
    }
    return this.#count
  }

  /** Writes one by the difference to a round, or to 0 if his client knows no position of his. */
  #writePlace(writer: PositionWriter, motion: Motion, place: number, told: number): void {
    const entry = this.#entries[place] ?? 0
    const code = entry & ~UNKNOWN
    const isUnknown = (entry & UNKNOWN) !== 0
    writer.mark(place)
    for (let axis = 0; axis < (motion.hasHeights ? 3 : 2); axis++) {
      const base = isUnknown ? 0 : motion.stepsAt(told, code, axis)
      writer.delta(motion.stepsAt(motion.round, code, axis) - base)
    }
    this.#entries[place] = code
  }

  #codeAt(place: number): number {
    return (this.#entries[place] ?? 0) & ~UNKNOWN
  }

  /** The last one takes the place. */
  #drop(code: number, places: Int32Array): void {
    const place = places[code] ?? 0
    if (place >= this.#count || this.#codeAt(place) !== code) return
    this.#count--
    const last = this.#entries[this.#count] ?? 0
    this.#entries[place] = last
    places[last & ~UNKNOWN] = place
  }

  #add(slots: Slots, codeOf: (slot: number) => number, from: number, end: number): void {
    const to = Math.min(end, slots.length)
    if (from >= to) return
    this.#reserve(this.#count + to - from)
    for (let index = from; index < to; index++)
      this.#entries[this.#count++] = codeOf(slots.at(index)) | UNKNOWN
    this.#hasUnknown = true
  }

  #reserve(count: number): void {
    if (count <= this.#entries.length && this.#entries.length <= 8 * count + 16) return
    const entries = new Int32Array(count + (count >> 1))
    entries.set(this.#entries.subarray(0, this.#count))
    this.#entries = entries
  }
}

function hasMoved(motion: Motion, code: number, since: number): boolean {
  for (let axis = 0; axis < 3; axis++) {
    if (motion.stepsAt(motion.round, code, axis) !== motion.stepsAt(since, code, axis)) return true
  }
  return false
}
