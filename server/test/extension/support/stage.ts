import assert from 'node:assert/strict'
import { type RequestFields, type RequestName, SFSArray, SFSObject } from '@warren/codec'
import { CALL_ERROR, CALL_ID } from '@warren/codec/schema'
import type { Room } from '../../../src/domain/room.ts'
import type { RoomSettings, ZoneSettings } from '../../../src/domain/settings.ts'
import type { User } from '../../../src/domain/user.ts'
import type { Zone } from '../../../src/domain/zone.ts'
import type { AnyDefinition, ExtensionSource } from '../../../src/extension/instance.ts'
import type { LoginHook } from '../../../src/extension/login.ts'
import type { ExtensionLimits } from '../../../src/extension/parts.ts'
import { RecordedLog } from '../../../src/testing/records.ts'
import { type Heard, TestLine } from '../../../src/testing/test-line.ts'
import {
  DEFAULT_EXTENSION_LIMITS,
  TestServer,
  type TestServerOptions,
} from '../../../src/testing/test-server.ts'
import { roomSettings, zoneSettings } from '../../support/settings.ts'

/** What plays on the stage. */
export interface Cast {
  /** By name. Those of zones run in the order they are given; those of rooms where a room names them. */
  readonly extensions?: Readonly<Record<string, AnyDefinition>>
  /** The same with what their `config.json` says. */
  readonly sources?: readonly ExtensionSource[]
  readonly zone?: Partial<ZoneSettings>
  /** The name of a second zone of the same kind. */
  readonly annex?: string
  readonly rooms?: readonly (Partial<RoomSettings> & Pick<RoomSettings, 'name'>)[]
  readonly login?: LoginHook
  readonly limits?: Partial<ExtensionLimits>
  readonly maxWaitingRequests?: number
  readonly sessionIdleSeconds?: number
  readonly accounts?: NonNullable<TestServerOptions['accounts']>
}

/** A server in memory with one zone, `Test`, its room `Lobby`, and extensions. */
export class Stage implements AsyncDisposable {
  readonly log = new RecordedLog()
  readonly server: TestServer

  constructor(cast: Cast) {
    const { extensions = {}, sources = [], zone = {}, annex, rooms = [], login, limits, ...options } = cast
    const all = [...Object.entries(extensions), ...sources.map(source => [source.name, source.definition])]
    const zoneWide = (all as [string, AnyDefinition][]).filter(([, { level }]) => level !== 'room')
    const settings = {
      rooms: [roomSettings(), ...rooms.map(roomSettings)],
      extensions: zoneWide.map(([name]) => ({ name, config: {} })),
      ...zone,
    }
    const others = annex === undefined ? [] : [zoneSettings({ ...settings, name: annex })]
    this.server = new TestServer({
      zones: [zoneSettings(settings), ...others],
      extensions,
      sources,
      log: this.log,
      ...(login === undefined ? {} : { login: { Test: login } }),
      extensionLimits: { ...DEFAULT_EXTENSION_LIMITS, ...limits },
      ...options,
    })
  }

  static async open(cast: Cast): Promise<Stage> {
    const stage = new Stage(cast)
    await stage.server.start()
    return stage
  }

  get zone(): Zone {
    return this.server.core.api.zone('Test')
  }

  get api() {
    return this.server.core.api
  }

  get host() {
    return this.server.core.extensions
  }

  room(name: string): Room {
    const room = this.zone.roomByName(name)
    assert.ok(room, `there is no room ${name}`)
    return room
  }

  /** Somebody who has just come and is not logged in. */
  async arrive(): Promise<Visitor> {
    const visitor = new Visitor(this)
    await visitor.ask('Handshake', { apiVersion: '1.8.6' })
    visitor.heard()
    return visitor
  }

  /** Somebody who is logged in, and in these rooms. */
  async enter(name: string, ...rooms: readonly string[]): Promise<Visitor> {
    const visitor = await this.arrive()
    await visitor.logIn(name)
    for (const room of rooms) await visitor.ask('JoinRoom', { roomName: room, roomIdToLeave: -1 })
    visitor.heard()
    return visitor
  }

  /** What is counted of an extension's faults. */
  faults(extension: string): Record<string, number> {
    return Object.fromEntries(this.server.tallies.of(extension).faults)
  }

  /** What an extension wrote to the log at a level, or what was written about it. */
  logged(level: 'warn' | 'error' | 'info', extension?: string): string[] {
    return this.log.records
      .filter(record => record.level === level && record.extension === extension)
      .map(({ message }) => message)
  }

  advance(millis: number): Promise<void> {
    return this.server.advance(millis)
  }

  settle(): Promise<void> {
    return this.server.settle()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.host.stop()
  }
}

/** A client on a line. */
export class Visitor {
  readonly line: TestLine
  readonly #stage: Stage
  #name = ''
  #read = 0

  constructor(stage: Stage) {
    this.#stage = stage
    this.line = new TestLine(stage.server, '127.0.0.1')
  }

  /** The server's side of him. */
  get user(): User {
    const user = this.#stage.zone.userByName(this.#name)
    assert.ok(user, `${this.#name} is not logged in`)
    return user
  }

  get isLoggedIn(): boolean {
    return this.#stage.zone.userByName(this.#name) !== undefined
  }

  async ask<N extends RequestName>(name: N, fields: RequestFields<N>): Promise<void> {
    this.line.send(name, fields)
    await this.#stage.settle()
  }

  async logIn(name: string, more: Partial<RequestFields<'Login'>> = {}): Promise<void> {
    await this.ask('Login', { zoneName: 'Test', userName: name, password: '', ...more })
    const login = this.line.heard.findLast(message => message.name === 'Login')
    this.#name = login?.name === 'Login' ? login.fields.userName : name
  }

  /** Calls an extension without waiting for what comes of it. */
  send(command: string, params: SFSObject = new SFSObject(), room?: Room): void {
    this.line.send('CallExtension', { command, params, roomId: room?.id ?? -1 })
  }

  async call(command: string, params?: SFSObject, room?: Room): Promise<void> {
    this.send(command, params, room)
    await this.#stage.settle()
  }

  async say(message: string, room = 'Lobby'): Promise<void> {
    const { id } = this.#stage.room(room)
    await this.ask('PublicMessage', { roomId: id, userId: this.user.id, message })
  }

  /** What he heard since the last time. */
  messages(): readonly Heard[] {
    const messages = this.line.heard.slice(this.#read)
    this.#read = this.line.heard.length
    return messages
  }

  /** The same by name; what an extension says by its command and params. */
  heard(): string[] {
    return this.messages().map(label)
  }

  /** What extensions said since the last time, as plain values. */
  told(): [command: string, params: unknown][] {
    return this.messages().flatMap(message =>
      message.name === 'ExtensionResponse' ? [[message.fields.command, plain(message.fields.params)]] : [],
    )
  }
}

function label(message: Heard): string {
  if (message.name === 'Failure')
    return `failure ${message.code}${message.args.map(arg => ` ${arg}`).join('')}`
  if (message.name === 'PublicMessage') return `${message.fields.userId} says ${message.fields.message}`
  if (message.name !== 'ExtensionResponse') return message.name
  const { command, params } = message.fields
  return params.size === 0 ? command : `${command} ${JSON.stringify(plain(params))}`
}

/** Values without their types. */
export function plain(value: unknown): unknown {
  if (value instanceof SFSObject) {
    return Object.fromEntries(value.keys().map(key => [key, plain(value.get(key))]))
  }
  if (value instanceof SFSArray)
    return Array.from({ length: value.size }, (_, index) => plain(value.get(index)))
  return typeof value === 'bigint' ? Number(value) : value
}

/** Params with a number by which the answer is known. */
export const marked = (id: number, params = new SFSObject()): SFSObject => params.putInt(CALL_ID, id)

/** A failure as it is told. */
export const failure = (code: string, message: string, more: object = {}) => ({
  [CALL_ERROR]: { code, message },
  ...more,
})

/** A promise and what ends it. */
export const later = <T = void>() => Promise.withResolvers<T>()
