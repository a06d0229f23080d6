import { isComplete } from '../generator/step.ts'
import { findRate } from '../load/find-rate.ts'
import type { Fleet } from '../load/fleet.ts'
import type { StepReport } from '../load/step-report.ts'
import type { PeerBed } from './peer-bed.ts'
import type { PeerOptions } from './peer-options.ts'

/** A figure that is measured of every server. */
export interface PeerFigure {
  readonly title: string
  readonly unit: string
  readonly digits: number
  /** Which way is better. */
  readonly better: 'more' | 'less'
}

/** What one work found out, by the keys of the figures; what could not be measured is left out. */
export type PeerValues = Readonly<Record<string, number>>

/** The same work for every server. */
export interface PeerWork {
  readonly key: string
  readonly title: string
  readonly figures: Readonly<Record<string, PeerFigure>>
  run(bed: PeerBed, options: PeerOptions, say: (text: string) => void): Promise<PeerValues>
}

const DRAIN = 3000
const MICROS = 1e6
/** Deliveries a second at which the CPU time is compared. */
const CPU_RATES = [10_000, 200_000] as const
/** Clients of the CPU figures. */
const CPU_CLIENTS = 100
/** Milliseconds of the 99th percentile within which chat counts as sustained, and a storm of logins. */
const CHAT_LIMIT = 50
const LOGIN_LIMIT = 1000

/** All works, in the order of the tables. */
export function peerWorks(options: PeerOptions): readonly PeerWork[] {
  return [...options.clients.map(sustainedChat), chatCpu, roundTrip, logins, memory]
}

function sustainedChat(clients: number): PeerWork {
  return {
    key: `chat-${clients}`,
    title: `sustained chat, ${clients} clients`,
    figures: {
      [`rate-${clients}`]: {
        title: `chat, ${clients} clients, sustained`,
        unit: 'deliveries/s',
        digits: 0,
        better: 'more',
      },
      [`half-${clients}`]: {
        title: `chat, ${clients} clients, p99 at half of that`,
        unit: 'ms',
        digits: 2,
        better: 'less',
      },
    },
    async run(bed, options, say) {
      return withFleet(await bed.muster('chat', clients), async fleet => {
        const start = bed.candidate.sweepFrom
        await warmUp(fleet, start / clients, options)
        const search = { receivers: clients, start, limit: CHAT_LIMIT, ...options.sweep, drain: DRAIN }
        const onTry = (rate: number) => {
          say(`${Math.round(rate).toLocaleString('en')} deliveries a second`)
          return {}
        }
        const { knee } = await findRate(fleet, { ...search, highest: 5_000_000, onTry })
        const { sustained } = knee
        if (sustained === undefined) return {}
        const half = await fixed(fleet, sustained.rate / 2 / clients, options)
        return { [`rate-${clients}`]: sustained.rate, ...valueIf(half, `half-${clients}`, p99Of(half)) }
      })
    },
  }
}

const chatCpu: PeerWork = {
  key: 'cpu',
  title: 'CPU a delivery',
  figures: Object.fromEntries(
    CPU_RATES.map(rate => [
      `cpu-${rate}`,
      {
        title: `CPU a delivery, ${CPU_CLIENTS} clients, ${rate.toLocaleString('en')} deliveries/s`,
        unit: 'us',
        digits: 2,
        better: 'less' as const,
      },
    ]),
  ),
  async run(bed, options, say) {
    return withFleet(await bed.muster('chat', CPU_CLIENTS), async fleet => {
      await warmUp(fleet, bed.candidate.sweepFrom / CPU_CLIENTS, options)
      const values: Record<string, number> = {}
      for (const rate of CPU_RATES) {
        say(`${rate.toLocaleString('en')} deliveries a second`)
        const step = await fixed(fleet, rate / CPU_CLIENTS, options)
        Object.assign(values, valueIf(step, `cpu-${rate}`, step.cpuPerDelivery ?? Number.NaN))
      }
      return values
    })
  },
}

/** One client alone in its room hears itself. */
const roundTrip: PeerWork = {
  key: 'trip',
  title: 'round trip on an idle server',
  figures: {
    'trip-p50': { title: 'round trip of one message, idle, p50', unit: 'us', digits: 0, better: 'less' },
  },
  async run(bed, options) {
    return withFleet(await bed.muster('chat', 1), async fleet => {
      await warmUp(fleet, 200, options)
      const step = await fixed(fleet, 100, options)
      return valueIf(step, 'trip-p50', step.latency.p50)
    })
  },
}

const logins: PeerWork = {
  key: 'logins',
  title: 'storm of logins',
  figures: {
    logins: { title: 'full connects and logins, sustained', unit: '/s', digits: 0, better: 'more' },
  },
  async run(bed, options, say) {
    return withFleet(await bed.muster('login-storm', 1), async fleet => {
      await warmUp(fleet, 300, options)
      const search = { receivers: 1, start: 500, limit: LOGIN_LIMIT, ...options.sweep, drain: DRAIN }
      const onTry = (rate: number) => {
        say(`${Math.round(rate).toLocaleString('en')} logins a second`)
        return {}
      }
      const { knee } = await findRate(fleet, { ...search, highest: 30_000, onTry })
      return knee.sustained === undefined ? {} : { logins: knee.sustained.rate }
    })
  },
}

const memory: PeerWork = {
  key: 'memory',
  title: 'idle sessions',
  figures: {
    session: { title: 'resident memory of an idle session', unit: 'KiB', digits: 1, better: 'less' },
  },
  async run(bed, { sessions }) {
    const before = await bed.resident()
    return withFleet(await bed.muster('idle', sessions), async () => ({
      session: ((await bed.resident()) - before) / sessions / 1024,
    }))
  },
}

async function withFleet(fleet: Fleet, work: (fleet: Fleet) => Promise<PeerValues>): Promise<PeerValues> {
  try {
    return await work(fleet)
  } finally {
    await fleet.close()
  }
}

async function warmUp(fleet: Fleet, messagesPerSecond: number, options: PeerOptions): Promise<void> {
  await fleet.step({ messagesPerSecond, warmUp: 0, measure: options.warmUp, drain: DRAIN })
}

function fixed(fleet: Fleet, messagesPerSecond: number, options: PeerOptions): Promise<StepReport> {
  return fleet.step({ messagesPerSecond, warmUp: 400, measure: options.measure, drain: DRAIN })
}

function p99Of({ latency }: StepReport): number {
  return (latency.p99 / MICROS) * 1000
}

/** A figure counts only where everything came once and in order. */
function valueIf(step: StepReport, key: string, value: number): PeerValues {
  return isComplete(step) && Number.isFinite(value) ? { [key]: value } : {}
}
