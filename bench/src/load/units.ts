import { fixed } from '../table.ts'

/** Microseconds in the unit that reads best. */
export function duration(micros: number | null): string {
  if (micros === null || !Number.isFinite(micros)) return '–'
  if (micros < 1000) return `${Math.round(micros)} us`
  if (micros < 1e6) return `${fixed(micros / 1000, micros < 10_000 ? 2 : 1)} ms`
  return `${fixed(micros / 1e6, 2)} s`
}

/** Bytes in the unit that reads best. */
export function size(bytes: number | null): string {
  if (bytes === null || !Number.isFinite(bytes)) return '–'
  if (bytes < 1024) return `${Math.round(bytes)} B`
  if (bytes < 1024 ** 2) return `${fixed(bytes / 1024, 1)} KiB`
  return `${fixed(bytes / 1024 ** 2, 1)} MiB`
}

/** The same for axes, where numbers are round. */
export function shortDuration(micros: number): string {
  if (micros < 1000) return `${Math.round(micros)} us`
  return micros < 1e6 ? `${rounded(micros / 1000)} ms` : `${rounded(micros / 1e6)} s`
}

function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
