import type { MatchRow } from '@warren/codec'

/** Properties of rooms that can be searched for, with the kind of their value. */
export interface RoomProperties {
  name: string
  groupId: string
  maxUsers: number
  maxSpectators: number
  userCount: number
  spectatorCount: number
  isGame: boolean
  isPrivate: boolean
  hasFreePlayerSlots: boolean
  isTypeSFSGame: boolean
  isTypeMMO: boolean
  isTypeDefault: boolean
}

/** Properties of users that can be searched for, with the kind of their value. */
export interface UserProperties {
  name: string
  isPlayer: boolean
  isSpectator: boolean
  isNpc: boolean
  privilegeId: number
  isInAnyRoom: boolean
}

const ROOM_NAMES: Readonly<Record<keyof RoomProperties, string>> = {
  name: '${N}',
  groupId: '${G}',
  maxUsers: '${MXU}',
  maxSpectators: '${MXS}',
  userCount: '${UC}',
  spectatorCount: '${SC}',
  isGame: '${ISG}',
  isPrivate: '${ISP}',
  hasFreePlayerSlots: '${HFP}',
  isTypeSFSGame: '${IST}',
  isTypeMMO: '${ISM}',
  isTypeDefault: '${ISD}',
}

const USER_NAMES: Readonly<Record<keyof UserProperties, string>> = {
  name: '${N}',
  isPlayer: '${ISP}',
  isSpectator: '${ISS}',
  isNpc: '${ISN}',
  privilegeId: '${PRID}',
  isInAnyRoom: '${IAR}',
}

/** What a value of a kind can be compared by. */
type SymbolFor<V> = V extends number
  ? '==' | '!=' | '>' | '>=' | '<' | '<='
  : V extends string
    ? '==' | '!=' | 'contains' | 'startsWith' | 'endsWith'
    : '==' | '!='

type Comparable = boolean | number | string

const TYPES = { boolean: 0, number: 1, string: 2 } as const

/**
 * Conditions on rooms or users, each joined to those before it, from left to right without precedence [P-6.12].
 * @typeParam P  the properties that can be asked for
 */
export class MatchExpression<P extends object> {
  /** As it is sent. */
  readonly rows: readonly MatchRow[]
  readonly #names: Readonly<Record<keyof P, string>>

  /** @internal Use `rooms()` or `users()`. */
  constructor(names: Readonly<Record<keyof P, string>>, rows: readonly MatchRow[]) {
    this.#names = names
    this.rows = rows
  }

  /**
   * A condition on a property; with what was before, both must hold.
   * @example
   * rooms().where('groupId', '==', 'games').where('userCount', '>', 0)
   */
  where<K extends keyof P>(property: K, symbol: SymbolFor<P[K]>, value: P[K]): MatchExpression<P> {
    return this.#with('AND', this.#names[property], symbol, value as Comparable)
  }

  /**
   * A condition on a property; with what was before, one of both must hold.
   * @example
   * users().where('isPlayer', '==', true).orWhere('isSpectator', '==', true)
   */
  orWhere<K extends keyof P>(property: K, symbol: SymbolFor<P[K]>, value: P[K]): MatchExpression<P> {
    return this.#with('OR', this.#names[property], symbol, value as Comparable)
  }

  /**
   * A condition on a variable, or on a part of one.
   * @example
   * users().whereVariable('rank', '>=', 10).whereVariable('avatar.shield.inUse', '==', true)
   */
  whereVariable<V extends Comparable>(path: string, symbol: SymbolFor<V>, value: V): MatchExpression<P> {
    return this.#with('AND', path, symbol, value)
  }

  /**
   * The same; with what was before, one of both must hold.
   * @example
   * rooms().whereVariable('country', '==', 'Sweden').orWhereVariable('country', '==', 'Norway')
   */
  orWhereVariable<V extends Comparable>(path: string, symbol: SymbolFor<V>, value: V): MatchExpression<P> {
    return this.#with('OR', path, symbol, value)
  }

  #with(logic: 'AND' | 'OR', name: string, symbol: string, value: Comparable): MatchExpression<P> {
    const type = TYPES[typeof value as keyof typeof TYPES]
    const row = { logic: this.rows.length === 0 ? null : logic, name, type, symbol, value }
    return new MatchExpression(this.#names, [...this.rows, row])
  }
}

/**
 * Conditions on rooms.
 * @example
 * await sfs.findRooms(rooms().where('isGame', '==', true).where('hasFreePlayerSlots', '==', true).whereVariable('rank', '<=', 5))
 */
export const rooms = (): MatchExpression<RoomProperties> => new MatchExpression(ROOM_NAMES, [])

/**
 * Conditions on users.
 * @example
 * await sfs.findUsers(users().where('isInAnyRoom', '==', false).whereVariable('rank', '>=', 10))
 */
export const users = (): MatchExpression<UserProperties> => new MatchExpression(USER_NAMES, [])
