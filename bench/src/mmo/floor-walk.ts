import { openMember } from '../generator/dialect.ts'
import { plainPacket } from '../generator/framing.ts'
import type { WalkTarget } from './protocol.ts'
import { stampedFrame, type WalkDialect } from './walk-dialect.ts'

/** Bytes of a position as SFS2X clients send it. */
const MOVE_BYTES = 51

/** Clients of the floors: as many bytes as others send, and what is heard says nothing. */
export function floorWalk({ port }: WalkTarget): WalkDialect {
  let entered = 0
  const moveFrame = stampedFrame((x, y) => {
    const body = Buffer.alloc(MOVE_BYTES)
    body.writeInt32BE(x, MOVE_BYTES - 8)
    body.writeInt32BE(y, MOVE_BYTES - 4)
    return plainPacket(body)
  })
  return {
    tells: false,
    async enter(buffer) {
      const { line } = await openMember({ host: '127.0.0.1', port }, buffer)
      return { line, id: entered++ }
    },
    moveFrame,
    read() {},
  }
}
