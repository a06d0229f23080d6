import { type SFSEventName, type SFSRequest, SmartFox } from '@warren/client'
import type { Endpoint } from '../client/line.ts'
import { OFFICIAL_EVENTS } from '../official/events.ts'
import type { ClientApi, SeenClient } from './client-api.ts'
import { EventQueue } from './event-queue.ts'
import { SDK_API } from './sdk-api.ts'
import { SdkViews } from './sdk-views.ts'

/** Warren's client with its events in order, to be awaited, behind the names of the official one. */
export class SdkClient extends EventQueue {
  readonly sfs: SeenClient
  readonly SFS2X: ClientApi = SDK_API
  readonly #sfs: SmartFox

  constructor({ host, port }: Endpoint) {
    super()
    this.#sfs = new SmartFox({ host, port, useBlueBox: false, debug: line => this.#trace(line) })
    const views = new SdkViews(this.#sfs)
    this.sfs = views.client()
    for (const name of OFFICIAL_EVENTS) {
      this.#sfs.on(name satisfies SFSEventName, details =>
        this.add({ name, details: views.details(details) }),
      )
    }
  }

  /** Opens the line and waits for the handshake. */
  async connect(): Promise<void> {
    try {
      await this.#sfs.connect()
    } catch (error) {
      throw new Error(`The client could not connect: ${String(error)}`)
    }
    await this.expect('connection')
  }

  send(request: SFSRequest): void {
    this.#sfs.send(request)
  }

  /** Closes the line. */
  async leave(): Promise<void> {
    if (!this.#sfs.isConnected) return
    this.#sfs.disconnect()
    await this.find('connectionLost')
  }

  #trace(line: string): void {
    if (/^not (understood|sent)/.test(line)) this.complaints.push(line)
  }
}
