import type { Es3MessageFields } from '@warren/codec/es3'
import { readWddx, type WddxValue, writeWddx } from './wddx.ts'

/** A value as the lists of the class hold it. */
export interface Held<T> {
  readonly value: T
}

/** Room variables and user variables by name. */
export type StringVariables = { readonly [name: string]: string }

/** A room of the list. */
export interface RoomObject {
  /** Its name, under the name that list components show. */
  readonly label: string
  readonly Name: Held<string>
  /** -1: no bound. */
  readonly Capacity: Held<number>
  /** What its creator wrote about it. */
  readonly description: string
  /** What the server says of it, and what its creator put beside the description. */
  readonly attributes: RoomAttributes
}

/** What the server says of a room, and what its creator added, as `isGameRoom`. */
export interface RoomAttributes {
  /** How many are in it. */
  readonly Users: number
  readonly Hidden: boolean
  readonly PasswordProtected: boolean
  readonly Updatable: boolean
  readonly Numbered: boolean
  readonly [name: string]: WddxValue
}

/** A user of the room. */
export interface UserObject {
  /** The name, under the name that list components show. */
  readonly label: string
  readonly Name: Held<string>
  /** In numbered rooms: from 0, in the order of coming. Spectators have none. */
  readonly AssignedNumber?: Held<number>
  readonly userVariables: StringVariables
  /** The player with number 0. */
  readonly isGameMaster: boolean
  readonly attributes: { readonly Moderator: boolean }
}

/** The zone that one is in. */
export interface ZoneObject {
  readonly name: string
  /** Users in all of its rooms. */
  readonly numUsers: number
  readonly rooms: readonly RoomObject[]
  /** Users of one's own room. */
  readonly users: readonly UserObject[]
  /** One's own room. */
  readonly myRoom: RoomObject | undefined
}

type RoomRow = Es3MessageFields<'RoomList'>['rooms'][number]
type UserRow = Es3MessageFields<'RoomJoined'>['users'][number]

/** A room as the server describes it. */
export function roomObject(row: RoomRow): RoomObject {
  const { description, attributes } = readDescription(row.description)
  return {
    label: row.name,
    Name: { value: row.name },
    Capacity: { value: row.capacity },
    description,
    attributes: {
      ...attributes,
      Users: row.userCount,
      Hidden: row.isHidden,
      PasswordProtected: row.isPasswordProtected,
      Updatable: row.isUpdatable,
      Numbered: row.isNumbered,
    },
  }
}

/** A user as the server describes him. */
export function userObject({ name, number, isModerator, variables }: UserRow): UserObject {
  return {
    label: name,
    Name: { value: name },
    ...(number === undefined ? {} : { AssignedNumber: { value: number } }),
    userVariables: variablesOf(variables),
    isGameMaster: number === 0,
    attributes: { Moderator: isModerator === true },
  }
}

/** Rows as an object. */
export function variablesOf(
  rows: readonly { readonly name: string; readonly data: string }[],
): StringVariables {
  return Object.fromEntries(rows.map(({ name, data }) => [name, data]))
}

/** A description with what is beside it, as the class sends it: a WDDX packet. */
export function writeDescription(
  description: string,
  attributes: { readonly [name: string]: WddxValue },
): string {
  return writeWddx({ description, attributes })
}

/** Servers pass descriptions on as they are; one that is no WDDX is text. */
function readDescription(text: string): {
  description: string
  attributes: { readonly [name: string]: WddxValue }
} {
  const packet = readWddx(text)
  if (!isStruct(packet)) return { description: text, attributes: {} }
  const { description, attributes } = packet
  return {
    description: typeof description === 'string' ? description : '',
    attributes: isStruct(attributes) ? attributes : {},
  }
}

/** Whether a value of WDDX is an object. */
export function isStruct(value: WddxValue | undefined): value is { readonly [name: string]: WddxValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}
