import { enterColyseus, ROOM_DATA } from '../generator/dialects/colyseus.ts'
import { clientFrame, maskFrame, WS_BINARY } from '../generator/framing.ts'
import type { WalkTarget } from './protocol.ts'
import { stampedFrame, type WalkDialect } from './walk-dialect.ts'

/** MessagePack: a type string of one character, then a map of two, each key a letter and each value 32 bits. */
const HEAD = [ROOM_DATA, 0xa1, 0x6d, 0x82]

/** Clients of Colyseus 0.18 who send `m` with x and y. What they hear is counted, not read. */
export function colyseusWalk({ port }: WalkTarget): WalkDialect {
  let entered = 0
  const move = stampedFrame((x, y) => {
    const body = Buffer.alloc(HEAD.length + 14)
    body.set([...HEAD, 0xa1, 0x78, 0xd2])
    body.writeInt32BE(x, 7)
    body.set([0xa1, 0x79, 0xd2], 11)
    body.writeInt32BE(y, 14)
    return body
  })
  return {
    tells: false,
    async enter(buffer) {
      const { line } = await enterColyseus('127.0.0.1', port, buffer)
      return { line, id: entered++ }
    },
    moveFrame(x, y) {
      const frame = clientFrame(move(x, y), WS_BINARY)
      maskFrame(frame)
      return frame
    },
    read() {},
  }
}
