import { deadline } from '../client/deadline.ts'
import type { OfficialEventName, OfficialEvents } from '../official/events.ts'

/** The latest that anything a test waits for may come, in milliseconds. */
const PATIENCE = 5000

/** An event of a client. */
export interface ClientEvent {
  readonly name: OfficialEventName
  readonly details: unknown
}

/** The events of a client in order, to be awaited. */
export class EventQueue {
  /** What the client itself complains of. */
  readonly complaints: string[] = []
  readonly #events: ClientEvent[] = []
  #wake: (() => void) | undefined

  /** The details of the next event, which must be of this name. */
  async expect<N extends OfficialEventName>(name: N): Promise<OfficialEvents[N]> {
    const event = await this.next()
    if (event.name !== name) throw new Error(`Expected ${name}, the client fired ${event.name}`)
    return event.details as OfficialEvents[N]
  }

  /** Passes over events until one of this name. */
  async find<N extends OfficialEventName>(name: N, patience: number = PATIENCE): Promise<OfficialEvents[N]> {
    for (;;) {
      const event = await this.next(patience)
      if (event.name === name) return event.details as OfficialEvents[N]
    }
  }

  /** Names of events that were fired and not awaited; they count as awaited. */
  unread(): readonly OfficialEventName[] {
    return this.#events.splice(0).map(event => event.name)
  }

  /** The next event. @throws when none comes in time */
  async next(patience: number = PATIENCE): Promise<ClientEvent> {
    await deadline(this.#arrival(), patience, 'an event of the client')
    const event = this.#events.shift()
    if (event === undefined) throw new Error('No event')
    return event
  }

  protected add(event: ClientEvent): void {
    this.#events.push(event)
    this.#wake?.()
  }

  async #arrival(): Promise<void> {
    while (this.#events.length === 0) {
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }
}
