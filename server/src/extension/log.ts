import type { Room } from '../domain/room.ts'
import type { Zone } from '../domain/zone.ts'
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

/** Marks each line with the place that it is about. */
export function logOf(
  log: ExtensionLog,
  { zone, room }: { readonly zone: Zone; readonly room: Room | undefined },
): ExtensionLog {
  const placed = (fields: Readonly<Record<string, unknown>> | undefined) => ({
    zone: zone.name,
    ...(room === undefined ? {} : { room: room.name }),
    ...fields,
  })
  return {
    debug: (message, fields) => log.debug(message, placed(fields)),
    info: (message, fields) => log.info(message, placed(fields)),
    warn: (message, fields) => log.warn(message, placed(fields)),
    error: (message, fields) => log.error(message, placed(fields)),
  }
}
