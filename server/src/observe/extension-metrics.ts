import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { ExtensionMetrics } from '../extension/parts.ts'
import type { ExtensionTallies } from './extension-tallies.ts'

const NAME = /^[a-z][a-z0-9_]*$/

/** The numbers of one extension, in the registry of the server. */
export function extensionMetrics(registry: Registry, extension: string): ExtensionMetrics {
  const registers = [registry]
  const prefix = `warren_extension_${extension.toLowerCase().replace(/[^a-z0-9]+/g, '_')}_`
  const full = (name: string) => {
    if (!NAME.test(name))
      throw new TypeError(`A metric is called in lower case with underscores, not "${name}"`)
    return prefix + name
  }
  // Rooms and reloads ask for the same number again.
  const known = <T>(name: string, kind: new (...args: never[]) => T, make: () => T): T => {
    const found = registry.getSingleMetric(name)
    if (found === undefined) return make()
    if (found instanceof kind) return found
    throw new TypeError(`The metric ${name} is of another kind already`)
  }
  return {
    counter(name, help) {
      const metric = known(full(name), Counter, () => new Counter({ name: full(name), help, registers }))
      return { add: by => metric.inc(by) }
    },
    gauge(name, help) {
      const metric = known(full(name), Gauge, () => new Gauge({ name: full(name), help, registers }))
      return { set: value => metric.set(value) }
    },
    histogram(name, help, buckets) {
      const metric = known(
        full(name),
        Histogram,
        () =>
          new Histogram({
            name: full(name),
            help,
            registers,
            ...(buckets === undefined ? {} : { buckets: [...buckets] }),
          }),
      )
      return { observe: value => metric.observe(value) }
    },
  }
}

/** What the server itself counts of extensions. */
export function countExtensions(registry: Registry, tallies: ExtensionTallies): void {
  const registers = [registry]
  const labelNames = ['extension'] as const
  new Counter({
    name: 'warren_extension_runs_total',
    help: 'Handlers of extensions that ran.',
    labelNames,
    registers,
    collect() {
      this.reset()
      for (const [extension, { runs }] of tallies) this.inc({ extension }, runs)
    },
  })
  new Counter({
    name: 'warren_extension_busy_seconds_total',
    help: 'How long handlers of extensions held the server.',
    labelNames,
    registers,
    collect() {
      this.reset()
      for (const [extension, { busyMillis }] of tallies) this.inc({ extension }, busyMillis / 1000)
    },
  })
  new Counter({
    name: 'warren_extension_faults_total',
    help: 'What went wrong in extensions, by kind: error, timeout, slow, memory, stopped.',
    labelNames: ['extension', 'kind'],
    registers,
    collect() {
      this.reset()
      for (const [extension, { faults }] of tallies) {
        for (const [kind, count] of faults) this.inc({ extension, kind }, count)
      }
    },
  })
}
