import { machineMicros } from '../generator/clock.ts'
import { cpuSeconds, residentBytes } from '../proc.ts'
import { readMetrics } from './metrics-text.ts'

/** What a server has used up to a moment; NaN where that cannot be read. */
export interface ServerUse {
  /** Microseconds of the shared clock. */
  readonly at: number
  /** CPU seconds, user and system, since it was started. */
  readonly cpu: number
  /** Bytes of resident memory. */
  readonly resident: number
  /** Milliseconds: the 99th percentile of the event loop's delay. */
  readonly loopDelay: number
}

/** Looks at a server from outside. */
export type ServerWatch = () => Promise<ServerUse>

/** Milliseconds that a server has to answer with its metrics. */
const PATIENCE = 2000

const unknown = (): ServerUse => ({
  at: machineMicros(),
  cpu: Number.NaN,
  resident: Number.NaN,
  loopDelay: Number.NaN,
})

/**
 * Reads a process by its id, or a server's `/metrics`, or both: the process then says CPU and memory, and the metrics
 * what only they know. With neither, nothing is known.
 */
export function watchServer(source: {
  readonly pid?: number | undefined
  readonly metrics?: string | undefined
}): ServerWatch {
  const { pid, metrics } = source
  return async () => {
    const told = metrics === undefined ? unknown() : await fetchUse(metrics)
    if (pid === undefined) return told
    try {
      return {
        at: machineMicros(),
        cpu: cpuSeconds(pid),
        resident: residentBytes(pid),
        loopDelay: told.loopDelay,
      }
    } catch {
      return told
    }
  }
}

async function fetchUse(url: string): Promise<ServerUse> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) })
    return { at: machineMicros(), ...readMetrics(await response.text()) }
  } catch {
    return unknown()
  }
}
