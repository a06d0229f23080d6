import { type Clock, machineMicros } from './clock.ts'
import type { Dialect, Member } from './dialect.ts'
import { type FrameSink, maskFrame } from './framing.ts'
import { type DeliveryCount, DeliveryLedger } from './ledger.ts'
import type { Line } from './line.ts'
import { OpenLoop } from './open-loop.ts'
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
import { messagesOf, positionsOf, type Seating, type Sent, turnsOf } from './seating.ts'
import type { StepPlan } from './step.ts'
import { type OnEdge, StepMeter, type WindowCount } from './step-meter.ts'
import { until, untilDrained } from './until.ts'

/** Seconds of deliveries under way at which a step is given up: the server is far behind by then. */
const HOPELESS_SECONDS = 0.6
/** Deliveries that may be under way at any rate: a machine that stalls for a second is no slow server. */
const LEAST_HOPELESS = 5000

/** One room, as far as its members are in this process. */
interface Room {
  readonly first: number
  readonly members: number
  readonly ledger: DeliveryLedger
  /** A message of a member, but for its numbers. */
  readonly frame: Uint8Array
  readonly payloadAt: number
}

/**
 * The members of rooms, who all chat and all listen. Messages are due at fixed times, whatever the server does (open
 * loop), and bear the time they were due: a late send counts as latency (no coordinated omission). Other processes may
 * have more members of the same rooms; `load` says what was sent here, and `settle` hears what was sent everywhere.
 */
export class Crowd {
  readonly meter: StepMeter
  readonly #lines: readonly Line[]
  readonly #dialect: Dialect
  readonly #seating: Seating
  readonly #clock: Clock
  readonly #turns: Uint32Array
  readonly #rooms: readonly (Room | undefined)[]
  readonly #webSocket: boolean
  /** Where the payload starts in a received frame: found in the first one, checked in each. */
  #offset = 0
  #closed: string[] = []
  /** Time of the chunk being read. */
  #now = 0
  #loop = new OpenLoop(0, 1, 0)
  #hopeless = Number.POSITIVE_INFINITY
  #aborted = false

  constructor(members: readonly Member[], dialect: Dialect, seating: Seating, clock: Clock = machineMicros) {
    this.meter = new StepMeter(clock)
    this.#lines = members.map(member => member.line)
    this.#dialect = dialect
    this.#seating = seating
    this.#clock = clock
    this.#turns = turnsOf(seating)
    this.#webSocket = members[0]?.line.isWebSocket ?? false
    this.#rooms = seating.roomIds.map((id, index) => this.#roomOf(id, index))
    for (const [index, line] of this.#lines.entries()) this.#listen(line, seating.first + index)
  }

  /** Connections that the server closed. */
  get closed(): readonly string[] {
    return this.#closed
  }

  /**
   * Loads the rooms as planned.
   * @param start  when the first message is due
   * @returns what was sent and, of the measured time, what was counted
   */
  async load(
    plan: StepPlan,
    start: number,
    onEdge: OnEdge,
  ): Promise<{ readonly sent: Sent; readonly window: WindowCount }> {
    const from = start + plan.warmUp * 1000
    const to = from + plan.measure * 1000
    this.#loop = new OpenLoop(start, plan.messagesPerSecond, to)
    this.#aborted = false
    const perMessage = this.#lines.length / this.#seating.roomIds.length
    const behind = Math.max(plan.messagesPerSecond * HOPELESS_SECONDS, 20) * perMessage
    this.#hopeless = Math.max(behind, LEAST_HOPELESS)
    this.meter.begin({ from, to })
    const stopPolling = startPolling(() => this.#pump(this.#clock()))
    const window = await this.meter.count(() => this.#isOver(), onEdge)
    await until(() => this.#loop.isOver || this.#isOver())
    this.#loop.stop()
    stopPolling()
    const { first } = this.#seating
    const sent = { first, clients: this.#lines.length, taken: this.#loop.taken, aborted: this.#aborted }
    return { sent, window }
  }

  /** Waits for what is under way and closes the books. @param sent  by all processes, this one among them */
  async settle(sent: readonly Sent[], silence: number): Promise<DeliveryCount> {
    for (const other of sent) if (other.first !== this.#seating.first) this.#announce(other)
    const rooms = this.#rooms.filter(room => room !== undefined)
    const expected = sumOf(rooms, room => room.ledger.sent * room.members)
    const stopPolling = startPolling(() => {})
    const isOver = () => this.#closed.length > 0
    await untilDrained(silence, () => ({ expected, delivered: this.delivered }), isOver)
    stopPolling()
    return addCounts(rooms.map(room => room.ledger.settle(room.members)))
  }

  /** Deliveries so far in this step. */
  get delivered(): number {
    return sumOf(this.#rooms, room => room?.ledger.delivered ?? 0)
  }

  #roomOf(id: number, index: number): Room | undefined {
    const { total, first, roomSize } = this.#seating
    const begin = index * roomSize
    const end = Math.min(begin + roomSize, total)
    const last = first + this.#lines.length
    const members = Math.min(end, last) - Math.max(begin, first)
    if (members <= 0) return undefined
    const isForeign = (sender: number) => begin + sender < first || begin + sender >= last
    const frame = this.#dialect.messageFrame(blankPayload(), this.#webSocket, id)
    return {
      first: begin,
      members,
      ledger: new DeliveryLedger(members, end - begin, isForeign),
      frame,
      payloadAt: findMarker(frame, 0, frame.length),
    }
  }

  #announce({ first, clients, taken }: Sent): void {
    const positions = positionsOf(this.#turns)
    for (let client = first; client < first + clients; client++) {
      const room = this.#rooms[Math.floor(client / this.#seating.roomSize)]
      const messages = messagesOf(positions[client] ?? 0, this.#seating.total, taken)
      room?.ledger.announce(client - room.first, messages)
    }
  }

  #isOver(): boolean {
    return this.#aborted || this.#closed.length > 0
  }

  #listen(line: Line, client: number): void {
    const room = this.#rooms[Math.floor(client / this.#seating.roomSize)]
    if (room === undefined) throw new RangeError(`client ${client} has no room`)
    const seat = client - Math.max(room.first, this.#seating.first)
    line.sink = new Receiver(this, line, room, seat)
    line.onClose = reason => this.#closed.push(reason)
    line.onChunk = () => {
      this.#now = this.#clock()
      this.#pump(this.#now)
    }
  }

  /** Books a frame that a member was sent. */
  receive(line: Line, room: Room, seat: number, bytes: Uint8Array, start: number, end: number): void {
    let at = start + this.#offset
    if (bytes[at] !== MARKER_0 || bytes[at + 1] !== MARKER_1 || at + 2 > end) {
      at = findMarker(bytes, start, end)
      if (at < 0) {
        this.#dialect.other(line, bytes, start, end)
        return
      }
      this.#offset = at - start
    }
    room.ledger.record(seat, readSender(bytes, at) - room.first, readSequence(bytes, at))
    this.meter.receive(readTime(bytes, at), this.#now)
  }

  /** Sends every message that is due. */
  #pump(now: number): void {
    const { roomIds, first } = this.#seating
    for (;;) {
      const turn = this.#loop.take(now)
      if (turn < 0) return
      const expected = (this.#loop.taken * this.#lines.length) / roomIds.length
      if (expected - this.meter.delivered > this.#hopeless) {
        this.#aborted = true
        this.#loop.stop()
      }
      const sender = this.#turns[turn % this.#turns.length] ?? 0
      if (sender >= first && sender < first + this.#lines.length) this.#send(sender, this.#loop.dueAt(turn))
    }
  }

  #send(sender: number, due: number): void {
    const room = this.#rooms[Math.floor(sender / this.#seating.roomSize)]
    if (room === undefined) return
    const frame = Buffer.allocUnsafe(room.frame.length)
    frame.set(room.frame)
    const sequence = room.ledger.send(sender - room.first)
    stampPayload(frame, room.payloadAt, sender, sequence, Math.floor(due) & TIME_MASK)
    if (this.#webSocket) maskFrame(frame)
    this.meter.send(due, this.#clock())
    this.#lines[sender - this.#seating.first]?.write(frame)
  }
}

class Receiver implements FrameSink {
  readonly #crowd: Crowd
  readonly #line: Line
  readonly #room: Room
  readonly #seat: number

  constructor(crowd: Crowd, line: Line, room: Room, seat: number) {
    this.#crowd = crowd
    this.#line = line
    this.#room = room
    this.#seat = seat
  }

  frame(bytes: Uint8Array, start: number, end: number): void {
    this.#crowd.receive(this.#line, this.#room, this.#seat, bytes, start, end)
  }
}

/** The sum of what several ledgers counted. */
export function addCounts(counts: readonly DeliveryCount[]): DeliveryCount {
  return {
    expected: sumOf(counts, count => count.expected),
    delivered: sumOf(counts, count => count.delivered),
    lost: sumOf(counts, count => count.lost),
    doubled: sumOf(counts, count => count.doubled),
    disordered: sumOf(counts, count => count.disordered),
    invented: sumOf(counts, count => count.invented),
  }
}

function sumOf<T>(values: readonly T[], of: (value: T) => number): number {
  let sum = 0
  for (const value of values) sum += of(value)
  return sum
}
