import type { Target } from '../target/target.ts'

/** How often our own server refused something, by reason, as its metrics tell. */
export async function refusals(target: Target): Promise<ReadonlyMap<string, number>> {
  const counts = (await metrics(target)).matchAll(/^warren_refusals_total\{reason="([^"]+)"\} (\d+)$/gm)
  return new Map(Array.from(counts, ([, reason = '', count]) => [reason, Number(count)]))
}

/** The value of a metric without labels of our own server. */
export async function metric(target: Target, name: string): Promise<number> {
  const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(await metrics(target))?.[1]
  if (value === undefined) throw new Error(`There is no metric ${name}`)
  return Number(value)
}

async function metrics(target: Target): Promise<string> {
  const response = await fetch(`http://${target.http.host}:${target.http.port}/metrics`)
  if (!response.ok) throw new Error(`The metrics answered ${response.status}`)
  return await response.text()
}
