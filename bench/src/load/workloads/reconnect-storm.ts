import { encodeRequest, framePacket } from '@warren/codec'
import { machineMicros } from '../../generator/clock.ts'
import { addCounts, Crowd } from '../../generator/crowd.ts'
import { type Member, openMember } from '../../generator/dialect.ts'
import { addressOf, createSfs2x, enter, readFrame, ZONE } from '../../generator/dialects/sfs2x.ts'
import { joinOrCreate, roomSettings } from '../../generator/dialects/sfs2x-rooms.ts'
import { WS_BINARY } from '../../generator/framing.ts'
import { inParallel } from '../../generator/in-parallel.ts'
import type { DeliveryCount } from '../../generator/ledger.ts'
import { ReadBuffer } from '../../generator/line.ts'
import type { Assignment, Workload } from '../workload.ts'
import { Rounds } from './rounds.ts'

/** Bots in a room: enough to see that all are still in it. */
const ROOM_SIZE = 20
/** Messages a second with which that is tried out. */
const TRIAL_RATE = 500

interface Bot {
  member: Member
  readonly token: string
}

/**
 * All lines are cut at once, then one client after the other comes back with its token [P-8.5.3]. At the end everybody
 * says something in his room, and everybody has to hear all of it: who came back is in his room still.
 */
export async function reconnectStorm({ target, share, tag }: Assignment): Promise<Workload> {
  const buffer = new ReadBuffer()
  let bots: readonly Bot[] = []
  const roomIds: number[] = []
  const lost: string[] = []
  const rounds = new Rounds(share, machineMicros, ({ number, due }) => {
    const bot = bots[Math.floor(number / share.workers)]
    if (bot === undefined) return rounds.failed('nobody is left to come back')
    comeBack(bot).then(
      () => rounds.answered(due),
      (error: unknown) => rounds.failed(error instanceof Error ? error.message : String(error)),
    )
  })

  async function open(number: number): Promise<Bot> {
    const index = Math.floor(number / ROOM_SIZE)
    const user = await enter(target, buffer, target.zone ?? ZONE)
    const room = roomSettings(`${tag}${share.worker.toString(36)}-${index.toString(36)}`)
    roomIds[index] = (await joinOrCreate(user, room)).id
    user.line.onClose = reason => lost.push(reason)
    return { member: user, token: user.token }
  }

  async function comeBack(bot: Bot): Promise<void> {
    const member = await openMember(addressOf(target), buffer)
    bot.member = member
    const hello = { apiVersion: '1.8.6', clientType: 'Bench', reconnectionToken: bot.token }
    member.line.send(framePacket(encodeRequest('Handshake', hello)), WS_BINARY)
    let answer = ''
    await member.inbox.take(frame => {
      answer = readFrame(frame, member.line.isWebSocket).name
      return answer === 'Handshake' || answer === 'ReconnectionFailure'
    })
    if (answer !== 'Handshake') throw new Error('the session was not resumed')
  }

  /** Everybody says something. */
  async function tryOut(silence: number): Promise<DeliveryCount> {
    const seating = { total: bots.length, first: 0, roomSize: ROOM_SIZE, roomIds }
    const crowd = new Crowd(
      bots.map(({ member }) => member),
      createSfs2x(),
      seating,
    )
    const measure = (bots.length / TRIAL_RATE) * 1000
    const plan = { messagesPerSecond: TRIAL_RATE, warmUp: 0, measure, drain: silence }
    const { sent } = await crowd.load(plan, machineMicros() + 10_000, () => {})
    const count = await crowd.settle([sent], silence)
    lost.push(...crowd.closed)
    return count
  }

  return {
    meter: rounds.meter,
    get closed() {
      return [...lost, ...rounds.failures]
    },
    async open(onNews) {
      bots = await inParallel(share.clients, open, onNews)
    },
    load(plan, start, onEdge) {
      for (const { member } of bots) member.line.cut()
      return rounds.load(plan, start, onEdge)
    },
    async settle(_, silence) {
      const returns = await rounds.settle(silence)
      return returns.lost > 0 ? returns : addCounts([returns, await tryOut(silence)])
    },
    figures: () => ({}),
  }
}
