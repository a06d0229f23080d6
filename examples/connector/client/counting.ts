import type { Room, SmartFox } from '@warren/client'
import type { Tally } from './tally.ts'

/** Milliseconds between two messages. */
const PAUSE_MILLIS = 200

/** Says numbers aloud in a room of its own and hears them come back, whatever happens to the line. */
export class Counting {
  readonly #sfs: SmartFox
  readonly #tally: Tally
  readonly #onChange: () => void
  #room: Room | undefined
  #timer: ReturnType<typeof setInterval> | undefined
  readonly #stopListening: () => void

  /** @param onChange  a message was sent or came back */
  constructor(sfs: SmartFox, tally: Tally, onChange: () => void) {
    this.#sfs = sfs
    this.#tally = tally
    this.#onChange = onChange
    this.#stopListening = sfs.on('publicMessage', ({ room, sender, message }) => {
      if (room !== this.#room || !sender.isItMe) return
      tally.came(Number(message))
      onChange()
    })
  }

  /** Makes a room for itself alone, and begins. The room goes when we go. */
  async start(): Promise<Room> {
    const name = `Line ${this.#sfs.mySelf?.id}`
    this.#room = await this.#sfs.createRoom({ name, maxUsers: 1 }, { join: true })
    this.#timer = setInterval(() => this.say(1), PAUSE_MILLIS)
    return this.#room
  }

  /** Says the next numbers, one after the other. */
  say(count: number): void {
    const room = this.#room
    if (room === undefined) return
    for (let index = 0; index < count; index++) this.#sfs.say(String(this.#tally.next()), { room })
    this.#onChange()
  }

  /** Cuts the line in the middle of a sentence: some numbers before it, some after. */
  kill(): void {
    this.say(3)
    this.#sfs.killConnection()
    this.say(3)
  }

  /** Says nothing more. What was said still comes back, until the connection ends. */
  pause(): void {
    clearInterval(this.#timer)
  }

  stop(): void {
    this.pause()
    this.#stopListening()
    this.#room = undefined
  }
}
