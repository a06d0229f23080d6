import type { ServerApi } from '../api/server-api.ts'
import type { Clock, Scheduler } from '../clock.ts'
import type { DataStores } from './data-store.ts'

/** Writes to the server's log. */
export interface ExtensionLog {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void
  info(message: string, fields?: Readonly<Record<string, unknown>>): void
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void
  error(message: string, fields?: Readonly<Record<string, unknown>>): void
}

/** A number that only grows. */
export interface ExtensionCounter {
  /** @param by  1 when left out; must not be negative */
  add(by?: number): void
}

/** A number that is what it was last set to. */
export interface ExtensionGauge {
  set(value: number): void
}

/** Counts how often values of a kind occur. */
export interface ExtensionHistogram {
  observe(value: number): void
}

/**
 * Numbers of an extension. A name is lower case with underscores; asking for it again gives the same number, so
 * that all rooms of an extension count together, before and after a reload.
 */
export interface ExtensionMetrics {
  counter(name: string, help: string): ExtensionCounter
  gauge(name: string, help: string): ExtensionGauge
  /** @param buckets  upper bounds, growing */
  histogram(name: string, help: string, buckets?: readonly number[]): ExtensionHistogram
}

/** What is too much for an extension. */
export interface ExtensionLimits {
  /** A handler that holds the server longer is reported, in milliseconds. */
  readonly slowHandlerMillis: number
  /** A handler that waits longer is given up, in seconds. */
  readonly handlerTimeoutSeconds: number
  /** A handler after which the server holds so much more memory is reported, in bytes. */
  readonly memoryGrowthBytes: number
  /** After so many faults within `faultWindowSeconds` an extension is stopped; 0 never stops one. */
  readonly maxFaults: number
  readonly faultWindowSeconds: number
}

/** What went wrong in an extension. */
export type FaultKind = 'error' | 'timeout' | 'slow' | 'memory' | 'stopped'

/** What all instances of an extension did, for the metrics. */
export interface ExtensionTally {
  /** Handlers that ran. */
  runs: number
  /** What they held the server for, in milliseconds. */
  busyMillis: number
  readonly faults: Map<FaultKind, number>
}

/** What an extension is told by and tells to the server around it. */
export interface ExtensionParts {
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly api: ServerApi
  readonly data: DataStores
  readonly limits: ExtensionLimits
  log(extension: string): ExtensionLog
  metrics(extension: string): ExtensionMetrics
  /** Where the runs and faults of an extension are counted. */
  tally(extension: string): ExtensionTally
  /** Bytes of memory in use. */
  heapBytes(): number
  /** Runs work of an extension where somebody outside sees what runs, and whose work it started. */
  runAs<T>(extension: string, what: string, work: () => T): T
}

/** Counts a fault. */
export function countFault(tally: ExtensionTally, kind: FaultKind): void {
  tally.faults.set(kind, (tally.faults.get(kind) ?? 0) + 1)
}
