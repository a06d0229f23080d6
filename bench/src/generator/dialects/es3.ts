import {
  type Es3Message,
  type Es3Request,
  encodeFrame,
  frameText,
  readMessage,
  renderRequest,
} from '@warren/codec/es3'
import { type Dialect, type Member, openMember } from '../dialect.ts'
import { clientFrame, scanZeroes, WS_TEXT } from '../framing.ts'

const ROOM = 'Bench'
const PLAIN_ROOM = {
  zone: '',
  isUpdatable: true,
  isHidden: false,
  isNumbered: false,
  hasFloodingFilter: false,
  hasUserVariables: false,
  password: '',
  description: '',
  capacity: -1,
  roomVariables: [],
  plugins: [],
}

/**
 * ElectroServer 3 over TCP, or over WebSocket: greeting, login, the room, public messages. The codec only serves to set
 * up; chat messages are found by their marker.
 */
export function createEs3(): Dialect {
  const serverTime = { name: 'GetServerTime', fields: {} } as const
  let users = 0
  return {
    async open(target, buffer) {
      const { host, port, webSocket } = target
      const address = webSocket ? { host, port, path: '/electroserver' } : { host, port, scan: scanZeroes }
      const member = await openMember(address, buffer)
      await hear(member, 'ConnectionAccepted')
      const userName = `${target.userPrefix ?? 'User'}${users++}`
      tell(member, { name: 'Login', fields: { userName, password: '', userVariables: [] } })
      await hear(member, 'LoginAccepted')
      return member
    },
    async join(member, room = ROOM) {
      try {
        await joinRoom(member, room)
      } catch {
        tell(member, { name: 'CreateRoom', fields: { ...PLAIN_ROOM, room } })
        // Somebody else may have made it in the meantime.
        await hear(member, 'RoomJoined').catch(() => joinRoom(member, room))
      }
      return 0
    },
    messageFrame(payload, webSocket) {
      const message = Buffer.from(payload).toString('latin1')
      return frameOf({ name: 'SendPublicMessage', fields: { message, variables: [] } }, webSocket)
    },
    pingFrame: webSocket => frameOf(serverTime, webSocket),
    isPong({ bytes }) {
      const message = readMessage(frameText(bytes))
      return 'name' in message && message.name === 'ServerTime'
    },
    other() {},
  }
}

async function joinRoom(member: Member, room: string): Promise<void> {
  tell(member, { name: 'JoinRoom', fields: { zone: '', room, password: '', isNumbered: true } })
  await hear(member, 'RoomJoined')
}

function frameOf(request: Es3Request, webSocket: boolean): Uint8Array {
  const text = renderRequest(request)
  return webSocket ? clientFrame(Buffer.from(text), WS_TEXT) : encodeFrame(text)
}

function tell({ line }: Member, request: Es3Request): void {
  const text = renderRequest(request)
  line.send(line.isWebSocket ? Buffer.from(text) : encodeFrame(text), WS_TEXT)
}

/** Passes over messages until one of a name. Throws when the server says no instead. */
async function hear({ inbox }: Member, name: Es3Message['name']): Promise<void> {
  let refusal: string | undefined
  await inbox.take(({ bytes }) => {
    const message = readMessage(frameText(bytes))
    if ('problem' in message) throw new Error(`the server sent what cannot be read: ${message.detail}`)
    if ('reason' in message.fields) refusal = message.fields.reason
    return message.name === name || refusal !== undefined
  })
  if (refusal !== undefined) throw new Error(`${name} was expected, the server said: ${refusal}`)
}
