import { PositionReader, type ServerFields } from '@warren/codec'
import type { MMOItem } from './mmo-item.ts'
import { Playback } from './playback.ts'
import { type MutablePosition, Track } from './track.ts'
import type { User } from './user.ts'

/** Who is further away than so many times the area of interest after a round did not walk there. */
const LEAP = 0.5

/** Users and items share numbers; what is known of them is kept by these. */
const keyOf = (kind: 'user' | 'item', id: number): number => 2 * id + Number(kind === 'item')

/** Where those in view of an MMO room are, as it is streamed [P-13], and where they are to be seen meanwhile. */
export class Motion {
  readonly #reader = new PositionReader<number>()
  readonly #tracks = new Map<number, Track>()
  readonly #leap: number
  #playback: Playback | undefined
  #round = 0

  /** @param area  the longer side of the area of interest */
  constructor(area: number) {
    this.#leap = area * LEAP
  }

  /** Somebody goes out of view. */
  go(kind: 'user' | 'item', id: number): void {
    const key = keyOf(kind, id)
    this.#tracks.delete(key)
    this.#reader.go(key)
  }

  /** Somebody comes into view. Those who go are to be told of first [P-13.2]. */
  come(kind: 'user' | 'item', id: number): void {
    this.#reader.come(keyOf(kind, id))
  }

  /**
   * Takes in where those are who moved.
   * @param now  when it arrived, in milliseconds
   * @returns false when it makes no sense; then nobody's position is known any more
   */
  take({ block, step, intervalMillis }: ServerFields<'Positions'>, now: number): boolean {
    if (step !== undefined && intervalMillis !== undefined) {
      this.#reader.restart(step)
      this.#tracks.clear()
      this.#playback = new Playback(intervalMillis)
      this.#round = 0
    }
    if (this.#playback === undefined) return false
    this.#round += this.#reader.open(block)
    if (!this.#reader.read(this.#moved)) {
      this.#playback = undefined
      this.#tracks.clear()
      return false
    }
    this.#playback.arrived(this.#round, now)
    return true
  }

  /**
   * Where somebody is to be seen at a time; allocates nothing.
   * @returns false when it is not known
   */
  read(who: User | MMOItem, time: number, into: MutablePosition): boolean {
    const track = this.#tracks.get(keyOf('isItMe' in who ? 'user' : 'item', who.id))
    if (track === undefined || this.#playback === undefined) return false
    track.read(this.#playback.roundAt(time), this.#leap, into)
    return true
  }

  readonly #moved = (key: number, x: number, y: number, z: number): void => {
    let track = this.#tracks.get(key)
    if (track === undefined) {
      track = new Track()
      this.#tracks.set(key, track)
    }
    track.add(this.#round, x, y, z)
  }
}
