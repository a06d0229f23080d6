import {
  decodePacket,
  decodeServerMessage,
  encodeRequest,
  framePacket,
  PacketFlags,
  type RequestFields,
  type RequestName,
  readPacket,
} from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'
import { type Dialect, type Frame, type Member, openMember, type Target } from '../dialect.ts'
import { clientFrame, WS_BINARY } from '../framing.ts'
import type { ReadBuffer } from '../line.ts'

const ZONE = 'BasicExamples'
const ROOM = 'Bench'
const MAX_BODY = 1 << 24

/**
 * SFS2X over WebSocket or TCP: handshake, login as a guest, join the room by its name, public messages. The codec only
 * serves to build requests and to read the answers of the set-up; chat messages are found by their marker.
 */
export function createSfs2x(): Dialect {
  let roomId: number | undefined
  return {
    open: (target, buffer) => enter(target, buffer, ZONE),
    async join(member) {
      const reply = await ask(member, 'JoinRoom', { roomName: ROOM })
      if (reply.name === 'JoinRoom') roomId = reply.fields.room.id
    },
    messageFrame(payload, webSocket) {
      if (roomId === undefined) throw new Error('no room was joined')
      const message = Buffer.from(payload).toString('latin1')
      const packet = framePacket(encodeRequest('PublicMessage', { roomId, message }))
      return webSocket ? clientFrame(packet, WS_BINARY) : packet
    },
    other() {},
  }
}

/** Connects and logs in as a guest. @param asked  what the handshake asks for beside what all ask for */
export async function enter(
  target: Target,
  buffer: ReadBuffer,
  zoneName: string,
  asked: Partial<RequestFields<'Handshake'>> = {},
): Promise<Member & { readonly userId: number }> {
  const { host, port, webSocket } = target
  const address = webSocket ? { host, port, path: '/BlueBox/websocket' } : { host, port }
  const member = await openMember(address, buffer)
  await ask(member, 'Handshake', { apiVersion: '1.8.6', clientType: 'Bench', ...asked })
  const login = await ask(member, 'Login', { zoneName, userName: '', password: '' })
  return { ...member, userId: login.name === 'Login' ? login.fields.userId : -1 }
}

/** Sends a request and waits for the answer of the same name. Throws when it is refused. */
export async function ask<N extends RequestName>(member: Member, name: N, fields: RequestFields<N>) {
  const { line, inbox } = member
  line.send(framePacket(encodeRequest(name, fields)), WS_BINARY)
  let reply: ReturnType<typeof read> | undefined
  await inbox.take(frame => {
    reply = read(frame, line.isWebSocket)
    return reply.name === name || reply.name === 'Failure'
  })
  if (reply === undefined || reply.name === 'Failure') {
    throw new Error(`${name} was refused: ${JSON.stringify(reply)}`)
  }
  return reply
}

function read(frame: Frame, webSocket: boolean) {
  const packet = webSocket
    ? readPacket(frame.bytes, { maxBodyBytes: MAX_BODY })
    : { flags: frame.kind, body: frame.bytes }
  const options = { compression: zlibCompression, maxInflatedBytes: MAX_BODY }
  const body =
    packet.flags & PacketFlags.COMPRESSED ? decodePacket(packet.flags, packet.body, options) : packet.body
  const message = decodeServerMessage(body)
  if ('problem' in message) throw new Error(`the server sent what cannot be read: ${JSON.stringify(message)}`)
  return message
}
