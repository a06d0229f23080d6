import {
  decodePacket,
  encodeRequest,
  framePacket,
  PacketFlags,
  type RoomRow,
  readPacket,
  SFSType,
  type UserVariableRow,
} from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import type { Member, Target } from '../generator/dialect.ts'
import { enter, joinRoom } from '../generator/dialects/sfs2x.ts'
import { clientFrame, maskFrame, WS_BINARY } from '../generator/framing.ts'
import type { WalkTarget, WalkWay } from './protocol.ts'
import { ProximityReader } from './proximity-reader.ts'
import { stampedFrame, type WalkDialect } from './walk-dialect.ts'

/** The zone and the room of servers/warren-mmo.ts. */
export const ZONE = 'Walk'
export const ROOM = 'Map'
/** The format of streamed positions [P-13.1]. */
const POSITION_FORMAT = 1
const MAX_BODY = 1 << 24

/** SFS2X clients on the map of the benchmark's own server. */
export function warrenWalk({ port, webSocket, way }: WalkTarget): WalkDialect {
  const target = { dialect: 'sfs2x', host: '127.0.0.1', port, webSocket, zone: ZONE } as const
  return sfs2xWalk(target, way, member => joinRoom(member, ROOM))
}

/**
 * SFS2X clients who say where they are with each step.
 * @param come  brings a client onto the map
 */
export function sfs2xWalk(
  target: Target,
  way: WalkWay,
  come: (member: Member) => Promise<RoomRow>,
): WalkDialect {
  const { webSocket } = target
  const reader = new ProximityReader()
  let packets: readonly ((x: number, y: number) => Uint8Array)[] = []
  return {
    tells: true,
    async enter(buffer) {
      const asked = way === 'streaming' ? { positionFormat: POSITION_FORMAT } : {}
      const member = await enter(target, buffer, target.zone ?? ZONE, asked)
      packets = stepOf(way, (await come(member)).id).map(stampedFrame)
      return { line: member.line, id: member.userId }
    },
    moveFrame(x, y) {
      const frames = packets.map(packet => (webSocket ? maskedFrame(packet(x, y)) : packet(x, y)))
      const [first] = frames
      return first !== undefined && frames.length === 1 ? first : Buffer.concat(frames)
    },
    read(bytes, start, end, kind, onSight) {
      const { flags, body } = webSocket
        ? readPacket(bytes.subarray(start, end), { maxBodyBytes: MAX_BODY })
        : { flags: kind, body: undefined }
      if (flags & PacketFlags.COMPRESSED) {
        const options = { compression: zlibCompression, maxInflatedBytes: MAX_BODY }
        reader.read(decodePacket(flags, body ?? bytes.subarray(start, end), options), 0, onSight)
      } else if (body === undefined) reader.read(bytes, start, onSight)
      else reader.read(body, 0, onSight)
    },
  }
}

function maskedFrame(packet: Uint8Array): Uint8Array {
  const frame = clientFrame(packet, WS_BINARY)
  maskFrame(frame)
  return frame
}

/** What makes the packets of a step. */
function stepOf(way: WalkWay, roomId: number): ((x: number, y: number) => Uint8Array)[] {
  const position = (x: number, y: number) =>
    framePacket(encodeRequest('SetUserPosition', { roomId, position: { kind: 'int', x, y, z: 0 } }))
  const variables = (x: number, y: number) =>
    framePacket(encodeRequest('SetUserVariables', { variables: [variable('x', x), variable('y', y)] }))
  return way === 'variables' ? [variables, position] : [position]
}

function variable(name: string, value: number): UserVariableRow {
  return { name, type: 2, value: { type: SFSType.INT, value }, isPrivate: false }
}
