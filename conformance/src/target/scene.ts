import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import type { ServerConfig } from '@warren/server'
import { type BlueBoxLine, type BlueBoxOptions, connectBlueBox } from '../client/bluebox-line.ts'
import { startEncryption } from '../client/crypto-manager.ts'
import type { Endpoint } from '../client/line.ts'
import { RawClient } from '../client/raw-client.ts'
import { connectTcp, connectTls } from '../client/tcp-line.ts'
import { connectUdp, type UdpClient } from '../client/udp-line.ts'
import { connectWebSocket, type WebSocketLine } from '../client/ws-line.ts'
import { CLIENT_KINDS, type ClientKind, type TestClient } from '../clients/test-client.ts'
import { OfficialClient } from '../official/official-client.ts'
import { openTarget, type Target, type TargetOverrides } from './target.ts'

/** Somebody who is logged in over a raw line. */
export interface Player {
  readonly client: RawClient
  readonly id: number
  readonly name: string
  /** Ids of the rooms that the login told of, by name. */
  readonly rooms: ReadonlyMap<string, number>
}

/** The lines that a raw client can be on. */
export type Transport = 'tcp' | 'ws' | 'bluebox' | 'tls' | 'wss' | 'bluebox-tls'

/** A room name that no server has. */
const NOWHERE = 'no such room anywhere'

/** One test's server and clients; all gone when the test is over. */
export class Scene {
  readonly target: Target
  readonly #kind: ClientKind | undefined
  readonly #clients: { leave(): Promise<void> }[] = []

  private constructor(target: Target, kind: ClientKind | undefined) {
    this.target = target
    this.#kind = kind
  }

  /** @param kind  what `client` gives; the official client when left out */
  static async open(
    t: TestContext,
    change?: (config: ServerConfig) => TargetOverrides,
    kind?: ClientKind,
  ): Promise<Scene> {
    const scene = new Scene(await openTarget(change), kind)
    t.after(() => scene.#close())
    return scene
  }

  /** A raw client on a new line, nothing sent. */
  async raw(transport: Transport = 'tcp'): Promise<RawClient> {
    switch (transport) {
      case 'tcp':
        return await this.tcp()
      case 'ws':
        return await this.ws()
      case 'bluebox':
        return await this.bluebox()
      case 'tls':
        return this.#kept(await RawClient.on(onPacket => connectTls(this.target.tcp, onPacket)))
      case 'wss':
        return this.#kept(
          await RawClient.on(onPacket => connectWebSocket(this.https, onPacket, undefined, true)),
        )
      case 'bluebox-tls':
        return this.#kept(
          await RawClient.on(onPacket => connectBlueBox(this.https, onPacket, { isSecure: true })),
        )
    }
  }

  /** The HTTPS port of a server with `everyListener`. */
  get https(): Endpoint {
    const { https } = this.target
    assert.ok(https, 'the server has no HTTPS port')
    return https
  }

  /** A socket for datagrams to a server with `everyListener`. */
  async udp(address?: string): Promise<UdpClient> {
    assert.ok(this.target.udp, 'the server has no UDP port')
    const client = await connectUdp(this.target.udp, address)
    this.#clients.push(client)
    return client
  }

  async tcp(): Promise<RawClient> {
    return this.#kept(await RawClient.on(onPacket => connectTcp(this.target.tcp, onPacket)))
  }

  async ws(path?: string): Promise<RawClient<WebSocketLine>> {
    return this.#kept(await RawClient.on(onPacket => connectWebSocket(this.target.http, onPacket, path)))
  }

  async bluebox(options?: BlueBoxOptions): Promise<RawClient<BlueBoxLine>> {
    return this.#kept(await RawClient.on(onPacket => connectBlueBox(this.target.http, onPacket, options)))
  }

  /** A raw client after its handshake. */
  async greeted(transport: Transport = 'tcp'): Promise<RawClient> {
    const client = await this.raw(transport)
    await greet(client)
    return client
  }

  /** A raw client that encrypts, after its handshake. */
  async encrypted(transport: Transport = 'tcp'): Promise<RawClient> {
    const client = await this.raw(transport)
    const { token } = await greet(client)
    await startEncryption(client, this.https, token)
    return client
  }

  /** A raw client that is logged in; an empty name is a guest. */
  async player(zoneName: string, userName: string, transport: Transport = 'tcp'): Promise<Player> {
    return await logIn(await this.greeted(transport), zoneName, userName)
  }

  /** A raw client that is logged in and in a room, with everything about that read. */
  async member(zoneName: string, userName: string, roomName: string, transport?: Transport): Promise<Player> {
    const player = await this.player(zoneName, userName, transport)
    await join(player, roomName)
    return player
  }

  /** A client of the kind that is tested, connected. */
  async client(): Promise<TestClient> {
    const kind = this.#kind ?? CLIENT_KINDS[0]
    assert.ok(kind)
    const client = kind.create(this.target.http)
    this.#clients.push(client)
    await client.connect()
    return client
  }

  /** The official client, connected. */
  async official(): Promise<OfficialClient> {
    const client = new OfficialClient(this.target.http)
    this.#clients.push(client)
    await client.connect()
    return client
  }

  async #close(): Promise<void> {
    await Promise.all(this.#clients.map(client => client.leave()))
    if (this.target.own === undefined) await this.#forgotten()
    await this.target.close()
  }

  /** A server that goes on has heard of the closed lines by the time it answers a new one. */
  async #forgotten(): Promise<void> {
    const probe = await RawClient.on(onPacket => connectTcp(this.target.tcp, onPacket))
    await greet(probe)
    await probe.leave()
  }

  #kept<C extends RawClient>(client: C): C {
    this.#clients.push(client)
    return client
  }
}

/** Sends the handshake and reads the answer. */
export async function greet(client: RawClient): Promise<{ readonly token: string }> {
  client.request('Handshake', { apiVersion: '1.7.5', clientType: 'Conformance', isBinary: true })
  return await client.expect('Handshake')
}

/** Logs in and reads the answer. */
export async function logIn(client: RawClient, zoneName: string, userName: string): Promise<Player> {
  client.request('Login', { zoneName, userName, password: '' })
  const { userId, userName: name, rooms } = await client.expect('Login')
  return { client, id: userId, name, rooms: new Map(rooms.map(room => [room.name, room.id])) }
}

/** Joins a room, keeping the others, and reads everything that comes of it. */
export async function join(player: Player, roomName: string): Promise<number> {
  player.client.request('JoinRoom', { roomName, roomIdToLeave: -1 })
  const { room } = await player.client.find('JoinRoom')
  await settled(player.client)
  return room.id
}

/**
 * Waits until the server has answered everything that this client asked. What came meanwhile counts as read.
 * A join of a room that does not exist is a request that is always answered, and only after all before it.
 */
export async function settled(client: RawClient): Promise<void> {
  client.request('JoinRoom', { roomName: NOWHERE })
  for (;;) {
    const message = await client.next()
    if (message.name === 'Failure' && message.action === 4 && message.code === 22) return
  }
}

/** Nothing comes before the answer to the next request: whatever was sent last was met with silence. */
export async function assertSilence(client: RawClient): Promise<void> {
  client.request('JoinRoom', { roomName: NOWHERE })
  assert.deepEqual(await client.expectFailure(), { action: 4, code: 22, args: [] })
}

/** The same before a login, where only handshakes are always answered. */
export async function assertSilenceBeforeLogin(client: RawClient): Promise<void> {
  await greet(client)
}
