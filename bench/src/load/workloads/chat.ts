import { Crowd } from '../../generator/crowd.ts'
import type { Dialect, Member } from '../../generator/dialect.ts'
import { joinOrCreate, roomSettings } from '../../generator/dialects/sfs2x-rooms.ts'
import { dialectOf } from '../../generator/dialects.ts'
import { inParallel } from '../../generator/in-parallel.ts'
import { ReadBuffer } from '../../generator/line.ts'
import type { Assignment, Workload } from '../workload.ts'

/** The names of the rooms: the room itself where there is one, else numbered. */
export function roomNames({ room, roomSize, share }: Assignment): string[] {
  const count = Math.ceil(share.total / roomSize)
  return count === 1 ? [room] : Array.from({ length: count }, (_, index) => `${room} ${index + 1}`)
}

/** Bots in rooms who all talk and all listen. */
export async function chat(assignment: Assignment): Promise<Workload> {
  const { target, share, roomSize } = assignment
  const dialect = await dialectOf(target.dialect)
  const names = roomNames(assignment)
  let crowd: Crowd | undefined
  const inside = () => {
    if (crowd === undefined) throw new Error('nobody is in the room')
    return crowd
  }
  return {
    get meter() {
      return inside().meter
    },
    get closed() {
      return crowd?.closed ?? []
    },
    async open(onNews) {
      const roomIds = names.map(() => 0)
      const buffer = new ReadBuffer()
      const enter = async (number: number) => {
        const index = Math.floor((share.first + number) / roomSize)
        const { member, roomId } = await come(dialect, assignment, names[index], buffer)
        roomIds[index] = roomId
        return member
      }
      const members = await inParallel(share.clients, enter, onNews)
      crowd = new Crowd(members, dialect, { total: share.total, first: share.first, roomSize, roomIds })
    },
    load: (plan, start, onEdge) => inside().load(plan, start, onEdge),
    settle: (sent, silence) => inside().settle(sent, silence),
    figures: () => ({}),
  }
}

async function come(
  dialect: Dialect,
  { target }: Assignment,
  room: string | undefined,
  buffer: ReadBuffer,
): Promise<{ readonly member: Member; readonly roomId: number }> {
  const member = await dialect.open(target, buffer)
  if (target.dialect !== 'sfs2x' || room === undefined) {
    return { member, roomId: await dialect.join(member, room) }
  }
  return { member, roomId: (await joinOrCreate(member, roomSettings(room))).id }
}
