/** What the metrics of a server say; NaN where they do not. */
export interface MetricsUse {
  /** CPU seconds. */
  readonly cpu: number
  /** Bytes. */
  readonly resident: number
  /** Milliseconds. */
  readonly loopDelay: number
}

/**
 * Reads metrics in the Prometheus text format, as `prom-client` writes them, whatever prefix their names have.
 *
 * @example
 * readMetrics('warren_process_cpu_seconds_total 1.5').cpu // 1.5
 */
export function readMetrics(text: string): MetricsUse {
  return {
    cpu: metricOf(text, 'process_cpu_seconds_total'),
    resident: metricOf(text, 'process_resident_memory_bytes'),
    loopDelay: metricOf(text, 'nodejs_eventloop_lag_p99_seconds') * 1000,
  }
}

function metricOf(text: string, name: string): number {
  for (const line of text.split('\n')) {
    const [key = '', value] = line.trim().split(/\s+/)
    if (key === name || key.endsWith(`_${name}`)) return Number(value)
  }
  return Number.NaN
}
