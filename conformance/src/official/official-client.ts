import type { BaseRequest, SmartFox } from 'sfs2x-api'
// The package is CommonJS: its names exist on the default import only.
import sfs2x from 'sfs2x-api'
import type { Endpoint } from '../client/line.ts'
import type { ClientApi } from '../clients/client-api.ts'
import { EventQueue } from '../clients/event-queue.ts'
import { OFFICIAL_EVENTS } from './events.ts'

/** The official client's own classes, for requests. */
export const SFS2X = sfs2x

/** The unmodified official client with its events in order, to be awaited. */
export class OfficialClient extends EventQueue {
  readonly sfs: SmartFox
  readonly SFS2X = SFS2X as unknown as ClientApi

  constructor({ host, port }: Endpoint) {
    super()
    this.sfs = new sfs2x.SmartFox({ host, port, zone: '', debug: false, useSSL: false })
    for (const name of OFFICIAL_EVENTS) {
      this.sfs.addEventListener(name, (details: unknown) => this.add({ name, details }), this)
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
    if (!success) throw new Error(`The client could not connect: ${errorMessage}`)
  }

  send(request: BaseRequest): void {
    this.sfs.send(request)
  }

  /** Closes the line. */
  async leave(): Promise<void> {
    if (!this.sfs.isConnected) return
    this.sfs.disconnect()
    await this.find('connectionLost')
  }
}
