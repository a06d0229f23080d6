import { machineMicros } from '../generator/clock.ts'
import { Histogram } from '../generator/histogram.ts'
import { startPolling } from '../generator/polling.ts'
import { StepMeter } from '../generator/step-meter.ts'
import { CrowdBook } from './crowd-book.ts'
import type { WalkPlan, WalkResult, WalkTarget } from './protocol.ts'
import type { SightBook } from './sight-book.ts'
import { SightLedger } from './sight-ledger.ts'
import type { WalkDialect, WalkUser } from './walk-dialect.ts'
import { Walkers } from './walkers.ts'
import { MOVES_PER_SECOND, UPDATE_MILLIS } from './world.ts'

/** Users a second who are put on the map at first. */
const PLACED_PER_SECOND = 2500
/** Moves a second of all together before measuring, at least: few users would take long to have the code compiled. */
const LEAST_WARM_UP_RATE = 5000
/** Milliseconds that everything may take to be told, once all stand still. */
const DRAIN = 4000
const LOOK_MILLIS = 20
const QUARTERS = 4
const now = machineMicros

/** What a walk tells while it goes on. */
export interface WalkNews {
  /** The measured time begins or ends. */
  readonly edge: (isStart: boolean) => void
}

/**
 * Users on one map who walk and hear of each other. Moves are due at fixed times, spread evenly, whatever the server
 * does (open loop); delays count from when a move was due.
 */
export class WalkingCrowd {
  /** The measured part, for those who watch it. */
  readonly meter = new StepMeter(now)
  readonly #users: readonly WalkUser[]
  readonly #dialect: WalkDialect
  readonly #walkers: Walkers
  readonly #book: SightBook
  readonly #indexOf = new Map<number, number>()
  readonly #delays = new Histogram()
  readonly #byQuarter = Array.from({ length: QUARTERS }, () => new Histogram())
  readonly #late = new Histogram()
  readonly #closed: string[] = []
  #isMeasuring = false
  #quarter = 0
  #told = 0
  #moves = 0
  #bytesSent = 0
  #bytesReceived = 0
  #frames = 0
  /** Time of the chunk being read. */
  #now = 0

  constructor(
    users: readonly WalkUser[],
    dialect: WalkDialect,
    { world, maxVisible }: Pick<WalkTarget, 'world' | 'maxVisible'>,
  ) {
    this.#users = users
    this.#dialect = dialect
    this.#walkers = new Walkers(world)
    this.#book =
      maxVisible > 0
        ? new CrowdBook(world.users, maxVisible)
        : new SightLedger(world.users, delay => this.#record(delay))
    for (const [index, user] of users.entries()) this.#listen(user, index)
  }

  /** Users who were told of somebody, so far. */
  get told(): number {
    return this.#told
  }

  get moves(): number {
    return this.#moves
  }

  async walk({ warmUp, measure }: WalkPlan, news: WalkNews): Promise<WalkResult> {
    await this.#send(this.#users.length, 1e6 / PLACED_PER_SECOND, () => {})
    const interval = 1e6 / MOVES_PER_SECOND / this.#users.length
    const take = (user: number) => this.#walkers.walk(user)
    const hurry = Math.min(interval, 1e6 / LEAST_WARM_UP_RATE)
    await this.#send(Math.round((warmUp * 1000) / hurry), hurry, take)
    const before = this.#begin(news, measure)
    for (this.#quarter = 0; this.#quarter < QUARTERS; this.#quarter++) {
      await this.#send(Math.round((measure * 1000) / QUARTERS / interval), interval, take)
    }
    const after = this.#end(news)
    const { inView } = this.#book
    await this.#drain()
    return {
      inView,
      count: this.#dialect.tells ? this.#book.settle() : undefined,
      delay: this.#delaysSeen(),
      drift: this.#medianOf(QUARTERS - 1) - this.#medianOf(0),
      late: this.#late.percentile(0.99),
      closed: this.#closed,
      ...usedBetween(before, after),
    }
  }

  #delaysSeen(): WalkResult['delay'] {
    const delays = this.#delays
    if (delays.total === 0) return undefined
    return { p50: delays.percentile(0.5), p99: delays.percentile(0.99), max: delays.max }
  }

  #medianOf(quarter: number): number {
    return this.#byQuarter[quarter]?.percentile(0.5) ?? 0
  }

  #begin(news: WalkNews, measure: number): Snapshot {
    news.edge(true)
    this.meter.begin({ from: now(), to: now() + measure * 1000 })
    this.#isMeasuring = true
    return this.#snapshot()
  }

  #end(news: WalkNews): Snapshot {
    news.edge(false)
    this.#isMeasuring = false
    return this.#snapshot()
  }

  #snapshot(): Snapshot {
    const { user, system } = process.cpuUsage()
    return {
      seconds: now() / 1e6,
      moves: this.#moves,
      told: this.#told,
      bytesSent: this.#bytesSent,
      bytesReceived: this.#bytesReceived,
      frames: this.#frames,
      generatorCpu: (user + system) / 1e6,
    }
  }

  #listen({ line, id }: WalkUser, index: number): void {
    this.#indexOf.set(id, index)
    const hear = (seen: number, isIn: boolean) => {
      this.#told++
      this.#book.tell(index, this.#indexOf.get(seen) ?? index, isIn, this.#now)
    }
    line.onClose = reason => this.#closed.push(reason)
    line.onChunk = bytes => {
      this.#now = now()
      this.#bytesReceived += bytes
    }
    line.sink = {
      frame: (bytes, start, end, kind) => {
        this.#frames++
        this.#dialect.read(bytes, start, end, kind, hear)
      },
    }
  }

  /** Sends so many steps, user after user, at an interval in microseconds. */
  #send(count: number, interval: number, take: (user: number) => void): Promise<void> {
    const start = now()
    let sent = 0
    return new Promise(resolve => {
      const stopPolling = startPolling(() => {
        const time = now()
        while (sent < count && start + sent * interval <= time) {
          this.#step(sent % this.#users.length, start + sent * interval, take)
          sent++
        }
        if (sent < count && this.#closed.length === 0) return
        stopPolling()
        resolve()
      })
    })
  }

  #step(user: number, due: number, take: (user: number) => void): void {
    take(user)
    const x = this.#walkers.x(user)
    const y = this.#walkers.y(user)
    const frame = this.#dialect.moveFrame(x, y)
    if (this.#dialect.tells) this.#book.place(user, x, y, due)
    if (this.#isMeasuring) {
      this.#late.record(now() - due)
      this.meter.send(due, now())
    }
    this.#moves++
    this.#bytesSent += frame.length
    this.#users[user]?.line.write(frame)
  }

  #record(delay: number): void {
    if (!this.#isMeasuring) return
    this.#delays.record(delay)
    this.meter.receive(this.#now - delay, this.#now)
    this.#byQuarter[this.#quarter]?.record(delay)
  }

  /** Waits until everybody has heard of everything, for two rounds at least: what is told twice must have its chance. */
  async #drain(): Promise<void> {
    const started = now()
    const stopPolling = startPolling(() => {})
    await until(() => {
      const millis = (now() - started) / 1000
      return millis > DRAIN || (millis > 2 * UPDATE_MILLIS && this.#book.open === 0)
    })
    stopPolling()
  }
}

/** What the generator has done so far. */
type Snapshot = Pick<
  WalkResult,
  'seconds' | 'moves' | 'told' | 'bytesSent' | 'bytesReceived' | 'frames' | 'generatorCpu'
>

function usedBetween(before: Snapshot, after: Snapshot): Snapshot {
  return {
    seconds: after.seconds - before.seconds,
    moves: after.moves - before.moves,
    told: after.told - before.told,
    bytesSent: after.bytesSent - before.bytesSent,
    bytesReceived: after.bytesReceived - before.bytesReceived,
    frames: after.frames - before.frames,
    generatorCpu: after.generatorCpu - before.generatorCpu,
  }
}

function until(met: () => boolean): Promise<void> {
  return new Promise(resolve => {
    const timer = setInterval(() => {
      if (!met()) return
      clearInterval(timer)
      resolve()
    }, LOOK_MILLIS)
  })
}
