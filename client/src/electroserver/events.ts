import type { ClassValue } from '@warren/codec/es3'
import { guarded } from '../flash/guarded.ts'
import type { RoomObject, StringVariables, UserObject } from './model.ts'
import type { WddxValue } from './wddx.ts'

/** What became of an attempt to join a room. */
export interface JoinResult {
  readonly success: boolean
  /** What the server said; empty on success. */
  readonly error: string
}

/** Every event of the class, with its arguments. Errors are texts for people, empty on success. */
export interface ElectroServerEvents {
  /** The server greeted, or there is none, or it refused. */
  onConnection: [success: boolean, error: string]
  /** The connection ended. */
  connectionClosed: [byServer: boolean]
  /** The login was accepted or refused. */
  loggedIn: [success: boolean, error: string, variables: StringVariables]
  /** One is in another room, or could not join it. */
  roomJoined: [result: JoinResult, room: RoomObject | undefined]
  /** A room was made, or not. One is in it, which `roomJoined` tells too. */
  roomCreated: [success: boolean, error: string]
  /** The list of rooms changed; `room` is what became of which one. */
  roomListUpdated: [
    rooms: readonly RoomObject[],
    what: 'all' | 'roomcreated' | 'roomupdated' | 'roomdeleted',
    room: RoomObject | string | undefined,
  ]
  /** One is in another zone. */
  zoneChanged: [name: string]
  /** The number of users in the zone changed. */
  zoneUpdated: [numUsers: number]
  /** The list of users in the room changed; `name` is who came or left. */
  userListUpdated: [
    users: readonly UserObject[],
    what: 'all' | 'userjoined' | 'userleft',
    name: string | undefined,
  ]
  /** A player left, and others have new numbers. */
  usersRenumbered: [users: readonly UserObject[]]
  /** Somebody said something, oneself included. */
  messageReceived: [type: 'public' | 'private', message: string, from: string, variables: StringVariables]
  /** Somebody moved. What is no WDDX comes as the text that was sent. */
  moveReceived: [type: 'public' | 'private', ob: WddxValue, from: string]
  /** Room variables changed; `name` is which one. */
  roomVariablesUpdated: [
    what: 'all' | 'created' | 'updated' | 'deleted',
    variables: StringVariables,
    name: string | undefined,
  ]
  /** A variable of a user in the room changed. */
  userVariableUpdated: [user: UserObject, what: 'created' | 'updated' | 'deleted', name: string]
  /** A plugin sent something. */
  pluginMessageReceived: [plugin: string, action: string, ob: StringVariables]
  /** The rooms of a zone that were asked for. */
  onRoomsInZoneLoaded: [rooms: readonly RoomObject[], zone: string]
  /** The configuration that an administrator asked for. */
  configurationLoaded: [parameters: ClassValue]
  /** How many users there are on the server. */
  loggedInUserCountUpdated: [count: number]
  /** The time of the server, in milliseconds since 1970. */
  onGetServerTime: [millis: number]
  /** Somebody wants to play. */
  challengeReceived: [from: string, game: string]
  /** Whom one challenged does not want to play; `auto`: his program said so, not he. */
  challengeDeclined: [auto: boolean]
  /** Who challenged one does no longer want to play. */
  challengeCancelled: []
  /** Whom one challenged wants to play. */
  challengeAccepted: []

  /** The zones that were asked for. */
  allZonesLoaded: [
    zones: readonly { readonly name: string; readonly numUsers: number; readonly numRooms: number }[],
  ]
  /** A buddy came. */
  buddyLoggedIn: [name: string]
  /** A buddy left. */
  buddyLoggedOut: [name: string]
  /** The buddies that were asked for. */
  buddyListLoaded: [buddies: readonly { readonly name: string; readonly isLoggedIn: boolean }[]]
  /** A text of the server that belongs to no other event. */
  rawMessageReceived: [message: string]
  /** Where a user is. Not told when he is nowhere: see `requestFailed`. */
  userLocationLoaded: [name: string, zone: string, room: string]
  /** The users of a room that were asked for. */
  usersInRoomLoaded: [users: readonly UserObject[], room: string, zone: string]

  /** The administrator login was accepted or refused. Not of the original class. */
  adminLoggedIn: [success: boolean, error: string]
  /** A request failed that has no other event; `request` is its action. Not of the original class. */
  requestFailed: [request: string, error: string]
  /** A moderator throws one out; the connection ends. Not of the original class. */
  moderated: [what: 'kick' | 'ban', reason: string]
}

/** Name of an event. */
export type ElectroServerEventName = keyof ElectroServerEvents

/** Hears an event. */
export type ElectroServerListener<N extends ElectroServerEventName> = (
  ...args: ElectroServerEvents[N]
) => void

/** Some names that the class of 2003 had. */
const OLD_NAMES: { readonly [name: string]: string } = {
  onConnection: 'onConnect',
  connectionClosed: 'onClose',
}

type Listeners = Map<string, Set<(...args: never) => void>>

/**
 * Events both ways: a function that is assigned to the event's name, as in ActionScript, and any number of listeners.
 */
export abstract class EventSource {
  readonly #listeners: Listeners = new Map()

  /**
   * Listens from now on.
   * @returns what ends it
   * @example
   * es.on('messageReceived', (type, message, from) => show(`${from}: ${message}`))
   */
  on<N extends ElectroServerEventName>(name: N, listener: ElectroServerListener<N>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners.add(listener))
    return () => this.off(name, listener)
  }

  /**
   * Ends what `on` began.
   * @example
   * es.off('messageReceived', show)
   */
  off<N extends ElectroServerEventName>(name: N, listener: ElectroServerListener<N>): void {
    this.#listeners.get(name)?.delete(listener)
  }

  /**
   * The arguments of the next event of that name. It may never come.
   * @example
   * const [success, error] = await es.next('onConnection')
   */
  next<N extends ElectroServerEventName>(name: N): Promise<ElectroServerEvents[N]> {
    return new Promise(resolve => {
      const stop = this.on(name, (...args) => {
        stop()
        resolve(args)
      })
    })
  }

  /** @internal */
  emit<N extends ElectroServerEventName>(name: N, ...args: ElectroServerEvents[N]): void {
    const assigned = this as unknown as { readonly [name: string]: unknown }
    for (const key of [name, OLD_NAMES[name]]) {
      const handler = key === undefined ? undefined : assigned[key]
      if (typeof handler === 'function') guarded(() => handler.apply(this, args))
    }
    for (const listener of [...(this.#listeners.get(name) ?? [])] as ElectroServerListener<N>[]) {
      guarded(() => listener(...args))
    }
  }
}
