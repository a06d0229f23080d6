import { type Dialect, openMember } from '../dialect.ts'
import { clientFrame, WS_TEXT } from '../framing.ts'

const PING = 0x32
const PONG = Buffer.from('3')

/** Socket.IO 4 over Engine.IO 4, WebSocket only, by hand: `0` open, `40` connect, `42` event, `2`/`3` ping and pong. */
export const socketIo: Dialect = {
  async open(target, buffer) {
    const { host, port } = target
    const member = await openMember({ host, port, path: '/socket.io/?EIO=4&transport=websocket' }, buffer)
    await member.inbox.take(frame => startsWith(frame.bytes, '0{'))
    member.line.send(Buffer.from('40'), WS_TEXT)
    await member.inbox.take(frame => startsWith(frame.bytes, '40'))
    return member
  },
  async join(member) {
    member.line.send(Buffer.from('420["join"]'), WS_TEXT)
    await member.inbox.take(frame => startsWith(frame.bytes, '430'))
    return 0
  },
  messageFrame(payload) {
    return clientFrame(Buffer.from(`42["m","${Buffer.from(payload).toString('latin1')}"]`), WS_TEXT)
  },
  other(line, bytes, start, end) {
    if (end - start === 1 && bytes[start] === PING) line.send(PONG, WS_TEXT)
  },
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false
  return true
}
