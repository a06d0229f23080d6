import pino from 'pino'

/** Structured log of a server. Passwords and tokens are never given to it. */
export interface Log {
  debug(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
}

/** What a line of the log says beside its message. `session` and `user` are ids. */
export interface LogFields {
  readonly session?: number
  readonly user?: number
  readonly reason?: string
  readonly [field: string]: unknown
}

export interface LogOptions {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** Writes JSON lines to standard error; standard output belongs to the ready line. */
export function createLog(options: LogOptions): Log {
  return pino(
    {
      name: 'warren',
      level: options.level,
      formatters: { log: apart },
      // A second fence: even if such a field came near the log, its value would not.
      redact: { paths: ['password', 'token', '*.password', '*.token'], censor: '(hidden)' },
    },
    pino.destination({ fd: 2, sync: true }),
  )
}

/** Keys of every line. */
const KEYS_OF_LINES: ReadonlySet<string> = new Set(['level', 'time', 'pid', 'hostname', 'name', 'msg'])

/** Fields of a line beside those that every line has: what is called like one of these gets `_` behind its name. */
export function apart(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [KEYS_OF_LINES.has(key) ? `${key}_` : key, value]),
  )
}
