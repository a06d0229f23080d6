import { z } from 'zod'

/** Something wrong, or odd, in a configuration. */
export interface ConfigProblem {
  /** An error keeps the server from starting, a warning does not. */
  readonly severity: 'error' | 'warning'
  /** Where it was read: a file, `--tcp`, or `WARREN_TCP`. */
  readonly file: string
  /** The place in the file, as in `rooms[0].maxUsers`; empty for the file as a whole. */
  readonly path: string
  readonly message: string
  /** What may stand there instead. */
  readonly allowed?: string
}

/** A problem that keeps the server from starting. */
export function error(file: string, path: string, message: string, allowed?: string): ConfigProblem {
  return problem('error', file, path, message, allowed)
}

/** Something odd that the server starts with. */
export function warning(file: string, path: string, message: string, allowed?: string): ConfigProblem {
  return problem('warning', file, path, message, allowed)
}

/** One problem as one line. */
export function problemLine(problem: ConfigProblem): string {
  const place = problem.path === '' ? problem.file : `${problem.file}: ${problem.path}`
  const allowed = problem.allowed === undefined ? '' : ` (allowed: ${problem.allowed})`
  const odd = problem.severity === 'warning' ? 'warning: ' : ''
  return `${place}: ${odd}${problem.message}${allowed}`
}

/** Checks a value against a schema. Every problem is reported, each with its place and what is allowed there. */
export function check<T extends z.ZodType>(
  schema: T,
  value: unknown,
  file: string,
  problems: ConfigProblem[],
): z.output<T> | undefined {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Shape
  for (const issue of result.error.issues) {
    const isSecret = shapeAt(shape, issue.path)?.secret === true
    for (const { path, message } of sentences(issue, value, isSecret)) {
      const allowed = issue.code === 'custom' || isSecret ? undefined : allowedAt(shape, path)
      problems.push(error(file, pathText(path), message, allowed))
    }
  }
  return undefined
}

/** `rooms[0].name` */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    return text === '' ? String(key) : `${text}.${String(key)}`
  }, '')
}

function problem(
  severity: ConfigProblem['severity'],
  file: string,
  path: string,
  message: string,
  allowed: string | undefined,
): ConfigProblem {
  return { severity, file, path, message, ...(allowed === undefined ? {} : { allowed }) }
}

interface Sentence {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

function sentences(issue: z.core.$ZodIssue, value: unknown, isSecret: boolean): Sentence[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => ({ path: issue.path, message: `"${key}" is not known here` }))
  }
  const given = issue.path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    value,
  )
  const reason = issue.code === 'custom' ? `, which ${issue.message}` : ''
  if (isSecret && given !== undefined) {
    return [{ path: issue.path, message: `${issue.message}; what is there is not shown` }]
  }
  const message = given === undefined ? 'is missing' : `is ${shown(given)}${reason}`
  return [{ path: issue.path, message }]
}

function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

/** As much of a JSON Schema as our schemas use. */
interface Shape {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly additionalProperties?: Shape | false
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly unit?: string
  /** What is wrong with a value is told without the value. */
  readonly secret?: boolean
  readonly description?: string
}

function allowedAt(shape: Shape, path: readonly PropertyKey[]): string | undefined {
  const at = shapeAt(shape, path)
  return at && inWords(at)
}

function shapeAt(shape: Shape, path: readonly PropertyKey[]): Shape | undefined {
  let at: Shape | undefined = shape
  for (const key of path) {
    at =
      typeof key === 'number'
        ? at?.items
        : (at?.properties?.[String(key)] ?? (at?.additionalProperties || undefined))
  }
  return at
}

/** Undefined: only the description can say it. */
function inWords(shape: Shape): string | undefined {
  if (shape.anyOf !== undefined) return shape.anyOf.map(inWords).join(', or ')
  if (shape.enum !== undefined) return shape.enum.map(value => JSON.stringify(value)).join(', ')
  if (shape.const !== undefined) return JSON.stringify(shape.const)
  switch (shape.type) {
    case 'integer':
    case 'number':
      return `a ${shape.type === 'integer' ? 'whole ' : ''}number from ${shape.minimum} to ${shape.maximum}${shape.unit ? `, ${shape.unit}` : ''}`
    case 'boolean':
      return 'true, false'
    case 'string':
      if (shape.maxLength === undefined) return 'a text'
      return `a text of ${shape.minLength ?? 0} to ${shape.maxLength} characters`
    case 'array':
      return `a list; each: ${inWords(shape.items ?? {})}`
    case 'object':
      return shape.properties === undefined
        ? 'an object'
        : `an object with ${Object.keys(shape.properties).join(', ')}`
    default:
      return shape.description === undefined ? 'a function' : undefined
  }
}
