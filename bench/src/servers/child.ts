import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Turns } from '../turns.ts'

/** How often the loop is looked at, once that is asked for: on an idle server a look costs more than a message. */
const TURN_MILLIS = 20
const turns = monitorEventLoopDelay({ resolution: TURN_MILLIS })

/** What a server says to the benchmark that started it, over the IPC channel. */
export type ServerReport =
  | { readonly type: 'ready'; readonly port: number }
  /** Bytes that are in use after the collection, buffers outside the heap among them. */
  | { readonly type: 'collected'; readonly used: number }
  | ({ readonly type: 'used' } & ServerUse)

/** What a server has used since it was started. */
export interface ServerUse {
  /** Seconds of CPU, user and system. */
  readonly cpu: number
  /** Seconds of its clock. */
  readonly at: number
  /** For how long its event loop was busy without a pause, since it was last asked; none unwatched. */
  readonly turns: Turns
}

/** The ports of a server that is reached in several ways. */
export interface LinePorts {
  readonly tcp: number
  /** WebSocket and HTTP tunnel. */
  readonly http: number
  /** Left out where nobody asks for it. */
  readonly udp?: number | undefined
  /** Clients of ElectroServer 3. */
  readonly electro?: number | undefined
}

/** Tells where the server listens and from then on collects garbage when asked to (needs --expose-gc). */
export function reportLines(ports: LinePorts): void {
  obey()
  process.send?.({ type: 'ready', ...ports })
}

/**
 * Tells where the server listens and from then on collects garbage when asked to (needs --expose-gc).
 * @param cpu  CPU seconds that it has used so far; left out, those of this process
 */
export function reportReady(port: number, cpu?: () => number): void {
  obey(cpu)
  report({ type: 'ready', port })
}

/** The server does what it is asked, and ends with the benchmark. */
function obey(cpu: () => number = ownCpu): void {
  process.on('message', message => {
    if (message === 'watch') turns.enable()
    if (message === 'use') report({ type: 'used', ...use(cpu) })
    if (message !== 'collect') return
    for (let i = 0; i < 3; i++) globalThis.gc?.()
    const { heapUsed, external } = process.memoryUsage()
    report({ type: 'collected', used: heapUsed + external })
  })
  process.on('disconnect', () => process.exit(0))
}

function ownCpu(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function use(cpu: () => number): ServerUse {
  const percentiles = [...turns.percentiles].map(
    ([percentile, nanos]) => [percentile, Math.max(0, nanos / 1e6 - TURN_MILLIS)] as const,
  )
  const seen = { count: turns.count, percentiles: turns.count === 0 ? [] : percentiles }
  turns.reset()
  return { cpu: cpu(), at: performance.now() / 1000, turns: seen }
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
