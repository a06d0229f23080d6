import type { Socket } from 'node:net'

/**
 * The least that a room has to do: collect frames and write them to every member in one write. All members get the same
 * bytes, so one buffer serves them all.
 */
export class FloorRoom {
  readonly members = new Set<Socket>()
  readonly #tick: number
  #frames: Uint8Array[] = []
  #lastFlush = Number.NEGATIVE_INFINITY
  readonly #flush = () => {
    const bytes = Buffer.concat(this.#frames)
    this.#frames = []
    for (const member of this.members) member.write(bytes)
    this.#lastFlush = performance.now()
  }

  /** @param tick  least milliseconds from the end of a write to the next; a frame after a longer silence leaves with its turn */
  constructor(tick: number) {
    this.#tick = tick
  }

  broadcast(frame: Uint8Array): void {
    if (this.#frames.push(frame) > 1) return
    const wait = this.#lastFlush + this.#tick - performance.now()
    if (wait < 1) setImmediate(this.#flush)
    else setTimeout(this.#flush, Math.round(wait))
  }
}

/** The tick, second argument of every server. */
export function tickArgument(): number {
  return Number(process.argv[3] ?? 4)
}
