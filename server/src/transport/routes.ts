import type { IncomingMessage, ServerResponse } from 'node:http'

/** The connection under a request. */
export interface Exchange {
  /** The client's address in plain form. */
  readonly address: string
  /** The request came over TLS. */
  readonly isSecure: boolean
  /**
   * The response is meant to take so long, in milliseconds. Meanwhile the connection does not count among those of
   * its address: whoever holds it bounds how many there are.
   * @param held  for a response that may as well leave earlier
   */
  hold(millis: number, held?: HeldResponse): void
}

/** A response that waits for something to tell. */
export interface HeldResponse {
  readonly request: IncomingMessage
  /** Another request of the same connection is there, whose response has to wait for this one. */
  onFollowed(): void
}

/** One thing that the HTTP port serves. */
export interface Route {
  /** A GET route serves HEAD as well. */
  readonly method: 'GET' | 'POST' | 'OPTIONS'
  /** Starts with a slash; compared with the path of the request before its query, undecoded. */
  readonly path: string
  /** Everything that starts with `path` is served; the longest prefix wins, an exact route wins over all. */
  readonly prefix?: boolean
  /** False for what programs read: the headers that protect pages are left out. */
  readonly isPage?: boolean
  /** Answers. An error, thrown or rejected, is answered with 500 and reported. */
  handle(request: IncomingMessage, response: ServerResponse, exchange: Exchange): void | Promise<void>
}

/** Who serves a request: a route, or the methods that would be served on this path (none: there is no such path). */
export type RouteMatch = Route | { readonly allowed: readonly string[] }

/** All routes of an HTTP port. */
export class Routes {
  readonly #exact = new Map<string, Route[]>()
  readonly #prefixes: Route[]

  /** @throws Error when two routes serve the same */
  constructor(routes: readonly Route[]) {
    const seen = new Set<string>()
    for (const route of routes) {
      const key = `${route.method} ${route.path}${route.prefix === true ? '*' : ''}`
      if (seen.has(key)) throw new Error(`Two routes serve ${key}`)
      seen.add(key)
      if (route.prefix === true) continue
      const same = this.#exact.get(route.path)
      if (same === undefined) this.#exact.set(route.path, [route])
      else same.push(route)
    }
    this.#prefixes = routes
      .filter(route => route.prefix === true)
      .sort((a, b) => b.path.length - a.path.length)
  }

  match(method: string | undefined, path: string): RouteMatch {
    const wanted = method === 'HEAD' ? 'GET' : method
    const exact = this.#exact.get(path) ?? []
    const candidates = [...exact, ...this.#prefixes.filter(route => path.startsWith(route.path))]
    const found = candidates.find(route => route.method === wanted)
    return found ?? { allowed: [...new Set(candidates.map(route => route.method))] }
  }
}

/** The path of a request line, without query; also of the absolute form that proxies and the Java client send. */
export function requestPath(url: string | undefined): string {
  if (url === undefined) return '/'
  let start = 0
  if (!url.startsWith('/')) {
    const host = url.indexOf('://')
    start = host < 0 ? 0 : url.indexOf('/', host + 3)
    if (start < 0) return '/'
  }
  const query = url.indexOf('?', start)
  return query < 0 ? url.slice(start) : url.slice(start, query)
}

/** What stands behind the question mark of a request line; the first value counts where a name comes twice. */
export function requestQuery(url: string | undefined): URLSearchParams {
  const start = url?.indexOf('?') ?? -1
  return new URLSearchParams(start < 0 ? '' : url?.slice(start + 1))
}
