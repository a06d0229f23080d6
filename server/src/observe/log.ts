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
      // A second fence: even if such a field came near the log, its value would not.
      redact: { paths: ['password', 'token', '*.password', '*.token'], censor: '(hidden)' },
    },
    pino.destination({ fd: 2, sync: true }),
  )
}
