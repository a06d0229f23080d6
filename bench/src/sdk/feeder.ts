/**
 * Says to one client what a server would say to it in a busy room, as fast as the client reads it. What it says is
 * made beforehand, so that its own work is no part of what is measured.
 */
import { createServer as createHttpServer } from 'node:http'
import { createServer as createTcpServer, type Socket } from 'node:net'
import {
  decodeRequest,
  encodeServerMessage,
  framePacket,
  PacketSplitter,
  readPacket,
  type ServerMessage,
} from '@warren/codec'
import { WebSocketServer } from 'ws'
import { portOf } from '../servers/child.ts'
import type { FeederReply, FeederRequest } from './protocol.ts'

const MAX_BODY_BYTES = 1024 * 1024
const KEPT_BYTES = 262_144
const USERS = 100
const ROOM_ID = 7
/** Messages are made in pieces of so many; pieces are sent again and again. */
const PIECE = 1000
const TEXT = 'a message of sixty-four bytes, as people in a busy room say them'

type Frame = (packet: Uint8Array) => Uint8Array

let client: { readonly socket: Socket; readonly piece: Buffer } | undefined

const report = (reply: FeederReply): void => void process.send?.(reply)

/** A WebSocket frame around a packet, as servers send it. */
function webSocketFrame(packet: Uint8Array): Uint8Array {
  const { length } = packet
  const head = length < 126 ? [0x82, length] : [0x82, 126, length >> 8, length & 255]
  return Buffer.concat([Buffer.from(head), packet])
}

/** The messages of one piece, each from the next user. */
function pieceOf(frame: Frame): Buffer {
  const frames = Array.from({ length: PIECE }, (_, i) => {
    const fields = { roomId: ROOM_ID, userId: i % USERS, message: TEXT }
    return frame(framePacket(encodeServerMessage('PublicMessage', fields)))
  })
  return Buffer.concat(frames)
}

const row = { groupId: 'default', isGame: false, isHidden: false, isPasswordProtected: false, variables: [] }
const room = { ...row, id: ROOM_ID, name: 'Bench', userCount: USERS, maxUsers: USERS }
const users = Array.from({ length: USERS }, (_, id) => ({
  id,
  name: `user${id}`,
  privilegeId: 0,
  playerId: 0,
  variables: [],
}))

/** What is answered to a request; nothing to those that need no answer. */
function answerTo(body: Uint8Array): ServerMessage | undefined {
  const request = decodeRequest(body)
  if ('problem' in request) throw new Error(request.detail)
  switch (request.name) {
    case 'Handshake': {
      const welcome = { compressionThreshold: 1024, maxMessageBytes: 500_000, token: '0'.repeat(32) }
      const counts =
        request.fields.keptBytes === undefined ? {} : { keptBytes: KEPT_BYTES, receivedPackets: 0 }
      return { name: 'Handshake', fields: { ...welcome, ...counts } }
    }
    case 'Login': {
      const { zoneName, userName } = request.fields
      const user = { userId: 0, userName, privilegeId: 0, reconnectionSeconds: 0 }
      return { name: 'Login', fields: { ...user, zoneName, rooms: [room] } }
    }
    case 'JoinRoom':
      return { name: 'JoinRoom', fields: { room, users } }
    default:
      return undefined
  }
}

function serve(socket: Socket, frame: Frame, body: Uint8Array): void {
  const answer = answerTo(body)
  if (answer === undefined) return
  socket.write(frame(framePacket(encodeServerMessage(answer.name, answer.fields as never))))
  if (answer.name !== 'JoinRoom') return
  client = { socket, piece: pieceOf(frame) }
  report({ type: 'joined' })
}

async function feed({ messages }: FeederRequest): Promise<void> {
  if (client === undefined) throw new Error('There is no client to feed')
  const { socket, piece } = client
  for (let sent = 0; sent < messages; sent += PIECE) {
    if (!socket.write(piece)) await new Promise<void>(resolve => socket.once('drain', () => resolve()))
  }
  report({ type: 'fed' })
}

function listenHttp(): ReturnType<typeof createHttpServer> {
  const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  const server = createHttpServer()
  server.on('upgrade', (request, socket: Socket, head) => {
    webSockets.handleUpgrade(request, socket, head, webSocket => {
      socket.setNoDelay(true)
      webSocket.on('message', (data: Buffer) => {
        serve(socket, webSocketFrame, readPacket(data, { maxBodyBytes: MAX_BODY_BYTES }).body)
      })
    })
  })
  return server
}

function listenTcp(): ReturnType<typeof createTcpServer> {
  return createTcpServer({ noDelay: true }, socket => {
    const splitter = new PacketSplitter({ maxBodyBytes: MAX_BODY_BYTES })
    socket.on('data', chunk => {
      splitter.push(chunk, (_flags, body) => serve(socket, packet => packet, body))
    })
    socket.on('error', () => undefined)
  })
}

process.on('message', (request: FeederRequest) => void feed(request))
process.on('disconnect', () => process.exit(0))
const server = process.argv[2] === 'tcp' ? listenTcp() : listenHttp()
server.listen(0, '127.0.0.1', () => report({ type: 'ready', port: portOf(server.address()) }))
