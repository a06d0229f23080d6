/** What a server says to the benchmark that started it, over the IPC channel. */
export type ServerReport =
  | { readonly type: 'ready'; readonly port: number }
  /** Bytes that are in use after the collection, buffers outside the heap among them. */
  | { readonly type: 'collected'; readonly used: number }

/** The ports of a server that is reached in several ways. */
export interface LinePorts {
  readonly tcp: number
  /** WebSocket and HTTP tunnel. */
  readonly http: number
  /** Left out where nobody asks for it. */
  readonly udp?: number | undefined
}

/** Tells where the server listens and from then on collects garbage when asked to (needs --expose-gc). */
export function reportLines(ports: LinePorts): void {
  obey()
  process.send?.({ type: 'ready', ...ports })
}

/** Tells where the server listens and from then on collects garbage when asked to (needs --expose-gc). */
export function reportReady(port: number): void {
  obey()
  report({ type: 'ready', port })
}

/** The server collects garbage when asked to, and ends with the benchmark. */
function obey(): void {
  process.on('message', message => {
    if (message !== 'collect') return
    for (let i = 0; i < 3; i++) globalThis.gc?.()
    const { heapUsed, external } = process.memoryUsage()
    report({ type: 'collected', used: heapUsed + external })
  })
  process.on('disconnect', () => process.exit(0))
}

/** The port of a listening server. */
export function portOf(address: unknown): number {
  if (
    typeof address === 'object' &&
    address !== null &&
    'port' in address &&
    typeof address.port === 'number'
  ) {
    return address.port
  }
  throw new Error('not listening on a port')
}

function report(message: ServerReport): void {
  process.send?.(message)
}
