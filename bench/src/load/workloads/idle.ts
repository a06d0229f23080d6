import { machineMicros } from '../../generator/clock.ts'
import type { Member } from '../../generator/dialect.ts'
import { dialectOf } from '../../generator/dialects.ts'
import { maskFrame } from '../../generator/framing.ts'
import { inParallel } from '../../generator/in-parallel.ts'
import { ReadBuffer } from '../../generator/line.ts'
import type { Assignment, Workload } from '../workload.ts'
import { Rounds } from './rounds.ts'

/** Clients who are logged in and silent, but for one who asks now and then whether the server is there. */
export async function idle({ target, share }: Assignment): Promise<Workload> {
  const dialect = await dialectOf(target.dialect)
  const ping = dialect.pingFrame?.(target.webSocket)
  if (ping !== undefined && target.webSocket) maskFrame(ping)
  const closed: string[] = []
  /** When the pings were due that have no answer, of each bot in order. */
  const asked = new Map<Member, number[]>()
  let members: readonly Member[] = []
  const rounds = new Rounds(share, machineMicros, ({ number, due }) => {
    const member = members[Math.floor(number / share.workers) % members.length]
    if (member === undefined) return rounds.failed('nobody is there')
    if (ping === undefined) return rounds.failed('nothing is known to ask this kind of server')
    asked.get(member)?.push(due)
    member.line.write(ping)
  })
  const listen = (member: Member) => {
    const waiting: number[] = []
    asked.set(member, waiting)
    member.line.onClose = reason => closed.push(reason)
    member.line.sink = {
      frame(bytes, start, end, kind) {
        const frame = { bytes: bytes.subarray(start, end), kind }
        if (dialect.isPong?.(frame, target.webSocket) !== true) {
          dialect.other(member.line, bytes, start, end)
          return
        }
        const due = waiting.shift()
        if (due === undefined) rounds.unasked()
        else rounds.answered(due)
      },
    }
  }
  return {
    meter: rounds.meter,
    get closed() {
      return [...closed, ...rounds.failures]
    },
    async open(onNews) {
      const buffer = new ReadBuffer()
      members = await inParallel(share.clients, () => dialect.open(target, buffer), onNews)
      for (const member of members) listen(member)
    },
    load: (plan, start, onEdge) => rounds.load(plan, start, onEdge),
    settle: (_, silence) => rounds.settle(silence),
    figures: () => ({}),
  }
}
