/** The load generator for MMO rooms: a child process that is told what to do over IPC and keeps one core to itself. */
import { ReadBuffer } from '../generator/line.ts'
import { colyseusWalk } from './colyseus-walk.ts'
import { floorWalk } from './floor-walk.ts'
import type { MmoServer, WalkReply, WalkRequest, WalkTarget } from './protocol.ts'
import type { WalkDialect, WalkUser } from './walk-dialect.ts'
import { WalkingCrowd } from './walking-crowd.ts'
import { warrenWalk } from './warren-walk.ts'

/** Connections that are set up at a time. */
const PARALLEL = 64

const dialects: Record<MmoServer, (target: WalkTarget) => WalkDialect> = {
  warren: warrenWalk,
  floor: floorWalk,
  sockets: floorWalk,
  colyseus: colyseusWalk,
}

let crowd: WalkingCrowd | undefined

process.on('disconnect', () => process.exit(0))
process.on('message', (request: WalkRequest) => {
  handle(request).then(reply, error => reply({ type: 'failed', reason: String(error?.stack ?? error) }))
})

async function handle(request: WalkRequest): Promise<WalkReply> {
  if (request.type === 'open') {
    const { target } = request
    const dialect = dialects[target.server](target)
    crowd = new WalkingCrowd(await enterAll(dialect, target.world.users), dialect, target)
    return { type: 'opened' }
  }
  const current = crowd
  if (current === undefined) throw new Error('nobody is there to walk')
  const timer = setInterval(() => reply({ type: 'walking', told: current.told, moves: current.moves }), 500)
  const news = { edge: (isStart: boolean) => reply({ type: 'edge', isStart }) }
  try {
    return { type: 'walked', result: await current.walk(request.plan, news) }
  } finally {
    clearInterval(timer)
  }
}

async function enterAll(dialect: WalkDialect, count: number): Promise<WalkUser[]> {
  const buffer = new ReadBuffer()
  const users: WalkUser[] = []
  let begun = 0
  const work = async () => {
    while (begun < count) {
      begun++
      users.push(await dialect.enter(buffer))
      if (users.length % 100 === 0) reply({ type: 'opening', users: users.length })
    }
  }
  await Promise.all(Array.from({ length: Math.min(PARALLEL, count) }, work))
  return users
}

function reply(message: WalkReply): void {
  process.send?.(message)
}
