import type { TestContext } from 'node:test'
import {
  decodeRequest,
  encodeFailure,
  encodePacket,
  encodeServerMessage,
  type Request,
  type RequestName,
  type RoomRow,
  readPacket,
  type ServerFields,
  type ServerMessageName,
  type UserRow,
} from '@warren/codec'
import type { ClientConfig } from '../../src/config.ts'
import { SmartFox } from '../../src/smart-fox.ts'
import { type Line, LineError, type LineListener } from '../../src/transport/line.ts'
import type { Platform } from '../../src/transport/platform.ts'

const MAX_BYTES = 1_000_000

/** A server in the hand of a test: it says what the test says, and keeps what it is asked. */
export class PuppetServer {
  /** What clients asked, handshakes left out. */
  readonly requests: Request[] = []
  /** What clients said of themselves. */
  readonly handshakes: Extract<Request, { name: 'Handshake' }>['fields'][] = []
  /** Whether lines can be opened. */
  isUp = true
  /** Why not even one is tried. */
  forbids: Error | undefined
  #listener: LineListener | undefined

  /** A client of this server. */
  client(config: ClientConfig = {}): SmartFox {
    return new SmartFox({ zone: 'Zone', useBlueBox: false, ...config }, this.#platform())
  }

  /** A client that is connected and logged in as user 1. */
  async loggedIn(rooms: readonly RoomRow[] = [], config: ClientConfig = {}): Promise<SmartFox> {
    const sfs = this.client(config)
    await sfs.connect()
    const login = sfs.login('Ann')
    this.say('Login', loginAnswer({ rooms }))
    await login
    this.requests.length = 0
    return sfs
  }

  /** Says something to the client. */
  say<N extends ServerMessageName>(name: N, fields: ServerFields<N>): void {
    this.#send(encodeServerMessage(name, fields))
  }

  /** Refuses something. */
  refuse(action: number, code: number, ...args: readonly string[]): void {
    this.#send(encodeFailure(action, code, args))
  }

  /** Ends the line. */
  hangUp(): void {
    this.#listener?.onClosed()
    this.#listener = undefined
  }

  /** The names of what was asked. */
  get asked(): readonly RequestName[] {
    return this.requests.map(({ name }) => name)
  }

  #send(body: Uint8Array): void {
    const packet = readPacket(encodePacket(body), { maxBodyBytes: MAX_BYTES })
    this.#listener?.onPacket(packet.flags, packet.body)
  }

  #received(packet: Uint8Array): void {
    const request = decodeRequest(readPacket(packet, { maxBodyBytes: MAX_BYTES }).body)
    if ('problem' in request) throw new Error(request.detail)
    if (request.name !== 'Handshake') {
      this.requests.push(request)
      return
    }
    this.handshakes.push(request.fields)
    this.say('Handshake', { compressionThreshold: 1024, maxMessageBytes: 10_000, token: 'a'.repeat(32) })
  }

  #platform(): Platform {
    return {
      transport: () => 'websocket',
      inflate: bytes => bytes,
      open: async (_address, listener) => {
        if (this.forbids !== undefined) throw this.forbids
        if (!this.isUp) throw new LineError('Nobody listens')
        this.#listener = listener
        return this.#line()
      },
      openTunnel: async () => {
        throw new LineError('There is no tunnel')
      },
      readConfig: async source => {
        if (source === 'sfs-config.xml') return { host: 'from-file', zone: 'FileZone' }
        throw new Error(`There is no ${source}`)
      },
    }
  }

  #line(): Line {
    return {
      transport: 'websocket',
      canEncrypt: false,
      waitingBytes: 0,
      maxBodyBytes: MAX_BYTES,
      send: packet => this.#received(packet),
      close: () => this.hangUp(),
      kill: () => this.hangUp(),
    }
  }
}

/** A server that hangs up when the test is over. */
export function puppet(t: TestContext): PuppetServer {
  const server = new PuppetServer()
  t.after(() => server.hangUp())
  return server
}

/** A room as the server tells of it. */
export function roomRow(more: Partial<RoomRow> & Pick<RoomRow, 'id' | 'name'>): RoomRow {
  return {
    groupId: 'default',
    isGame: false,
    isHidden: false,
    isPasswordProtected: false,
    userCount: 0,
    maxUsers: 10,
    variables: [],
    ...more,
  }
}

/** A user as the server tells of him. */
export function userRow(id: number, name: string, more: Partial<UserRow> = {}): UserRow {
  return { id, name, privilegeId: 0, playerId: 0, variables: [], ...more }
}

/** The answer to a login of user 1. */
export function loginAnswer(more: Partial<ServerFields<'Login'>> = {}): ServerFields<'Login'> {
  return {
    reconnectionSeconds: 0,
    zoneName: 'Zone',
    userName: 'Ann',
    privilegeId: 0,
    rooms: [],
    userId: 1,
    ...more,
  }
}
