import type { Dialect, Member } from './dialect.ts'
import { type FrameSink, maskFrame } from './framing.ts'
import { Histogram } from './histogram.ts'
import { DeliveryLedger } from './ledger.ts'
import type { Line } from './line.ts'
import {
  blankPayload,
  findMarker,
  MARKER_0,
  MARKER_1,
  readSender,
  readSequence,
  readTime,
  stampPayload,
  TIME_MASK,
} from './payload.ts'
import { startPolling } from './polling.ts'
import type { StepPlan, StepResult } from './step.ts'

/** Seconds of deliveries under way at which a step is given up: the server is far behind by then. */
const HOPELESS_SECONDS = 0.6
const LOOK_MILLIS = 2
/** Microseconds since the process started. */
const now = () => Math.floor(performance.now() * 1000)

/** Reads the CPU seconds used so far. */
export interface CpuMeter {
  readonly server: () => number
  /** All processes together. */
  readonly machine: () => number
}

/**
 * The members of one room, who all chat and all listen. Messages are due at fixed times, whatever the server does
 * (open loop), and bear the time they were due: a late send counts as latency (no coordinated omission).
 */
export class Crowd {
  readonly #lines: readonly Line[]
  readonly #dialect: Dialect
  readonly #cpu: CpuMeter
  readonly #ledger: DeliveryLedger
  readonly #latencies = new Histogram()
  readonly #frame: Uint8Array
  readonly #payloadAt: number
  readonly #webSocket: boolean
  /** Where the payload starts in a received frame: found in the first one, checked in each. */
  #offset = 0
  #closed: string[] = []
  #received = 0
  /** Time of the chunk being read. */
  #now = 0
  #start = 0
  #end = 0
  #interval = 0
  #messages = 0
  #due = Number.POSITIVE_INFINITY
  #measureFrom = 0
  #hopeless = Number.POSITIVE_INFINITY
  #aborted = false

  constructor(members: readonly Member[], dialect: Dialect, cpu: CpuMeter) {
    this.#lines = members.map(member => member.line)
    this.#dialect = dialect
    this.#cpu = cpu
    this.#ledger = new DeliveryLedger(members.length, members.length)
    this.#webSocket = members[0]?.line.isWebSocket ?? false
    this.#frame = dialect.messageFrame(blankPayload(), this.#webSocket)
    this.#payloadAt = findMarker(this.#frame, 0, this.#frame.length)
    for (const [index, line] of this.#lines.entries()) this.#listen(line, index)
  }

  /** Deliveries so far in this step. */
  get delivered(): number {
    return this.#ledger.delivered
  }

  /** Loads the room as planned and books what arrives. */
  async run(plan: StepPlan): Promise<StepResult> {
    this.#begin(plan)
    const stopPolling = startPolling(() => this.#pump(now()))
    let before = this.#snapshot()
    let after = before
    await until(() => now() >= this.#measureFrom || this.#over())
    before = this.#snapshot()
    await until(() => now() >= this.#end || this.#over())
    after = this.#snapshot()
    await until(() => this.#due === Number.POSITIVE_INFINITY || this.#over())
    this.#due = Number.POSITIVE_INFINITY
    await this.#drained(plan.drain)
    await new Promise(resolve => setTimeout(resolve, 20))
    stopPolling()
    const serverCpu = after.server - before.server
    const generatorCpu = after.generator - before.generator
    return {
      plan,
      clients: this.#lines.length,
      count: this.#ledger.settle(this.#lines.length),
      aborted: this.#aborted,
      closed: this.#closed,
      latency: {
        p50: this.#latencies.percentile(0.5),
        p90: this.#latencies.percentile(0.9),
        p99: this.#latencies.percentile(0.99),
        max: this.#latencies.max,
      },
      measured: {
        seconds: (after.time - before.time) / 1e6,
        deliveries: after.received - before.received,
        serverCpu,
        generatorCpu,
        otherCpu: Math.max(0, after.machine - before.machine - serverCpu - generatorCpu),
      },
    }
  }

  /** Waits for what is under way. Silence is counted in looks at the sockets, so that a stalled machine loses nothing. */
  async #drained(silence: number): Promise<void> {
    const expected = this.#ledger.sent * this.#lines.length
    let last = -1
    let quietLooks = 0
    await until(() => {
      const { delivered } = this.#ledger
      quietLooks = delivered === last ? quietLooks + 1 : 0
      last = delivered
      return delivered >= expected || quietLooks * LOOK_MILLIS > silence || this.#closed.length > 0
    })
  }

  #begin(plan: StepPlan): void {
    this.#latencies.clear()
    this.#aborted = false
    this.#messages = 0
    this.#interval = 1e6 / plan.messagesPerSecond
    this.#start = now() + 2000
    this.#measureFrom = this.#start + plan.warmUp * 1000
    this.#end = this.#measureFrom + plan.measure * 1000
    this.#hopeless = Math.max(
      plan.messagesPerSecond * HOPELESS_SECONDS * this.#lines.length,
      20 * this.#lines.length,
    )
    this.#due = this.#start
  }

  #over(): boolean {
    return this.#aborted || this.#closed.length > 0
  }

  #snapshot() {
    const { user, system } = process.cpuUsage()
    return {
      time: now(),
      received: this.#received,
      server: this.#cpu.server(),
      machine: this.#cpu.machine(),
      generator: (user + system) / 1e6,
    }
  }

  #listen(line: Line, index: number): void {
    line.sink = new Receiver(this, line, index)
    line.onClose = reason => this.#closed.push(reason)
    line.onChunk = () => {
      this.#now = now()
      if (this.#now >= this.#due) this.#pump(this.#now)
    }
  }

  /** Books a frame that a member was sent. */
  receive(line: Line, index: number, bytes: Uint8Array, start: number, end: number): void {
    let at = start + this.#offset
    if (bytes[at] !== MARKER_0 || bytes[at + 1] !== MARKER_1 || at + 2 > end) {
      at = findMarker(bytes, start, end)
      if (at < 0) {
        this.#dialect.other(line, bytes, start, end)
        return
      }
      this.#offset = at - start
    }
    this.#received++
    this.#ledger.record(index, readSender(bytes, at), readSequence(bytes, at))
    const due = readTime(bytes, at)
    if (((due - this.#measureFrom) & TIME_MASK) < TIME_MASK >>> 1) {
      this.#latencies.record((this.#now - due) & TIME_MASK)
    }
  }

  /** Sends every message that is due. */
  #pump(time: number): void {
    while (this.#due <= time) {
      if (this.#due >= this.#end) {
        this.#due = Number.POSITIVE_INFINITY
        return
      }
      const under = this.#ledger.sent * this.#lines.length - this.#ledger.delivered
      if (under > this.#hopeless) {
        this.#aborted = true
        this.#due = Number.POSITIVE_INFINITY
        return
      }
      this.#send(this.#messages % this.#lines.length, this.#due)
      this.#messages++
      this.#due = this.#start + this.#messages * this.#interval
    }
  }

  #send(sender: number, due: number): void {
    const frame = Buffer.allocUnsafe(this.#frame.length)
    frame.set(this.#frame)
    stampPayload(frame, this.#payloadAt, sender, this.#ledger.send(sender), Math.floor(due) & TIME_MASK)
    if (this.#webSocket) maskFrame(frame)
    this.#lines[sender]?.write(frame)
  }
}

class Receiver implements FrameSink {
  readonly #crowd: Crowd
  readonly #line: Line
  readonly #index: number

  constructor(crowd: Crowd, line: Line, index: number) {
    this.#crowd = crowd
    this.#line = line
    this.#index = index
  }

  frame(bytes: Uint8Array, start: number, end: number): void {
    this.#crowd.receive(this.#line, this.#index, bytes, start, end)
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
