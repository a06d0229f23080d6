import { encodeRequest, framePacket, SFSObject } from '@warren/codec'
import type { CallName } from '../call.ts'
import type { Dialect } from '../dialect.ts'
import { clientFrame, WS_BINARY } from '../framing.ts'
import type { Line } from '../line.ts'
import { ask, enter } from './sfs2x.ts'

const ZONE = 'Calls'
/** Letters after a public message: with them it and its event have as many bytes as a call and its answer. */
const FILLER = new TextEncoder().encode('abc')

/** SFS2X clients, each in a room of his own, who call the extension of the zone and talk to themselves. */
export function createCalls(): Dialect {
  const rooms = new Map<Line, number>()
  let joined = 0
  const message = (line: Line, payload: Uint8Array) => {
    const roomId = rooms.get(line)
    if (roomId === undefined) throw new Error('no room was joined')
    return encodeRequest('PublicMessage', { roomId, message: text(payload) + text(FILLER) })
  }
  const call = (command: string, payload: Uint8Array) =>
    encodeRequest('CallExtension', {
      command,
      roomId: -1,
      params: new SFSObject().putUtfString('m', text(payload)),
    })
  const bodies: Readonly<
    Record<Exclude<CallName, 'floor'>, (line: Line, payload: Uint8Array) => Uint8Array>
  > = {
    typed: (_, payload) => call('echo', payload),
    raw: (_, payload) => call('same', payload),
    message,
  }
  return {
    open: (target, buffer) => enter(target, buffer, ZONE),
    async join(member) {
      const reply = await ask(member, 'JoinRoom', { roomName: `Own ${joined++}` })
      const roomId = reply.name === 'JoinRoom' ? reply.fields.room.id : -1
      rooms.set(member.line, roomId)
      return roomId
    },
    messageFrame() {
      throw new Error('callers are in no room together')
    },
    callFrame(line, name, payload, webSocket) {
      if (name === 'floor') throw new Error('that is no call of a server')
      const packet = framePacket(bodies[name](line, payload))
      return webSocket ? clientFrame(packet, WS_BINARY) : packet
    },
    other() {},
  }
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
