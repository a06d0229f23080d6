import { type BodyCodec, bodyCodec, type RequestSpec, type Requests } from '@warren/codec/schema'
import type { CallHandler, CallHandlers } from './definition.ts'

/** One request of an extension: what it says and who answers it. */
export interface Answerer {
  /** As it was declared, for instance `control.*`. */
  readonly name: string
  /** For the log: `request control.*`. */
  readonly label: string
  readonly spec: RequestSpec
  readonly params: BodyCodec
  readonly response: BodyCodec
  /** Undefined until `init` has named the handlers. */
  handle: CallHandler<RequestSpec> | undefined
}

/** The requests of an extension, found by the command of a client. */
export class RequestTable {
  readonly #all: readonly Answerer[]
  readonly #exact = new Map<string, Answerer>()
  readonly #prefixes: readonly (readonly [prefix: string, answerer: Answerer])[]
  #hasHandlers = false

  constructor(requests: Requests) {
    this.#all = Object.entries(requests).map(([name, spec]) => ({
      name,
      label: `request ${name}`,
      spec,
      params: bodyCodec(spec.params),
      response: bodyCodec(spec.response),
      handle: undefined,
    }))
    const families = this.#all.filter(({ name }) => name.endsWith('.*'))
    for (const answerer of this.#all) {
      if (!families.includes(answerer)) this.#exact.set(answerer.name, answerer)
    }
    this.#prefixes = families
      .map(answerer => [answerer.name.slice(0, -1), answerer] as const)
      // The longest prefix wins.
      .sort(([a], [b]) => b.length - a.length)
  }

  /** Whether each request has a handler. */
  get isComplete(): boolean {
    return this.#hasHandlers || this.#all.length === 0
  }

  /** @throws Error when a request has no handler, or has one already */
  handle(handlers: CallHandlers<Requests>): void {
    if (this.#hasHandlers) throw new Error('The requests have handlers already: call handle() once')
    for (const answerer of this.#all) {
      const handle = handlers[answerer.name]
      // Every object has some functions, `toString` for one.
      const isInherited = handle === Object.prototype[answerer.name as keyof object]
      if (typeof handle !== 'function' || isInherited) {
        throw new Error(`No handler for the request ${answerer.name}`)
      }
      answerer.handle = handle.bind(handlers)
    }
    this.#hasHandlers = true
  }

  /** Who answers to a command: by its whole name, or by its longest prefix. */
  find(command: string): Answerer | undefined {
    const exact = this.#exact.get(command)
    if (exact !== undefined) return exact
    return this.#prefixes.find(([prefix]) => command.startsWith(prefix))?.[1]
  }
}
