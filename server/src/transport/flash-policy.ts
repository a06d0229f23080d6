import type { Route } from './routes.ts'

/** What Flash Player sends before it lets a movie connect, in the place of the first request; a zero byte follows. */
const REQUEST = Buffer.from('<policy-file-request/>', 'latin1')

const HEAD =
  '<?xml version="1.0"?>\n' +
  '<!DOCTYPE cross-domain-policy SYSTEM "/xml/dtds/cross-domain-policy.dtd">\n' +
  '<cross-domain-policy>'
const TAIL = '</cross-domain-policy>'

/** How the first bytes of a line compare with a request for the policy file. */
export type PolicyMatch = 'request' | 'undecided' | 'other'

/**
 * Compares the first bytes of a line with a request for the policy file. The zero byte behind it is not waited for:
 * no language of this server has a request that begins like it.
 */
export function matchPolicyRequest(bytes: Uint8Array): PolicyMatch {
  const length = Math.min(bytes.length, REQUEST.length)
  for (let i = 0; i < length; i++) if (bytes[i] !== REQUEST[i]) return 'other'
  return length === REQUEST.length ? 'request' : 'undecided'
}

/** Whose movies Flash Player may let connect, and where to. The same names as in the configuration. */
export interface FlashSettings {
  /** Hosts, `*.example.com` for all below one, or `*`. */
  readonly domains: readonly string[]
  /** Ports as clients see them, `9875` or `9900-9910`. Left out: those of this server's own listeners. */
  readonly ports?: readonly (number | string)[] | undefined
}

/**
 * The policy file that Flash Player wants before a movie may open a socket. It is the same on every port: the movies
 * of the named domains may connect to the listeners of this server, and to nothing else.
 */
export class FlashPolicy {
  readonly #settings: FlashSettings
  readonly #own = new Set<number>()
  #file: Buffer | undefined

  constructor(settings: FlashSettings) {
    this.#settings = settings
  }

  /** There is somebody whom the file grants anything. */
  get grantsAnybody(): boolean {
    return this.#settings.domains.length > 0
  }

  /** Takes the port of one more own listener into the file. */
  add(port: number): void {
    this.#own.add(port)
    this.#file = undefined
  }

  /** What a request is answered with: the file and its zero byte. */
  get file(): Buffer {
    this.#file ??= Buffer.from(`${HEAD}${this.#grants()}${TAIL}\0`, 'latin1')
    return this.#file
  }

  /**
   * The same file over HTTP, without the zero byte: players before 9.0.124 took it for sockets too, and all take it for
   * what movies load [P-14.1.6]. There is none while nobody is named.
   */
  get routes(): readonly Route[] {
    return this.grantsAnybody
      ? [{ method: 'GET', path: '/crossdomain.xml', isPage: false, handle: this.#give }]
      : []
  }

  readonly #give: Route['handle'] = (_request, response) => {
    const file = this.file.subarray(0, -1)
    response.writeHead(200, { 'Content-Type': 'text/x-cross-domain-policy', 'Content-Length': file.length })
    response.end(file)
  }

  #grants(): string {
    const ports = (this.#settings.ports ?? Array.from(this.#own).sort((a, b) => a - b)).join(',')
    // Without a port there is nothing to grant, and Flash Player takes an empty list for a mistake.
    if (ports === '') return ''
    return this.#settings.domains
      .map(domain => `<allow-access-from domain="${domain}" to-ports="${ports}"/>`)
      .join('')
  }
}
