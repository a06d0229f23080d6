import type { IncomingMessage } from 'node:http'
import type { AcceptConnection, Framing } from './connection.ts'

/** What a WebSocket of one path is. */
export interface WebSocketUse {
  /** Called for every line. */
  readonly accept: AcceptConnection
  /** `message`: each holds exactly one packet. `stream`: they are pieces of a stream, cut anywhere. */
  readonly framing: Framing
  /** Messages are texts; what comes as bytes is read all the same. Left out: they are bytes, and text is not read. */
  readonly isText?: boolean
  /** Says why a request may not become a line; left out: all may, those of pages of any origin too. */
  readonly refuses?: ((request: IncomingMessage) => string | undefined) | undefined
}

/** Where WebSockets lead, over all HTTP ports of a server. Paths may come while it runs. */
export class WebSocketPaths {
  readonly #uses = new Map<string, WebSocketUse>()

  /** @throws Error when the path leads somewhere already */
  add(path: string, use: WebSocketUse): this {
    if (this.#uses.has(path)) throw new Error(`Two kinds of WebSocket have the path ${path}`)
    this.#uses.set(path, use)
    return this
  }

  at(path: string): WebSocketUse | undefined {
    return this.#uses.get(path)
  }
}
