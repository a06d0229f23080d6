import type { IdKind } from './identities.ts'
import type { Packet } from './trace.ts'

/**
 * Where identities stand in a message. Anything without a shape is compared as it is. Lists keep their order, sets
 * do not (the stock server orders them by hash).
 */
export type Shape =
  | { readonly shape: 'id'; readonly of: IdKind }
  | { readonly shape: 'name' }
  | { readonly shape: 'row'; readonly items: readonly (Shape | undefined)[] }
  | { readonly shape: 'list' | 'set'; readonly of: Shape | undefined }
  | { readonly shape: 'object'; readonly keys: Shapes }

/** The shapes of an object's members, by key. */
export type Shapes = Readonly<Record<string, Shape>>

const id = (of: IdKind): Shape => ({ shape: 'id', of })
const list = (of: Shape | undefined): Shape => ({ shape: 'list', of })
const set = (of?: Shape): Shape => ({ shape: 'set', of })
const row = (...items: (Shape | undefined)[]): Shape => ({ shape: 'row', items })

const user = id('user')
const room = id('room')
const token = id('token')
const invitation = id('invitation')
const item = id('item')
const name: Shape = { shape: 'name' }
const variables = set()
const roomRow = row(
  room,
  undefined,
  undefined,
  undefined,
  undefined,
  undefined,
  undefined,
  undefined,
  variables,
)
const userRow = row(user, name, undefined, undefined, variables)
const buddyRow = row(user, name, undefined, variables)
const itemRow = row(item, variables)

/** By controller and action; what clients send. */
const REQUESTS: Readonly<Record<string, Shapes>> = {
  '0:0': { rt: token },
  '0:4': { i: room, rl: room },
  '0:6': { rl: room },
  '0:7': { r: room, u: user, rc: user },
  '0:8': { r: room },
  '0:9': { r: room },
  '0:11': { r: room },
  '0:14': { r: room },
  '0:17': { r: room },
  '0:18': { r: room },
  '0:19': { r: room },
  '0:24': { u: user },
  '0:25': { u: user },
  '0:28': { r: room },
  '0:30': { r: room },
  '0:31': { tl: room },
  '0:300': { iu: list(user) },
  '0:301': { i: invitation },
  '0:302': { rl: room, ginp: list(user) },
  '0:303': { rl: list(room), tl: room },
  '0:304': { r: room },
  '1:13': { r: room },
}

/** By controller and action; what the server sends. */
const EVENTS: Readonly<Record<string, Shapes>> = {
  '0:0': { tk: token },
  '0:1': { un: name, id: user, rl: list(roomRow), ep: list(name) },
  '0:4': { r: roomRow, ul: set(userRow) },
  '0:6': { r: roomRow },
  '0:7': { r: room, u: user, sd: userRow },
  '0:8': { r: room },
  '0:9': { r: room },
  '0:11': { r: room, vl: set() },
  '0:12': { u: user, vl: set() },
  '0:15': { rl: list(roomRow) },
  '0:17': { r: room, u: user },
  '0:18': { r: room, u: user },
  '0:19': { r: room },
  '0:27': { fr: set(roomRow) },
  '0:28': { fu: set(userRow) },
  '0:30': { r: room, p: set(userRow), m: set(user), q: set(itemRow), n: set(item) },
  '0:200': { bl: set(buddyRow), mv: set() },
  '0:201': { bn: buddyRow },
  '0:202': { bd: buddyRow },
  '0:204': { bv: set() },
  '0:205': { bi: user },
  '0:300': { ui: user, u: userRow, ii: invitation },
  '0:301': { ui: user, u: userRow },
  '0:1000': { r: room, u: userRow },
  '0:1001': { r: room },
  '0:1002': { u: user },
  '0:1003': { r: room },
  '0:1004': { r: room, u: user },
  '0:1007': { r: room, i: item, v: set() },
  '1:13': { r: room },
}

const NONE: Shapes = {}

/** What a message of a moderator to a room says; to anybody else it is as any message. */
const TO_ROOM: Shapes = { rc: room }

/** Where a request names identities. */
export function requestShapes(
  packet: Pick<Packet, 'controller' | 'action'> & Partial<Pick<Packet, 'params'>>,
): Shapes {
  if (packet.action === 7 && packet.params?.rm?.v === 1) return TO_ROOM
  return REQUESTS[`${packet.controller}:${packet.action}`] ?? NONE
}

/** Where an event or response names identities. */
export function eventShapes(packet: Pick<Packet, 'controller' | 'action'>): Shapes {
  return EVENTS[`${packet.controller}:${packet.action}`] ?? NONE
}
