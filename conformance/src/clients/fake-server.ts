import {
  decodeRequest,
  encodePacket,
  encodeServerMessage,
  type RoomRow,
  readPacket,
  type ServerFields,
  type ServerMessageName,
} from '@warren/codec'
import { type WebSocket, WebSocketServer } from 'ws'
import { deadline } from '../client/deadline.ts'
import type { Endpoint } from '../client/line.ts'

const MAX_BYTES = 1_000_000
const PATIENCE = 5000

/** The user whom the server takes every client for. */
export const USER_ID = 42

const plain = { groupId: 'default', isGame: false, isHidden: false, isPasswordProtected: false }

/** The rooms that it has. */
export const FAKE_ROOMS: readonly RoomRow[] = [
  { ...plain, id: 1, name: 'Lobby', userCount: 0, maxUsers: 10, variables: [] },
  {
    ...plain,
    id: 2,
    name: 'Chess',
    userCount: 0,
    maxUsers: 2,
    variables: [],
    isGame: true,
    spectatorCount: 0,
    maxSpectators: 2,
  },
  {
    ...plain,
    id: 3,
    name: 'Map',
    userCount: 0,
    maxUsers: 10,
    variables: [],
    spectatorCount: null,
    maxSpectators: null,
    mmo: { aoi: { kind: 'float', x: 100.5, y: 100, z: 0 }, lowerLimit: null, higherLimit: null },
  },
]

/** A server that lets everybody in and keeps what they send, to compare clients byte by byte. */
export class FakeServer {
  readonly #server: WebSocketServer
  readonly #packets: Uint8Array[] = []
  #wake: (() => void) | undefined

  private constructor(server: WebSocketServer) {
    this.#server = server
    server.on('connection', socket => {
      socket.on('message', (data: Uint8Array) => this.#received(socket, data))
    })
  }

  static async start(): Promise<FakeServer> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    await new Promise<void>(resolve => server.once('listening', resolve))
    return new FakeServer(server)
  }

  get endpoint(): Endpoint {
    const address = this.#server.address()
    if (typeof address !== 'object' || address === null) throw new Error('The server does not listen')
    return { host: '127.0.0.1', port: address.port }
  }

  /** The next packet as hexadecimal digits. */
  async nextPacket(): Promise<string> {
    const arrival = async () => {
      while (this.#packets.length === 0) {
        await new Promise<void>(resolve => {
          this.#wake = resolve
        })
      }
    }
    await deadline(arrival(), PATIENCE, 'a packet of the client')
    return Buffer.from(this.#packets.shift() ?? []).toString('hex')
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate()
    this.#server.close()
  }

  #received(socket: WebSocket, packet: Uint8Array): void {
    this.#packets.push(packet)
    this.#wake?.()
    const { body } = readPacket(packet, { maxBodyBytes: MAX_BYTES })
    const request = decodeRequest(body)
    const send = <N extends ServerMessageName>(name: N, fields: ServerFields<N>) =>
      socket.send(encodePacket(encodeServerMessage(name, fields)))
    if ('problem' in request) return
    if (request.name === 'Handshake') {
      send('Handshake', {
        compressionThreshold: 2 ** 31 - 1,
        maxMessageBytes: 500_000,
        token: '0123456789abcdef0123456789abcdef',
      })
    }
    if (request.name === 'Login') {
      const { zoneName, userName } = request.fields
      const user = { userId: USER_ID, userName, privilegeId: 3 }
      send('Login', { ...user, zoneName, rooms: FAKE_ROOMS, reconnectionSeconds: 0 })
    }
    if (request.name === 'Logout') send('Logout', { zoneName: 'Zone' })
    if (request.name === 'InviteUsers') {
      const inviter = { id: 8, name: 'Eve', privilegeId: 1, playerId: 0, variables: [] }
      send('InviteUsers', { invitationId: 5, seconds: 20, inviter })
    }
    if (request.name === 'InitBuddyList') {
      const ben = { id: 7, name: 'Ben', isBlocked: false, variables: [] }
      const dan = { ...ben, id: -1, name: 'Dan', isBlocked: true }
      send('InitBuddyList', { states: [], variables: [], buddies: [ben, dan] })
    }
    if (request.name === 'JoinRoom') {
      const room = FAKE_ROOMS.find(({ name }) => name === request.fields.roomName)
      if (room !== undefined) send('JoinRoom', { room, users: [] })
    }
  }
}
