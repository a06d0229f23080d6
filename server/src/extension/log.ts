import type { ExtensionLog } from './parts.ts'

/** The log that lines of extensions go to. */
interface Target {
  debug(fields: Readonly<Record<string, unknown>>, message: string): void
  info(fields: Readonly<Record<string, unknown>>, message: string): void
  warn(fields: Readonly<Record<string, unknown>>, message: string): void
  error(fields: Readonly<Record<string, unknown>>, message: string): void
}

/** Marks each line with the extension that wrote it. */
export function extensionLog(target: Target, extension: string): ExtensionLog {
  return {
    debug: (message, fields) => target.debug({ ...fields, extension }, message),
    info: (message, fields) => target.info({ ...fields, extension }, message),
    warn: (message, fields) => target.warn({ ...fields, extension }, message),
    error: (message, fields) => target.error({ ...fields, extension }, message),
  }
}
