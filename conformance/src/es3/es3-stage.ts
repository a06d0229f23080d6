import type { TestContext } from 'node:test'
import type { ServerConfig, ZoneSettings } from '@warren/server'
import type { Endpoint } from '../client/line.ts'
import { RawClient } from '../client/raw-client.ts'
import { connectTcp } from '../client/tcp-line.ts'
import { openTarget, type Target, type TargetOverrides } from '../target/target.ts'
import { ZONES } from '../target/zones.ts'
import { Es3Client } from './es3-client.ts'

/** What a test changes on a server for ElectroServer clients. */
export interface Es3StageOptions {
  readonly electro?: Partial<ServerConfig['electro']>
  readonly limits?: Partial<ServerConfig['limits']>
  /** Of the zone that logins enter. */
  readonly zone?: Partial<ZoneSettings>
  readonly extensions?: ServerConfig['extensions']['definitions']
}

/** A server of our own with a listener for ElectroServer clients, and the zones `Default` and `Games`, without rooms. */
export class Es3Stage {
  readonly target: Target
  readonly electro: Endpoint
  readonly #t: TestContext

  private constructor(t: TestContext, target: Target, electro: Endpoint) {
    this.#t = t
    this.target = target
    this.electro = electro
  }

  static async open(t: TestContext, options: Es3StageOptions = {}): Promise<Es3Stage> {
    const target = await openTarget(config => overrides(config, options))
    t.after(() => target.close())
    if (target.electro === undefined)
      throw new Error('The server opened no listener for ElectroServer clients')
    return new Es3Stage(t, target, target.electro)
  }

  /** A client that has not been greeted yet. */
  async connect(): Promise<Es3Client> {
    const client = await Es3Client.connect(this.electro)
    this.#t.after(() => client.socket.destroy())
    return client
  }

  /** A client that was greeted. */
  async greeted(): Promise<Es3Client> {
    const client = await this.connect()
    await client.expect('ConnectionAccepted')
    return client
  }

  /** A user in no room. */
  async user(name: string, password: string = ''): Promise<Es3Client> {
    const client = await this.greeted()
    client.send({ name: 'Login', fields: { userName: name, password, userVariables: [] } })
    await client.expect('LoginAccepted')
    return client
  }

  /** Users in a room, which the first of them makes; nothing is left unread. */
  async room(room: string, ...names: readonly string[]): Promise<Es3Client[]> {
    const clients: Es3Client[] = []
    for (const name of names) {
      const client = await this.user(name)
      if (clients.length === 0) client.createRoom(room)
      else client.joinRoom(room)
      await client.find('RoomJoined')
      clients.push(client)
    }
    for (const client of clients) await settled(client)
    return clients
  }

  /** A user of SFS2X. */
  async sfs2xUser(userName: string, zoneName: string = 'Default'): Promise<RawClient> {
    const client = await RawClient.on(onPacket => connectTcp(this.target.tcp, onPacket))
    this.#t.after(() => client.line.close())
    client.request('Handshake', { apiVersion: '1.8.6', clientType: 'test' })
    await client.find('Handshake')
    client.request('Login', { zoneName, userName, password: '' })
    await client.find('Login')
    return client
  }
}

/** Passes over all that the server has told a client so far. */
export async function settled(client: Es3Client): Promise<readonly string[]> {
  client.send({ name: 'Ping', fields: {} })
  const passed: string[] = []
  for (;;) {
    const text = await client.text()
    if (text === PONG) return passed
    passed.push(text)
  }
}

/** A packet as text, without its zero byte. */
export function packet(action: string, parameters: string): string {
  return `<XmlDoc><Action>${action}</Action><Parameters>${parameters}</Parameters></XmlDoc>`
}

const PONG = packet('Ping', '')

function overrides(config: ServerConfig, options: Es3StageOptions): TargetOverrides {
  const [model] = ZONES
  if (model === undefined) throw new Error('There is no zone to take as a model')
  const plain: ZoneSettings = {
    ...model,
    maxRoomNameChars: 40,
    maxFailedLogins: 0,
    userCountChangeUpdateInterval: 0,
    rooms: [],
  }
  const { extensions = {}, zone, electro, limits } = options
  return {
    listen: { tcp: 0, http: 0, udp: 'off', https: 'off', electro: 0 },
    limits: { ...config.limits, closeDelaySeconds: 0, ...limits },
    electro: { ...config.electro, greetingDelayMillis: 30, ...electro },
    extensions: { ...config.extensions, definitions: extensions },
    zones: [
      { ...plain, name: 'Default', ...zone },
      { ...plain, name: 'Games' },
    ],
  }
}
