import { Agent, request } from 'node:http'
import { type Dialect, type Member, openMember } from '../dialect.ts'
import { clientFrame, WS_BINARY } from '../framing.ts'
import type { ReadBuffer } from '../line.ts'

const JOIN_ROOM = 10
/** Begins a message to the room. */
export const ROOM_DATA = 13
const agent = new Agent({ keepAlive: true, maxSockets: 16 })

interface Seat {
  readonly sessionId: string
  readonly roomId: string
  readonly processId: string
}

/** Colyseus 0.18 by hand: a seat by HTTP, then the room's WebSocket; messages are MessagePack after a type string. */
export const colyseus: Dialect = {
  open: ({ host, port }, buffer) => enterColyseus(host, port, buffer),
  join: async () => 0,
  messageFrame(payload) {
    const body = new Uint8Array(5 + payload.length)
    // A type string of one character (fixstr 1) and a string of up to 255 bytes (str 8).
    body.set([ROOM_DATA, 0xa1, 0x6d, 0xd9, payload.length])
    body.set(payload, 5)
    return clientFrame(body, WS_BINARY)
  },
  other() {},
}

/** Takes a seat in the room of the server, and confirms it. */
export async function enterColyseus(host: string, port: number, buffer: ReadBuffer): Promise<Member> {
  const seat = await reserveSeat(host, port)
  const path = `/${seat.processId}/${seat.roomId}?sessionId=${seat.sessionId}`
  const member = await openMember({ host, port, path }, buffer)
  await member.inbox.take(frame => frame.bytes[0] === JOIN_ROOM)
  member.line.send(Uint8Array.of(JOIN_ROOM), WS_BINARY)
  return member
}

function reserveSeat(host: string, port: number): Promise<Seat> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' }
    const call = request(
      { host, port, path: '/matchmake/joinOrCreate/chat', method: 'POST', headers, agent },
      response => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', chunk => {
          text += chunk
        })
        response.on('end', () => {
          const seat = readSeat(text)
          if (seat) resolve(seat)
          else reject(new Error(`no seat: ${response.statusCode} ${text.slice(0, 200)}`))
        })
      },
    )
    call.on('error', reject)
    call.end('{}')
  })
}

function readSeat(text: string): Seat | undefined {
  const reply: Partial<Seat> = text.startsWith('{') ? JSON.parse(text) : {}
  const { sessionId, roomId, processId } = reply
  return sessionId && roomId && processId ? { sessionId, roomId, processId } : undefined
}
