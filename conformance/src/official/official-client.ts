import type { BaseRequest, SmartFox } from 'sfs2x-api'
// The package is CommonJS: its names exist on the default import only.
import sfs2x from 'sfs2x-api'
import { deadline } from '../client/deadline.ts'
import type { Endpoint } from '../client/line.ts'
import { OFFICIAL_EVENTS, type OfficialEventName, type OfficialEvents } from './events.ts'

/** The official client's own classes, for requests. */
export const SFS2X = sfs2x

/** The latest that anything a test waits for may come, in milliseconds. */
const PATIENCE = 5000

interface OfficialEvent {
  readonly name: OfficialEventName
  readonly details: unknown
}

/** The unmodified official client with its events in order, to be awaited. */
export class OfficialClient {
  readonly sfs: SmartFox
  /** What the client's own log calls a warning or an error. */
  readonly complaints: string[] = []
  readonly #events: OfficialEvent[] = []
  #wake: (() => void) | undefined

  constructor({ host, port }: Endpoint) {
    this.sfs = new sfs2x.SmartFox({ host, port, zone: '', debug: false, useSSL: false })
    for (const name of OFFICIAL_EVENTS) {
      this.sfs.addEventListener(name, (details: unknown) => this.#add({ name, details }), this)
    }
    const { logger } = this.sfs
    logger.enableConsoleOutput = false
    logger.enableEventDispatching = true
    for (const level of ['warn', 'error']) {
      logger.addEventListener(
        level,
        ({ message }: { readonly message: string }) => this.complaints.push(message),
        this,
      )
    }
  }

  /** Opens the line and waits for the handshake. */
  async connect(): Promise<void> {
    this.sfs.connect()
    const { success, errorMessage } = await this.expect('connection')
    if (!success) throw new Error(`The official client could not connect: ${errorMessage}`)
  }

  send(request: BaseRequest): void {
    this.sfs.send(request)
  }

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
  async next(patience: number = PATIENCE): Promise<OfficialEvent> {
    await deadline(this.#arrival(), patience, 'an event of the official client')
    const event = this.#events.shift()
    if (event === undefined) throw new Error('No event')
    return event
  }

  /** Closes the line. */
  async leave(): Promise<void> {
    if (!this.sfs.isConnected) return
    this.sfs.disconnect()
    await this.find('connectionLost')
  }

  async #arrival(): Promise<void> {
    while (this.#events.length === 0) {
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }

  #add(event: OfficialEvent): void {
    this.#events.push(event)
    this.#wake?.()
  }
}
