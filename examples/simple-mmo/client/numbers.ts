import { distance } from '../common/geometry.ts'
import type { Actor } from './actor.ts'
import { write } from './dom.ts'
import { Rate } from './rate.ts'
import type { Scene } from './scene.ts'
import type { Overview } from './session.ts'
import type { SocketMeter } from './socket-meter.ts'

const UNITS_PER_STEP = 46

/** The numbers that matter. */
export class Numbers {
  readonly #scene: Scene
  readonly #meter: SocketMeter
  readonly #bytes = new Rate()
  readonly #messages = new Rate()

  constructor(scene: Scene, meter: SocketMeter) {
    this.#scene = scene
    this.#meter = meter
  }

  /** Shows how it is now; called a few times a second. @param now  milliseconds */
  show(now: number): void {
    const { actors, barrels, me } = this.#scene
    const people = [...actors.values()].filter(({ isPerson }) => isPerson)
    const open = [...barrels.values()].filter(({ isOpen }) => isOpen)
    write('in-view', counted(actors.size))
    write('messages', counted(Math.round(this.#messages.sample(this.#meter.messages, now))))
    write('bytes', kilobytes(this.#bytes.sample(this.#meter.bytes, now)))
    write('near', people.length === 0 ? 'nobody but bots' : people.map(each => nearness(each, me)).join(', '))
    write('barrels', `${counted(barrels.size)} near you, ${counted(open.length)} open`)
  }

  lag(millis: number): void {
    write('lag', `${millis.toFixed(millis < 10 ? 1 : 0)} ms`)
  }

  overview({ bots, people, stepMicros }: Overview): void {
    write('on-island', counted(bots + people))
    write('step', `${(stepMicros / 1000).toFixed(1)} ms`)
  }
}

/** Somebody's name, and how far away he is. */
function nearness(actor: Actor, me: Actor | undefined): string {
  if (me === undefined) return actor.name
  return `${actor.name} (${Math.round(distance(actor, me) / UNITS_PER_STEP)} steps away)`
}

function counted(count: number): string {
  return count.toLocaleString('en')
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} KB`
}
