import { inRequestOrder } from './bursts.ts'
import { compareObjects, type Mismatch } from './compare.ts'
import type { Occurrence } from './differences.ts'
import { compareEnvelopes } from './envelopes.ts'
import type { Identities } from './identities.ts'
import { eventShapes } from './shapes.ts'
import type { Packet, Step } from './trace.ts'
import type { TypedObject } from './typed.ts'

type EventStep = Extract<Step, { kind: 'event' }>

/** A packet that this server sent. */
export interface Received {
  /** Milliseconds of the virtual clock since the recording's begin. */
  readonly at: number
  /** Whether a timer sent it, rather than something that a client did at this moment. */
  readonly byTimer: boolean
  readonly flags: number
  /** Bytes of the body as it travelled. */
  readonly length: number
  readonly controller: number
  readonly action: number
  readonly params: TypedObject
}

/** How far the time of an event may be from the recorded one, in milliseconds. */
export interface Timing {
  /** The recorded server was on a busy host: this much sooner is the same. */
  readonly sooner: number
  /** Events that only timers send, by action; they may be this much off either way. */
  readonly timers: ReadonlySet<number>
  readonly timerTolerance: number
}

/** Something in which the runs disagree without a declaration. */
export interface Problem {
  readonly step: number
  readonly client: string
  readonly text: string
}

/** The recorder wrote down its own doings up to this late, in milliseconds. */
const NOTICED = 5
/** How many recorded events may be passed over to find the one that an unexpected event belongs to. */
const LOOK_AHEAD = 8
/** One cause sends these for several rooms, which the stock server has in the order of hashes. */
const ANY_ORDER: ReadonlySet<number> = new Set([1003])

/** What one client is expected to get, in order, and what it got. */
export class Receiver {
  readonly client: string
  readonly problems: Problem[] = []
  readonly used = new Set<Occurrence>()
  matched = 0
  /** Events that came while the recorder was hanging up, and that it may have been too late to see. */
  late = 0
  readonly #expected: EventStep[]
  readonly #differences: readonly Occurrence[]
  readonly #ids: Identities
  readonly #timing: Timing
  /** Expected events that a declaration puts in another order. */
  readonly #moved: ReadonlyMap<EventStep, Occurrence>

  constructor(
    client: string,
    expected: readonly EventStep[],
    differences: readonly Occurrence[],
    ids: Identities,
    timing: Timing,
  ) {
    this.client = client
    const { events, moved } = inRequestOrder(expected, differences)
    this.#expected = [...events]
    this.#moved = moved
    this.#differences = differences
    this.#ids = ids
    this.#timing = timing
  }

  /**
   * Takes an event in the order of arrival.
   * @param cause  the step being carried out
   * @param hangingUp  the recorder was closing its lines, so what it did not see is no difference
   */
  take(received: Received, cause: number, hangingUp: boolean): void {
    // A declared extra event names its step, so it goes before a recorded one that looks the same.
    if (this.#takeExtra(received, cause)) return
    this.#bringForward(received)
    const next = this.#next()
    const mismatch = this.#compare(next, received)
    if (mismatch === undefined) this.#match(next, received)
    else if (hangingUp) this.late++
    else if (!this.#resync(next, received)) this.#unexpected(received, cause, mismatch)
  }

  /** The recording is over: what has not come is missing. */
  finish(): void {
    this.#passOver(this.#expected.length)
  }

  /** Among expected events of any order the one that came is the next. */
  #bringForward(received: Received): void {
    if (!ANY_ORDER.has(received.action)) return
    const next = this.#next()
    for (let index = next; index < this.#expected.length; index++) {
      if (this.#expected[index]?.packet.action !== received.action) return
      if (this.#compare(index, received) !== undefined) continue
      this.#expected.splice(next, 0, ...this.#expected.splice(index, 1))
      return
    }
  }

  /** The first expected event that no declaration calls missing. */
  #next(): number {
    const index = this.#expected.findIndex(step => this.#declared('missing', step) === undefined)
    return index === -1 ? this.#expected.length : index
  }

  #declared<K extends Occurrence['kind']>(
    kind: K,
    step: EventStep,
  ): Extract<Occurrence, { kind: K }> | undefined {
    return this.#differences.find(
      (one): one is Extract<Occurrence, { kind: K }> => one.kind === kind && one.step === step.index,
    )
  }

  #compare(index: number, received: Received): Mismatch | undefined {
    const step = this.#expected[index]
    if (step === undefined) return { path: '', recorded: 'nothing', actual: received.params }
    if (step.packet.isCut === true) return undefined
    const { controller, action, params } = step.packet
    if (action !== received.action || controller !== received.controller) {
      return { path: 'a', recorded: action, actual: received.action }
    }
    const envelope = compareEnvelopes(step, received, this.#differences)
    if (envelope.mismatch !== undefined) return envelope.mismatch
    const changed = this.#declared('changed', step)
    const recorded = changed === undefined ? params : { ...params, ...changed.params(params) }
    const mismatch = compareObjects(recorded, received.params, eventShapes(step.packet), this.#ids)
    if (mismatch !== undefined) return mismatch
    if (changed !== undefined) this.used.add(changed)
    for (const one of envelope.shown) this.used.add(one)
    return undefined
  }

  #match(index: number, received: Received): void {
    this.#passOver(index)
    const step = this.#expected.shift()
    if (step === undefined) return
    this.matched++
    const moved = this.#moved.get(step)
    if (moved !== undefined) this.used.add(moved)
    this.#checkTime(step, received)
  }

  /** Drops the first events: those that a declaration calls missing, and those that are. */
  #passOver(count: number): void {
    for (const step of this.#expected.splice(0, count)) {
      const declared = this.#declared('missing', step)
      if (declared === undefined) this.#problem(step.index, `${describe(step.packet)} did not come`)
      else this.used.add(declared)
    }
  }

  #takeExtra(received: Received, cause: number): boolean {
    for (const one of this.#differences) {
      if (one.kind !== 'extra' || one.client !== this.client || one.step !== cause || this.used.has(one))
        continue
      if (one.action !== received.action) continue
      if (compareObjects(one.params, received.params, eventShapes(received), this.#ids) !== undefined)
        continue
      this.used.add(one)
      return true
    }
    return false
  }

  /** Looks for an event that came out of turn: an earlier one declared missing, or a later one. */
  #resync(next: number, received: Received): boolean {
    for (let index = 0; index < Math.min(next + LOOK_AHEAD, this.#expected.length); index++) {
      if (index === next || this.#compare(index, received) !== undefined) continue
      this.#match(index, received)
      return true
    }
    return false
  }

  #unexpected(received: Received, cause: number, { path, recorded, actual }: Mismatch): void {
    const expected = this.#expected[this.#next()]
    const instead =
      expected === undefined ? 'nothing' : `${describe(expected.packet)} of step ${expected.index}`
    const detail = `at ${path || 'the end'}: ${JSON.stringify(recorded)} recorded, ${JSON.stringify(actual)} here`
    this.#problem(cause, `${describe(received)} came where ${instead} was recorded (${detail})`)
  }

  /** An event belongs to its cause or to a timer; either way it comes about when it was recorded. */
  #checkTime(step: EventStep, received: Received): void {
    const late = received.at - step.at
    const { timers, timerTolerance, sooner } = this.#timing
    const onTimer = timers.has(received.action)
    if (onTimer && !received.byTimer) {
      this.#problem(step.index, `${describe(received)} was sent at once, not by its timer`)
    }
    const [least, most] = onTimer
      ? [-timerTolerance, timerTolerance]
      : [-sooner, received.byTimer ? timerTolerance : NOTICED]
    const hastened = late < least ? this.#declared('sooner', step) : undefined
    if (hastened !== undefined) this.used.add(hastened)
    else if (late < least || late > most) {
      this.#problem(step.index, `${describe(received)} came ${Math.round(late)} ms off its recorded time`)
    }
  }

  #problem(step: number, text: string): void {
    this.problems.push({ step, client: this.client, text })
  }
}

function describe({ controller, action, params }: Pick<Packet, 'controller' | 'action' | 'params'>): string {
  return `${controller === 1 ? 'extension event' : `event ${action}`} ${JSON.stringify(params).slice(0, 160)}`
}
