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
import type { Address, ReadBuffer } from '../line.ts'

/** The zone and the room of the benchmark. */
export const ZONE = 'BasicExamples'
export const ROOM = 'Bench'
const MAX_BODY = 1 << 24

/**
 * SFS2X over WebSocket, TCP or HTTP: handshake, login as a guest, join the room by its name, public messages. The codec
 * only serves to build requests and to read the answers of the set-up; chat messages are found by their marker.
 */
export function createSfs2x(): Dialect {
  let users = 0
  return {
    open(target, buffer) {
      const userName = target.userPrefix === undefined ? '' : `${target.userPrefix}${users++}`
      return enter(target, buffer, target.zone ?? ZONE, {}, userName)
    },
    async join(member, room = ROOM) {
      return (await joinRoom(member, room)).id
    },
    messageFrame(payload, webSocket, roomId) {
      const message = Buffer.from(payload).toString('latin1')
      return requestFrame('PublicMessage', { roomId, message }, webSocket)
    },
    pingFrame: webSocket => requestFrame('PingPong', {}, webSocket),
    isPong: (frame, webSocket) => readFrame(frame, webSocket).name === 'PingPong',
    other() {},
  }
}

/** A request as it is written to the line, framed but not masked. */
export function requestFrame<N extends RequestName>(
  name: N,
  fields: RequestFields<N>,
  webSocket: boolean,
): Uint8Array {
  const packet = framePacket(encodeRequest(name, fields))
  return webSocket ? clientFrame(packet, WS_BINARY) : packet
}

/** Joins a room by its name. Throws when that is refused. @returns how the server describes it */
export async function joinRoom(member: Member, roomName: string) {
  const reply = await ask(member, 'JoinRoom', { roomName })
  if (reply.name !== 'JoinRoom') throw new Error(`the room ${roomName} cannot be joined`)
  return reply.fields.room
}

/** Where the lines of a target go. */
export function addressOf({ host, port, webSocket, isTunnel = false }: Target): Address {
  return webSocket ? { host, port, path: '/BlueBox/websocket' } : { host, port, isTunnel }
}

/** Connects and logs in as a guest. @param asked  what the handshake asks for beside what all ask for */
export async function enter(
  target: Target,
  buffer: ReadBuffer,
  zoneName: string,
  asked: Partial<RequestFields<'Handshake'>> = {},
  userName = '',
): Promise<Member & { readonly userId: number; readonly token: string }> {
  const member = await openMember(addressOf(target), buffer)
  const hello = await ask(member, 'Handshake', { apiVersion: '1.8.6', clientType: 'Bench', ...asked })
  const token = hello.name === 'Handshake' ? hello.fields.token : ''
  const login = await ask(member, 'Login', { zoneName, userName, password: '' })
  return { ...member, token, userId: login.name === 'Login' ? login.fields.userId : -1 }
}

/** Sends a request and waits for the answer of the same name. Throws when it is refused. */
export async function ask<N extends RequestName>(member: Member, name: N, fields: RequestFields<N>) {
  const { line, inbox } = member
  line.send(framePacket(encodeRequest(name, fields)), WS_BINARY)
  let reply: ReturnType<typeof readFrame> | undefined
  await inbox.take(frame => {
    reply = readFrame(frame, line.isWebSocket)
    return reply.name === name || reply.name === 'Failure'
  })
  if (reply === undefined || reply.name === 'Failure') {
    throw new Error(`${name} was refused: ${JSON.stringify(reply)}`)
  }
  return reply
}

/** Reads a message of the server. Throws when it cannot be read. */
export function readFrame(frame: Frame, webSocket: boolean) {
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
