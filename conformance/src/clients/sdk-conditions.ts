import { type MatchExpression, type RoomProperties, rooms, type UserProperties, users } from '@warren/client'
import type { Conditions, Matcher } from './client-api.ts'

type Comparable = boolean | number | string

interface Condition {
  readonly joint: 'and' | 'or'
  readonly name: string
  readonly matcher: string
  readonly value: Comparable
}

/** Conditions with the methods of the official client. */
export class MatchConditions implements Conditions {
  readonly list: Condition[] = []

  constructor(name: string, matcher: Matcher, value: Comparable) {
    this.and(name, matcher, value)
  }

  and(name: string, matcher: Matcher, value: Comparable): this {
    return this.#with('and', name, matcher, value)
  }

  or(name: string, matcher: Matcher, value: Comparable): this {
    return this.#with('or', name, matcher, value)
  }

  #with(joint: 'and' | 'or', name: string, matcher: Matcher, value: Comparable): this {
    this.list.push({ joint, name, matcher: matcher as string, value })
    return this
  }
}

/** What the client's fluent expressions make of conditions. */
function expression<P extends object>(start: MatchExpression<P>, conditions: Conditions): MatchExpression<P> {
  const { list } = conditions as MatchConditions
  return list.reduce((made, { joint, name, matcher, value }) => {
    const isProperty = name.startsWith('$')
    const method = joint === 'or' ? ('orWhere' as const) : ('where' as const)
    // The types know which matcher goes with which property; a test that names them at run time does not.
    const loose = made as unknown as Record<string, (...args: unknown[]) => MatchExpression<P>>
    const add = loose[isProperty ? method : `${method}Variable`]
    if (add === undefined) throw new Error(`There is no ${method}`)
    return add.call(made, isProperty ? name.slice(1) : name, matcher, value)
  }, start)
}

/** The same for rooms, as the client has them. */
export const roomsBy = (conditions: Conditions): MatchExpression<RoomProperties> =>
  expression(rooms(), conditions)
/** The same for users. */
export const usersBy = (conditions: Conditions): MatchExpression<UserProperties> =>
  expression(users(), conditions)
