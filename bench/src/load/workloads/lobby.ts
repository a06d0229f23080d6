import { machineMicros } from '../../generator/clock.ts'
import type { Frame, Member } from '../../generator/dialect.ts'
import { enter, readFrame, requestFrame, ZONE } from '../../generator/dialects/sfs2x.ts'
import { roomSettings } from '../../generator/dialects/sfs2x-rooms.ts'
import { maskFrame } from '../../generator/framing.ts'
import { inParallel } from '../../generator/in-parallel.ts'
import { ReadBuffer } from '../../generator/line.ts'
import { OpenLoop } from '../../generator/open-loop.ts'
import { startPolling } from '../../generator/polling.ts'
import { StepMeter } from '../../generator/step-meter.ts'
import { until, untilDrained } from '../../generator/until.ts'
import type { Assignment, Workload } from '../workload.ts'
import { RoomBook } from './room-book.ts'

/** Clients who make rooms; all hear of them. */
const MOST_CREATORS = 100
/** Microseconds that a room stays. */
const STAY = 500_000
/** Milliseconds that an order to leave waits for the room to be there. */
const PATIENCE = 3000
/** Seconds of deliveries under way at which a step is given up. */
const HOPELESS_SECONDS = 2
const GAME = { isGame: true, maxUsers: 4, autoJoin: true } as const

/** A room that was asked for and is to be left. */
interface Stay {
  readonly room: number
  readonly creator: Member
  readonly leaveAt: number
  id: number | undefined
}

/**
 * A lobby in which rooms come and go: a client makes a game and enters it, and leaves it half a second later, which ends
 * it. Everybody in the lobby is told of both.
 */
export async function lobby({ target, share, tag }: Assignment): Promise<Workload> {
  const meter = new StepMeter(machineMicros)
  const closed: string[] = []
  const count = Math.min(MOST_CREATORS, share.total)
  const creators = Array.from({ length: count }, (_, index) => Math.floor((index * share.total) / count))
  const isOwn = (client: number) => client >= share.first && client < share.first + share.clients
  const stays = new Map<number, Stay>()
  let members: readonly Member[] = []
  let steps = 0
  let loop = new OpenLoop(0, 1, 0)
  let book = new RoomBook(tag, 0, creators, isOwn)

  function write(member: Member, frame: Uint8Array): void {
    if (target.webSocket) maskFrame(frame)
    member.line.write(frame)
  }

  function hear(receiver: number, frame: Frame): void {
    const now = machineMicros()
    const message = readFrame(frame, target.webSocket)
    if (message.name === 'Failure') closed.push(`refused: ${JSON.stringify(message)}`)
    if (message.name === 'CreateRoom') {
      const { name, id } = message.fields.room
      const room = book.hearCome(receiver, name, id)
      if (room < 0) return
      const stay = stays.get(room)
      if (stay) stay.id = id
      meter.receive(loop.dueAt(room), now)
    } else if (message.name === 'RoomLost') {
      const room = book.hearGo(receiver, message.fields.roomId)
      if (room >= 0) meter.receive(loop.dueAt(room) + STAY, now)
    }
  }

  function come(room: number): void {
    const client = creators[room % creators.length] ?? 0
    const creator = members[client - share.first]
    if (!isOwn(client) || creator === undefined) return
    const due = loop.dueAt(room)
    book.come(room)
    meter.send(due, machineMicros())
    stays.set(room, { room, creator, leaveAt: due + STAY, id: undefined })
    write(creator, requestFrame('CreateRoom', roomSettings(book.nameOf(room), GAME), target.webSocket))
  }

  function pump(): void {
    const now = machineMicros()
    for (let room = loop.take(now); room >= 0; room = loop.take(now)) come(room)
    for (const [room, { creator, leaveAt, id }] of stays) {
      if (leaveAt > now) return
      if (id === undefined) continue
      stays.delete(room)
      book.go(room)
      write(creator, requestFrame('LeaveRoom', { roomId: id }, target.webSocket))
    }
  }

  return {
    meter,
    closed,
    async open(onNews) {
      const buffer = new ReadBuffer()
      members = await inParallel(share.clients, () => enter(target, buffer, target.zone ?? ZONE), onNews)
      for (const [receiver, member] of members.entries()) {
        member.line.onClose = reason => closed.push(reason)
        member.line.sink = {
          frame: (bytes, start, end, kind) => hear(receiver, { bytes: bytes.subarray(start, end), kind }),
        }
      }
    },
    async load(plan, start, onEdge) {
      const from = start + plan.warmUp * 1000
      const to = from + plan.measure * 1000
      closed.length = 0
      stays.clear()
      loop = new OpenLoop(start, plan.messagesPerSecond, to)
      book = new RoomBook(`${tag}${(steps++ % 36).toString(36)}`, share.clients, creators, isOwn)
      meter.begin({ from, to })
      const hopeless = Math.max(1000, plan.messagesPerSecond * 2 * share.clients * HOPELESS_SECONDS)
      const isHopeless = () => 2 * loop.taken * share.clients - meter.delivered > hopeless
      let aborted = false
      const isOver = () => {
        aborted ||= isHopeless()
        return aborted || closed.length > 0
      }
      const stopPolling = startPolling(pump)
      const window = await meter.count(isOver, onEdge)
      if (isOver()) loop.stop()
      const deadline = to + STAY + PATIENCE * 1000
      await until(() => (loop.isOver && stays.size === 0) || machineMicros() > deadline)
      stopPolling()
      // A room that never was there cannot be left: that it does not go is lost as well.
      for (const room of stays.keys()) book.go(room)
      const sent = { first: share.first, clients: share.clients, taken: loop.taken, aborted }
      return { sent, window }
    },
    async settle(sent, silence) {
      for (const other of sent) if (other.first !== share.first) book.announce(other)
      await untilDrained(
        silence,
        () => book,
        () => closed.length > 0,
      )
      return book.settle()
    },
    figures: () => ({}),
  }
}
