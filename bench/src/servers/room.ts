import type { Socket } from 'node:net'

/**
 * The least that a room has to do: collect the frames of a tick and write them to every member in one write. All
 * members get the same bytes, so one buffer serves them all.
 */
export class FloorRoom {
  readonly members = new Set<Socket>()
  readonly #tick: number
  #frames: Uint8Array[] = []
  readonly #flush = () => {
    const bytes = Buffer.concat(this.#frames)
    this.#frames = []
    for (const member of this.members) member.write(bytes)
  }

  /** @param tick  milliseconds from the first frame to the write; 0 writes at the end of the turn of the loop */
  constructor(tick: number) {
    this.#tick = tick
  }

  broadcast(frame: Uint8Array): void {
    if (this.#frames.push(frame) > 1) return
    if (this.#tick === 0) setImmediate(this.#flush)
    else setTimeout(this.#flush, this.#tick)
  }
}

/** The tick, second argument of every server. */
export function tickArgument(): number {
  return Number(process.argv[3] ?? 4)
}
