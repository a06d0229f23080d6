/** The ElectroServer class in Node: over TCP. */
import { ElectroServer as BrowserElectroServer } from '../electroserver/electro-server.ts'
import { openTcpStream } from './tcp-stream.ts'

export * from '../electroserver/index.ts'

/**
 * The ElectroServer class of 2004, over TCP.
 * @example
 * const es = ElectroServer.getInstance()
 * es.setIP('127.0.0.1')
 * es.setPort(9875)
 * es.onConnection = (success, error) => { if (success) es.login('Derek'); else console.error(error) }
 * es.connect()
 */
export class ElectroServer extends BrowserElectroServer {
  static #shared: ElectroServer | undefined

  /** Most programs have one and get it by {@link ElectroServer.getInstance}. */
  constructor() {
    super(openTcpStream)
  }

  /**
   * The one that everybody shares.
   * @example
   * const es = ElectroServer.getInstance()
   */
  static override getInstance(): ElectroServer {
    ElectroServer.#shared ??= new ElectroServer()
    return ElectroServer.#shared
  }
}
