import type { CallPlan, CallResult } from './call.ts'
import type { CpuMeter } from './crowd-step.ts'
import type { Dialect, Member } from './dialect.ts'
import { type FrameSink, maskFrame } from './framing.ts'
import { Histogram } from './histogram.ts'
import type { Line } from './line.ts'
import {
  blankPayload,
  findMarker,
  MARKER_0,
  MARKER_1,
  readSequence,
  readTime,
  stampPayload,
  TIME_MASK,
} from './payload.ts'
import { startPolling } from './polling.ts'

/** Milliseconds without an answer after which what is under way counts as lost. */
const PATIENCE = 1000
/** Microseconds since the process started. */
const now = () => Math.floor(performance.now() * 1000)
const pause = (millis: number) => new Promise<void>(resolve => setTimeout(resolve, millis))

/**
 * Clients who each keep so many calls under way (closed loop): an answer is followed by the next call. Answers have to
 * come once and in order. Calls of a client that become due in one turn of the loop leave in one write.
 */
export class Callers {
  readonly #members: readonly Member[]
  readonly #dialect: Dialect
  readonly #cpu: CpuMeter

  constructor(members: readonly Member[], dialect: Dialect, cpu: CpuMeter) {
    this.#members = members
    this.#dialect = dialect
    this.#cpu = cpu
  }

  async run(plan: CallPlan): Promise<CallResult> {
    const closed: string[] = []
    const latencies = new Histogram()
    const callers = this.#members.map(member => {
      member.line.onClose = reason => closed.push(reason)
      return new Caller(member, this.#dialect, plan, latencies)
    })
    const stopPolling = startPolling(() => {
      for (const caller of callers) caller.flush()
    })
    for (const caller of callers) caller.start()
    await pause(plan.warmUp)
    latencies.clear()
    const before = this.#snapshot(callers)
    await pause(plan.measure)
    const after = this.#snapshot(callers)
    const latency = { p50: latencies.percentile(0.5), p99: latencies.percentile(0.99) }
    for (const caller of callers) caller.stop()
    const deadline = now() + PATIENCE * 1000
    while (callers.some(caller => caller.underWay > 0) && now() < deadline) await pause(2)
    stopPolling()
    const serverCpu = after.server - before.server
    const generatorCpu = after.generator - before.generator
    return {
      plan,
      clients: callers.length,
      bytes: callers[0]?.bytes ?? 0,
      faults: sum(callers.map(caller => caller.faults)),
      lost: sum(callers.map(caller => Math.max(0, caller.underWay))),
      closed,
      latency,
      measured: {
        seconds: (after.time - before.time) / 1e6,
        calls: after.answers - before.answers,
        serverCpu,
        generatorCpu,
        otherCpu: Math.max(0, after.machine - before.machine - serverCpu - generatorCpu),
      },
    }
  }

  #snapshot(callers: readonly Caller[]) {
    const { user, system } = process.cpuUsage()
    return {
      time: now(),
      answers: sum(callers.map(caller => caller.answers)),
      server: this.#cpu.server(),
      machine: this.#cpu.machine(),
      generator: (user + system) / 1e6,
    }
  }
}

class Caller implements FrameSink {
  answers = 0
  faults = 0
  bytes = 0
  readonly #line: Line
  readonly #latencies: Histogram
  readonly #depth: number
  readonly #frame: Uint8Array
  readonly #payloadAt: number
  #sent = 0
  /** Calls that are due. */
  #due = 0
  #stopped = false

  constructor({ line }: Member, dialect: Dialect, { call, depth }: CallPlan, latencies: Histogram) {
    if (dialect.callFrame === undefined) throw new Error('calls are not known to this kind of server')
    this.#line = line
    this.#latencies = latencies
    this.#depth = depth
    this.#frame = dialect.callFrame(line, call, blankPayload(), line.isWebSocket)
    this.#payloadAt = findMarker(this.#frame, 0, this.#frame.length)
    line.onChunk = () => {}
    line.sink = this
  }

  get underWay(): number {
    return this.#sent - this.answers
  }

  start(): void {
    this.#due = this.#depth
  }

  stop(): void {
    this.#stopped = true
    this.#due = 0
  }

  frame(bytes: Uint8Array, start: number, end: number): void {
    const at = findMarker(bytes, start, end)
    if (at < 0 || bytes[at] !== MARKER_0 || bytes[at + 1] !== MARKER_1) return
    if (readSequence(bytes, at) !== (this.answers & TIME_MASK)) this.faults++
    this.#latencies.record((now() - readTime(bytes, at)) & TIME_MASK)
    this.answers++
    this.bytes = end - start + this.#frame.length
    if (!this.#stopped) this.#due++
  }

  /** Sends the calls that are due. */
  flush(): void {
    if (this.#due === 0) return
    const { length } = this.#frame
    const time = now() & TIME_MASK
    const bytes = Buffer.allocUnsafe(length * this.#due)
    for (let at = 0; at < bytes.length; at += length) {
      const frame = bytes.subarray(at, at + length)
      frame.set(this.#frame)
      stampPayload(frame, this.#payloadAt, 0, this.#sent++ & TIME_MASK, time)
      if (this.#line.isWebSocket) maskFrame(frame)
    }
    this.#due = 0
    this.#line.write(bytes)
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
