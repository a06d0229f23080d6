import type { IncomingMessage } from 'node:http'
import type { AcceptConnection } from './connection.ts'
import type { Lines } from './lines.ts'
import { type Route, requestPath } from './routes.ts'
import type { WebSocketPaths } from './websocket-paths.ts'

/** What stands before the number of the port. */
const PATH = '/socket-proxy/'

/**
 * The way from a page to the game ports of this server [P-14.2]: a WebSocket whose messages are the bytes of a TCP
 * line, for Flash players that run inside of a page and have no sockets. Nothing is connected to: such a line is
 * given to whom lines of that port are given to. So it leads nowhere else, and has the client's own address.
 */
export class SocketProxy {
  readonly #paths: WebSocketPaths
  readonly #lines: Lines
  readonly #domains: readonly string[]
  readonly #ports: number[] = []

  /** @param domains  hosts whose pages may come besides the server's own: `*.example.com` for all below one, or `*` */
  constructor(paths: WebSocketPaths, lines: Lines, domains: readonly string[]) {
    this.#paths = paths
    this.#lines = lines
    this.#domains = domains
  }

  /** Leads to one more port. */
  lead(port: number, accept: AcceptConnection): void {
    this.#ports.push(port)
    this.#paths.add(`${PATH}${port}`, {
      accept,
      framing: 'stream',
      refuses: request => this.#refuses(request),
    })
  }

  /** What a request is answered that becomes no WebSocket. */
  get route(): Route {
    return {
      method: 'GET',
      path: PATH,
      prefix: true,
      isPage: false,
      handle: (request, response, { address }) => {
        const wanted = requestPath(request.url)
        const isOpen = this.#paths.at(wanted) !== undefined
        const text = isOpen
          ? 'This is a WebSocket\n'
          : `The socket proxy leads to the game ports of this server only: ${this.#ports.join(', ')}\n`
        if (!isOpen)
          this.#lines.refused('proxy-refused', `The socket proxy does not lead to ${wanted}`, address)
        response.writeHead(isOpen ? 426 : 404, {
          'Content-Type': 'text/plain; charset=utf-8',
          'Content-Length': text.length,
          ...(isOpen && { Upgrade: 'websocket', Connection: 'Upgrade' }),
        })
        response.end(text)
      },
    }
  }

  /** A page names its origin in each request, and cannot name another. */
  #refuses({ headers }: IncomingMessage): string | undefined {
    const { origin, host } = headers
    if (origin === undefined || isSame(origin, host) || this.#names(origin)) return undefined
    return `A page of ${origin} may not use the socket proxy: name its host in flash.domains`
  }

  #names(origin: string): boolean {
    const page = URL.canParse(origin) ? new URL(origin).hostname : undefined
    return this.#domains.some(
      domain =>
        domain === '*' ||
        (page !== undefined && (domain.startsWith('*.') ? page.endsWith(domain.slice(1)) : page === domain)),
    )
  }
}

function isSame(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase()
}
