import { machineMicros } from '../../generator/clock.ts'
import { ZONE } from '../../generator/dialects/sfs2x.ts'
import { joinOrCreate, roomSettings } from '../../generator/dialects/sfs2x-rooms.ts'
import { inParallel } from '../../generator/in-parallel.ts'
import { ReadBuffer } from '../../generator/line.ts'
import { StepMeter } from '../../generator/step-meter.ts'
import type { WalkResult } from '../../mmo/protocol.ts'
import { WalkingCrowd } from '../../mmo/walking-crowd.ts'
import { sfs2xWalk } from '../../mmo/warren-walk.ts'
import { AREA, crowdOf, UPDATE_MILLIS, worldOf } from '../../mmo/world.ts'
import type { Assignment, Workload } from '../workload.ts'

const LIMBO_SECONDS = 60

/**
 * Users who walk in an MMO room, each worker's in one of its own: what each has to be told is worked out from what all of
 * them send.
 * @param isCrowd  all stand in each other's view, and see the nearest
 */
export async function walk(
  { target, share, tag, maxVisible }: Assignment,
  isCrowd: boolean,
): Promise<Workload> {
  const unwatched = new StepMeter(machineMicros)
  const room = roomSettings(`${tag}map${share.worker}`, {
    aoi: { kind: 'int', ...AREA, z: 0 },
    proximityMillis: UPDATE_MILLIS,
    maxLimboSeconds: LIMBO_SECONDS,
    sendsEntryPoint: false,
    // Who walks is told of those in view only; all else would be told to all.
    events: { userEnter: false, userExit: false, userCountChange: false, userVariables: false },
  })
  let crowd: WalkingCrowd | undefined
  let result: WalkResult | undefined
  return {
    get meter() {
      return crowd?.meter ?? unwatched
    },
    get closed() {
      return result?.closed ?? []
    },
    async open(onNews) {
      const dialect = sfs2xWalk({ zone: ZONE, ...target }, 'positions', member => joinOrCreate(member, room))
      const buffer = new ReadBuffer()
      const users = await inParallel(share.clients, () => dialect.enter(buffer), onNews)
      const world = isCrowd ? crowdOf(share.clients) : worldOf(share.clients)
      crowd = new WalkingCrowd(users, dialect, { world, maxVisible: isCrowd ? maxVisible : 0 })
    },
    async load(plan, _start, onEdge) {
      if (crowd === undefined) throw new Error('nobody is there to walk')
      result = await crowd.walk(plan, { edge: onEdge })
      const { seconds, moves, told, generatorCpu } = result
      const { first, clients } = share
      return {
        sent: { first, clients, taken: moves, aborted: false },
        window: { seconds, sent: moves, delivered: told, generatorCpu },
      }
    },
    async settle() {
      if (result?.count === undefined) throw new Error('nobody has walked')
      const { told, lost, doubled, invented } = result.count
      return { expected: told + lost, delivered: told, lost, doubled, disordered: 0, invented }
    },
    figures: () => ({
      'others in view': result?.inView ?? 0,
      'drift of the delay, ms': (result?.drift ?? 0) / 1000,
    }),
  }
}
