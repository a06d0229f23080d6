import { RequestError } from '../errors.ts'

/** What a value is compared as; the number is the wire's [P-6.1]. */
export const MatchType = { BOOLEAN: 0, NUMBER: 1, STRING: 2 } as const

/** One condition as it comes from a client. */
export interface MatchCondition {
  /** How it joins what stands before it: AND or OR; null in the first. */
  readonly logic: string | null
  /** A property as `${N}`, or a variable, dotted to reach into its value. */
  readonly name: string
  readonly type: number
  readonly symbol: string
  readonly value: boolean | number | string
}

/** What a condition is compared with; undefined when there is no such thing. */
export type Matchable = boolean | number | string | undefined

/** How a subject is read. Both are asked only for names that the expression holds. */
export interface MatchReader<S> {
  /** The properties that exist, by their wire name without `${}`, with the type they have. */
  readonly properties: ReadonlyMap<string, MatchProperty<S>>
  /** A variable by name and the steps into its value. */
  variable(subject: S, name: string, path: readonly string[]): Matchable
}

export interface MatchProperty<S> {
  readonly type: number
  read(subject: S): Matchable
}

type Test = (actual: Matchable) => boolean
type Predicate<S> = (subject: S) => boolean

/** The comparisons of each type. What is absent matches nothing, `!=` included [observed]. */
const COMPARISONS: Readonly<Record<number, Readonly<Record<string, (expected: never) => Test>>>> = {
  [MatchType.BOOLEAN]: {
    '==': (expected: boolean) => actual => actual === expected,
    '!=': (expected: boolean) => actual => actual === !expected,
  },
  [MatchType.NUMBER]: {
    '==': (expected: number) => actual => actual === expected,
    '!=': (expected: number) => actual => typeof actual === 'number' && actual !== expected,
    '>': (expected: number) => actual => typeof actual === 'number' && actual > expected,
    '>=': (expected: number) => actual => typeof actual === 'number' && actual >= expected,
    '<': (expected: number) => actual => typeof actual === 'number' && actual < expected,
    '<=': (expected: number) => actual => typeof actual === 'number' && actual <= expected,
  },
  [MatchType.STRING]: {
    '==': (expected: string) => actual => actual === expected,
    '!=': (expected: string) => actual => typeof actual === 'string' && actual !== expected,
    contains: (expected: string) => actual => typeof actual === 'string' && actual.includes(expected),
    startsWith: (expected: string) => actual => typeof actual === 'string' && actual.startsWith(expected),
    endsWith: (expected: string) => actual => typeof actual === 'string' && actual.endsWith(expected),
  },
}

const TYPE_NAMES: Readonly<Record<number, string>> = {
  [MatchType.BOOLEAN]: 'boolean',
  [MatchType.NUMBER]: 'number',
  [MatchType.STRING]: 'string',
}

/** Conditions in one expression, at most. */
const MAX_CONDITIONS = 64
/** Steps in one dotted name, at most. */
const MAX_STEPS = 16

/**
 * Makes one test of an expression, evaluated left to right without precedence: `a OR b AND c` is `(a or b) and c`
 * [P-6.1]. All names and symbols are looked up here, so that testing thousands of subjects only compares.
 * An expression without conditions matches everything.
 *
 * @throws RequestError match-invalid
 */
export function compileMatch<S>(conditions: readonly MatchCondition[], reader: MatchReader<S>): Predicate<S> {
  if (conditions.length > MAX_CONDITIONS) throw new RequestError('match-invalid')
  let all: Predicate<S> = () => true
  for (const [index, condition] of conditions.entries()) {
    const one = compileCondition(condition, reader)
    const before = all
    if (index === 0) all = one
    else if (condition.logic === 'AND') all = subject => before(subject) && one(subject)
    else if (condition.logic === 'OR') all = subject => before(subject) || one(subject)
    else throw new RequestError('match-invalid')
  }
  return all
}

function compileCondition<S>(condition: MatchCondition, reader: MatchReader<S>): Predicate<S> {
  const { name, type, symbol, value } = condition
  const comparison = COMPARISONS[type]?.[symbol] as ((expected: typeof value) => Test) | undefined
  if (comparison === undefined || TYPE_NAMES[type] !== typeof value) throw new RequestError('match-invalid')
  const test = comparison(value)
  if (name.startsWith('${')) {
    const property = reader.properties.get(name.slice(2, -1))
    if (property === undefined) return () => false
    if (property.type !== type) throw new RequestError('match-invalid')
    return subject => test(property.read(subject))
  }
  const [variable = '', ...path] = name.split('.', MAX_STEPS)
  return subject => test(reader.variable(subject, variable, path))
}
