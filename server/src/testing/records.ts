import type { ExtensionMetrics } from '../extension/parts.ts'
import type { Log, LogFields } from '../observe/log.ts'

/** A line of the log. */
export interface LogRecord {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
  /** Who wrote it; undefined is the server itself. */
  readonly extension: string | undefined
  /** What else it says. An error is `err`. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** A log that is kept. */
export class RecordedLog implements Log {
  readonly records: LogRecord[] = []

  debug(fields: LogFields, message: string): void {
    this.#add('debug', fields, message)
  }

  info(fields: LogFields, message: string): void {
    this.#add('info', fields, message)
  }

  warn(fields: LogFields, message: string): void {
    this.#add('warn', fields, message)
  }

  error(fields: LogFields, message: string): void {
    this.#add('error', fields, message)
  }

  #add(level: LogRecord['level'], { extension, ...fields }: LogFields, message: string): void {
    const writer = typeof extension === 'string' ? extension : undefined
    this.records.push({ level, message, extension: writer, fields })
  }
}

/** Numbers by name: what a counter or gauge is at, or all that a histogram was given. */
export type MetricValues = Readonly<Record<string, number | readonly number[]>>

type Kind = 'counter' | 'gauge' | 'histogram'

const NAME = /^[a-z][a-z0-9_]*$/

/** The numbers of an extension, kept, under the rules that the server has for them. */
export class RecordedMetrics implements ExtensionMetrics {
  readonly #kinds = new Map<string, Kind>()
  readonly #values = new Map<string, number | number[]>()

  get values(): MetricValues {
    return Object.fromEntries(this.#values)
  }

  counter(name: string, _help: string) {
    this.#declare(name, 'counter', 0)
    return {
      add: (by = 1) => {
        if (by < 0) throw new RangeError(`The counter ${name} only grows, it cannot grow by ${by}`)
        this.#values.set(name, Number(this.#values.get(name)) + by)
      },
    }
  }

  gauge(name: string, _help: string) {
    this.#declare(name, 'gauge', 0)
    return {
      set: (value: number) => {
        this.#values.set(name, value)
      },
    }
  }

  histogram(name: string, _help: string) {
    this.#declare(name, 'histogram', [])
    return {
      observe: (value: number) => {
        const values = this.#values.get(name)
        if (Array.isArray(values)) values.push(value)
      },
    }
  }

  #declare(name: string, kind: Kind, start: number | number[]): void {
    if (!NAME.test(name))
      throw new TypeError(`A metric is called in lower case with underscores, not "${name}"`)
    const known = this.#kinds.get(name)
    if (known === kind) return
    if (known !== undefined) throw new TypeError(`The metric ${name} is of another kind already`)
    this.#kinds.set(name, kind)
    this.#values.set(name, start)
  }
}
