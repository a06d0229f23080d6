import {
  decodeRequest,
  encodeFailure,
  encodePacket,
  encodeServerMessage,
  type Request,
  type RoomRow,
  type ServerFields,
  type ServerMessageName,
  SFSObject,
} from '@warren/codec'
import { zlibCompression } from '@warren/codec/node'

/** Above so many bytes the server compresses what it sends. */
const COMPRESSION_THRESHOLD = 1024
const KEPT_SECONDS = 20
const USER_ID = 7

/** The room of the server. */
export const STOCK_LOBBY: RoomRow = {
  id: 1,
  name: 'Lobby',
  groupId: 'default',
  isGame: false,
  isHidden: false,
  isPasswordProtected: false,
  userCount: 0,
  maxUsers: 50,
  variables: [],
}

/** What one client is to the server, whatever line it is on. */
interface StockSession {
  readonly token: string
  userName: string
}

/** How a request is answered. */
type Answer<N extends Request['name']> = (
  fields: Extract<Request, { name: N }>['fields'],
  conversation: StockConversation,
) => void

const ANSWERS: { readonly [N in Request['name']]?: Answer<N> } = {
  Handshake: ({ reconnectionToken }, talk) => talk.greet(reconnectionToken),
  Login: ({ zoneName, userName }, talk) => {
    talk.session.userName = userName
    talk.say('Login', {
      reconnectionSeconds: KEPT_SECONDS,
      zoneName,
      userName,
      privilegeId: 1,
      rooms: [STOCK_LOBBY],
      userId: USER_ID,
    })
  },
  JoinRoom: ({ roomName }, talk) => {
    if (roomName !== STOCK_LOBBY.name) talk.refuse(4, 22)
    else talk.say('JoinRoom', { room: STOCK_LOBBY, users: [talk.user] })
  },
  PublicMessage: ({ roomId, message }, talk) =>
    talk.say('PublicMessage', { roomId, userId: USER_ID, message }),
  SetUserVariables: ({ variables }, talk) => talk.say('SetUserVariables', { userId: USER_ID, variables }),
  // Extensions of stock servers know no `$id`: they answer what they were written to answer.
  CallExtension: ({ command, params }, talk) =>
    talk.say('ExtensionResponse', {
      command,
      params: new SFSObject().putInt('sum', params.has('a') ? params.getInt('a') + 1 : 0),
    }),
  SubscribeRoomGroup: ({ groupId }, talk) => talk.say('SubscribeRoomGroup', { groupId, rooms: [] }),
  FindRooms: (_fields, talk) => talk.say('FindRooms', { rooms: [STOCK_LOBBY] }),
  PingPong: (_fields, talk) => talk.say('PingPong', {}),
  LeaveRoom: (_fields, talk) => talk.say('UserExitRoom', { roomId: STOCK_LOBBY.id, userId: USER_ID }),
  Logout: (_fields, talk) => talk.say('Logout', { zoneName: 'Zone' }),
  ManualDisconnection: () => {},
}

/** What the server remembers, over all lines. */
export class StockMemory {
  readonly #sessions = new Map<string, StockSession>()
  /** The names of what clients asked, in order. */
  readonly asked: string[] = []
  /** What no stock server understands. */
  readonly complaints: string[] = []

  /** A new session, or that of a token. */
  session(token?: string): StockSession | undefined {
    if (token !== undefined) return this.#sessions.get(token)
    const session = { token: (this.#sessions.size + 1).toString(16).padStart(32, 'a'), userName: '' }
    this.#sessions.set(session.token, session)
    return session
  }
}

/** A stock server's side of one line: nothing is counted, numbered or streamed, and lines of TCP may come back. */
export class StockConversation {
  readonly #memory: StockMemory
  readonly #comesBack: boolean
  readonly #send: (packet: Uint8Array) => void
  #session: StockSession | undefined

  /** @param comesBack  whether a lost line of this kind may be replaced [P-8.5.1] */
  constructor(memory: StockMemory, comesBack: boolean, send: (packet: Uint8Array) => void) {
    this.#memory = memory
    this.#comesBack = comesBack
    this.#send = send
  }

  /** Who is on the line. @throws Error before the handshake */
  get session(): StockSession {
    if (this.#session === undefined) throw new Error('There was no handshake')
    return this.#session
  }

  get user() {
    return { id: USER_ID, name: this.session.userName, privilegeId: 1, playerId: 0, variables: [] }
  }

  /** The client sent the body of a packet. */
  take(body: Uint8Array): void {
    const request = decodeRequest(body)
    if ('problem' in request) {
      this.#memory.complaints.push(request.detail)
      return
    }
    this.#memory.asked.push(request.name)
    const answer = ANSWERS[request.name] as Answer<Request['name']> | undefined
    if (answer === undefined) this.#memory.complaints.push(`No stock server knows ${request.name}`)
    else answer(request.fields, this)
  }

  say<N extends ServerMessageName>(name: N, fields: ServerFields<N>): void {
    const compression = { compression: zlibCompression, compressionThreshold: COMPRESSION_THRESHOLD }
    this.#send(encodePacket(encodeServerMessage(name, fields), compression))
  }

  refuse(action: number, code: number): void {
    this.#send(encodePacket(encodeFailure(action, code, [])))
  }

  /** Answers a handshake: what the client says beyond that of a stock client is passed over. */
  greet(token: string | undefined): void {
    this.#session = this.#memory.session(this.#comesBack ? token : undefined)
    if (this.#session === undefined) this.say('ReconnectionFailure', {})
    else {
      this.say('Handshake', {
        compressionThreshold: COMPRESSION_THRESHOLD,
        maxMessageBytes: 500_000,
        token: this.#session.token,
      })
    }
  }
}
