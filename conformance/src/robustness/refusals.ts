import type { Target } from '../target/target.ts'

/** How often our own server refused something, by reason, as its metrics tell. */
export async function refusals(target: Target): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`http://${target.http.host}:${target.http.port}/metrics`)
  if (!response.ok) throw new Error(`The metrics answered ${response.status}`)
  const counts = (await response.text()).matchAll(/^warren_refusals_total\{reason="([^"]+)"\} (\d+)$/gm)
  return new Map(Array.from(counts, ([, reason = '', count]) => [reason, Number(count)]))
}
