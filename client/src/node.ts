/** The client for Node: TCP and TLS, encryption and UDP beside what browsers have. */
import type { ClientConfig } from './config.ts'
import { type NodeOptions, nodePlatform } from './node/platform.ts'
import { SmartFox as BrowserSmartFox } from './smart-fox.ts'

export * from './index.ts'
export { type NodeOptions, nodePlatform } from './node/platform.ts'
export type { TlsTrust } from './node/trust.ts'

/**
 * A client of Warren or a stock server, in Node.
 * @example
 * const sfs = new SmartFox({ host: 'play.example.com', zone: 'Games' })
 * await sfs.connect() // TCP, port 9933
 */
export class SmartFox extends BrowserSmartFox {
  /** @throws TypeError for a configuration that cannot be, or options that do not fit together */
  constructor(config: ClientConfig = {}, options: NodeOptions = {}) {
    super(config, nodePlatform(options))
  }
}
