import assert from 'node:assert/strict'
import { SFSArray, SFSObject } from '@warren/codec'
import { join as joinOfficial, loggedIn } from '../official/arrivals.ts'
import { type OfficialClient, SFS2X } from '../official/official-client.ts'
import { join, type Player, type Scene } from './scene.ts'

/** A room that no server has: asking for it is always answered, and in its turn. */
const NOWHERE = 'no such room anywhere'

/** What extensions are called with: numbers go as INT, texts as UTF_STRING. */
export type CallParams = Readonly<Record<string, number | string>>

/** What an extension said, as plain values. */
export interface Heard {
  readonly command: string
  readonly params: unknown
  /** The room whose extension speaks, by name. */
  readonly room: string | undefined
}

/** A user that calls extensions, whatever client he has. */
export interface Caller {
  readonly name: string
  /** @param room  the room whose extension is called, by name; the zone's when left out */
  call(command: string, params?: CallParams, room?: string): void
  /** The next thing that an extension says; what happens in rooms meanwhile is passed over. */
  hear(): Promise<Heard>
  /** No extension says anything before the answer to what is asked now. */
  hearNothing(): Promise<void>
}

/** The kinds of clients that call. */
export const CALLERS = { 'the official client': officialCaller, 'raw TCP': rawCaller } as const

/** Somebody in zone BH0 who calls with the official client; in these rooms. */
export async function officialCaller(scene: Scene, name: string, ...rooms: string[]): Promise<Caller> {
  const client = await loggedIn(scene, name)
  for (const room of rooms) await joinOfficial(client, room)
  return new OfficialCaller(client, name)
}

/** The same with bytes over TCP. */
export async function rawCaller(scene: Scene, name: string, ...rooms: string[]): Promise<Caller> {
  const player = await scene.player('BH0', name)
  for (const room of rooms) await join(player, room)
  return new RawCaller(player)
}

class OfficialCaller implements Caller {
  readonly name: string
  readonly #client: OfficialClient

  constructor(client: OfficialClient, name: string) {
    this.name = name
    this.#client = client
  }

  call(command: string, params: CallParams = {}, room?: string): void {
    const object = new SFS2X.SFSObject()
    for (const [key, value] of Object.entries(params)) {
      if (typeof value === 'number') object.putInt(key, value)
      else object.putUtfString(key, value)
    }
    const target = room === undefined ? undefined : this.#client.sfs.getRoomByName(room)
    this.#client.send(new SFS2X.ExtensionRequest(command, object, target))
  }

  async hear(): Promise<Heard> {
    const { cmd, params, room } = await this.#client.find('extensionResponse')
    return { command: cmd, params: plain(params), room: room?.name }
  }

  async hearNothing(): Promise<void> {
    this.#client.send(new SFS2X.JoinRoomRequest(NOWHERE))
    for (;;) {
      const { name, details } = await this.#client.next()
      if (name === 'roomJoinError') return
      assert.notEqual(name, 'extensionResponse', JSON.stringify(details))
    }
  }
}

class RawCaller implements Caller {
  readonly #player: Player

  constructor(player: Player) {
    this.#player = player
  }

  get name(): string {
    return this.#player.name
  }

  call(command: string, params: CallParams = {}, room?: string): void {
    const object = new SFSObject()
    for (const [key, value] of Object.entries(params)) {
      if (typeof value === 'number') object.putInt(key, value)
      else object.putUtfString(key, value)
    }
    const roomId = room === undefined ? -1 : (this.#player.rooms.get(room) ?? Number.NaN)
    this.#player.client.request('CallExtension', { command, params: object, roomId })
  }

  async hear(): Promise<Heard> {
    const { command, params, roomId } = await this.#player.client.find('ExtensionResponse')
    const room = Array.from(this.#player.rooms).find(([, id]) => id === roomId)?.[0]
    return { command, params: plain(params), room }
  }

  async hearNothing(): Promise<void> {
    const { client } = this.#player
    client.request('JoinRoom', { roomName: NOWHERE })
    for (;;) {
      const message = await client.next()
      if (message.name === 'Failure') return
      assert.notEqual(message.name, 'ExtensionResponse', JSON.stringify(message))
    }
  }
}

/** Values of both libraries without their types. */
function plain(value: unknown): unknown {
  if (value instanceof SFSObject) {
    return Object.fromEntries(value.keys().map(key => [key, plain(value.get(key))]))
  }
  if (value instanceof SFS2X.SFSObject) {
    return Object.fromEntries(value.getKeysArray().map(key => [key, plain(value.get(key))]))
  }
  if (value instanceof SFSArray || value instanceof SFS2X.SFSArray) {
    const size = value instanceof SFSArray ? value.size : value.size()
    return Array.from({ length: size }, (_, index) => plain(value.get(index)))
  }
  return value
}
