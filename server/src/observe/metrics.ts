import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { ExtensionMetrics } from '../extension/parts.ts'
import type { Counters } from './counters.ts'
import { countExtensions, extensionMetrics } from './extension-metrics.ts'
import type { ExtensionTallies } from './extension-tallies.ts'

/** How finely the delay of the event loop is measured: each look wakes an idle server. */
const LOOP_DELAY_MILLIS = 25

/** What the metrics read at the moment somebody asks. */
export interface MetricsSource {
  readonly counters: Counters
  readonly extensions: ExtensionTallies
  readonly bytes: {
    readonly bytesReceived: number
    readonly bytesSent: number
    readonly writes: number
    readonly policyRequests: number
  }
  readonly tunnels: {
    readonly size: number
    readonly stats: {
      readonly heldPolls: number
      readonly bytesReceived: number
      readonly bytesSent: number
    }
  }
  /** Requests with files that are under way. */
  readonly uploads: { readonly running: number }
  readonly sessions: Iterable<{ readonly state: string; readonly queuedBytes: number }>
  readonly zones: Iterable<{ readonly name: string; readonly userCount: number; readonly roomCount: number }>
}

/** The metrics of one server in the Prometheus text format; event-loop delay and memory come with the defaults. */
export class Metrics {
  readonly #registry = new Registry()

  constructor(source: MetricsSource) {
    const registers = [this.#registry]
    collectDefaultMetrics({
      register: this.#registry,
      prefix: 'warren_',
      eventLoopMonitoringPrecision: LOOP_DELAY_MILLIS,
    })

    const total = (name: string, help: string, read: () => number) =>
      new Counter({
        name,
        help,
        registers,
        collect() {
          this.reset()
          this.inc(read())
        },
      })
    total('warren_requests_total', 'Requests read from clients.', () => source.counters.requests)
    total(
      'warren_packets_queued_total',
      'Packets given to the queue of a session.',
      () => source.counters.packetsQueued,
    )
    total('warren_connections_total', 'Lines accepted.', () => source.counters.connections)
    total('warren_logins_total', 'Logins that succeeded.', () => source.counters.logins)
    total(
      'warren_sessions_resumed_total',
      'Sessions whose clients came back on a new line.',
      () => source.counters.resumed,
    )
    new Counter({
      name: 'warren_sessions_abandoned_total',
      help: 'Sessions kept for clients that did not come back, by why.',
      labelNames: ['why'],
      registers,
      collect() {
        this.reset()
        for (const [why, count] of source.counters.abandoned) this.inc({ why }, count)
      },
    })
    new Counter({
      name: 'warren_store_failures_total',
      help: 'Calls of the database that failed, by why.',
      labelNames: ['why'],
      registers,
      collect() {
        this.reset()
        for (const [why, count] of source.counters.storeFailures) this.inc({ why }, count)
      },
    })
    total('warren_faults_total', 'Errors that were no client’s fault.', () => source.counters.faults)
    total('warren_received_bytes_total', 'Bytes read from clients.', () => source.bytes.bytesReceived)
    total('warren_sent_bytes_total', 'Bytes written to clients.', () => source.bytes.bytesSent)

    total('warren_writes_total', 'Write calls to the kernel.', () => source.bytes.writes)
    total(
      'warren_policy_requests_total',
      'Lines on which Flash Player asked for the policy file.',
      () => source.bytes.policyRequests,
    )
    total('warren_uploads_total', 'Requests whose files were taken.', () => source.counters.uploads)
    total('warren_uploaded_files_total', 'Files taken from clients.', () => source.counters.uploadedFiles)
    total('warren_uploaded_bytes_total', 'Bytes of those files.', () => source.counters.uploadedBytes)

    const { tunnels } = source
    total(
      'warren_tunnel_received_bytes_total',
      'Bytes of bodies that clients sent into the HTTP tunnel.',
      () => tunnels.stats.bytesReceived,
    )
    total(
      'warren_tunnel_sent_bytes_total',
      'Bytes of bodies that polls of the HTTP tunnel were answered with.',
      () => tunnels.stats.bytesSent,
    )
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read())
        },
      })
    gauge('warren_tunnels', 'HTTP tunnels that are open.', () => tunnels.size)
    gauge(
      'warren_held_polls',
      'Polls of the HTTP tunnel that wait for something to answer.',
      () => tunnels.stats.heldPolls,
    )

    new Counter({
      name: 'warren_refusals_total',
      help: 'Lines and requests refused, by reason.',
      labelNames: ['reason'],
      registers,
      collect() {
        this.reset()
        for (const [reason, count] of source.counters.refusals) this.inc({ reason }, count)
      },
    })
    new Gauge({
      name: 'warren_sessions',
      help: 'Sessions by state.',
      labelNames: ['state'],
      registers,
      collect() {
        this.reset()
        for (const { state } of source.sessions) this.inc({ state })
      },
    })
    new Gauge({
      name: 'warren_uploads_running',
      help: 'Requests with files that are under way.',
      registers,
      collect() {
        this.set(source.uploads.running)
      },
    })
    new Gauge({
      name: 'warren_users',
      help: 'Users logged in, by zone.',
      labelNames: ['zone'],
      registers,
      collect() {
        for (const zone of source.zones) this.set({ zone: zone.name }, zone.userCount)
      },
    })
    new Gauge({
      name: 'warren_rooms',
      help: 'Rooms, by zone.',
      labelNames: ['zone'],
      registers,
      collect() {
        for (const zone of source.zones) this.set({ zone: zone.name }, zone.roomCount)
      },
    })
    new Gauge({
      name: 'warren_queued_bytes',
      help: 'Bytes that wait in the queues of all sessions.',
      registers,
      collect() {
        let total = 0
        for (const { queuedBytes } of source.sessions) total += queuedBytes
        this.set(total)
      },
    })
    new Gauge({
      name: 'warren_largest_queue_bytes',
      help: 'Bytes that wait in the longest queue of a session.',
      registers,
      collect() {
        let largest = 0
        for (const { queuedBytes } of source.sessions) largest = Math.max(largest, queuedBytes)
        this.set(largest)
      },
    })
    countExtensions(this.#registry, source.extensions)
  }

  /** The numbers of an extension, beside those of the server. */
  extension(name: string): ExtensionMetrics {
    return extensionMetrics(this.#registry, name)
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  /** The text that `/metrics` answers with. */
  render(): Promise<string> {
    return this.#registry.metrics()
  }
}
