import { z } from 'zod'
import type { AnyDefinition } from '../extension/instance.ts'
import { bytes, count, described, fileName, milliseconds, seconds } from './fields.ts'

const MEBIBYTE = 1_048_576

/** The name of an extension's folder. */
const extensionName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be the name of a folder in the extensions folder')

/** An extension that a zone or room runs: its name, or name and settings. */
const extension = z
  .union([
    extensionName,
    z.strictObject({
      name: extensionName,
      config: z
        .record(z.string(), z.unknown())
        .default({})
        .describe("Wins over the extension's own config.json, key by key."),
    }),
  ])
  .transform(value => (typeof value === 'string' ? { name: value, config: {} } : value))

/** The extensions of a zone or room. */
export const extensionList = (sentence: string) => described(z.array(extension), sentence).default([])

/** Names of extensions. */
export const extensionNames = (sentence: string) => described(z.array(extensionName), sentence).default([])

const dataSchema = z.strictObject({
  dir: described(
    fileName,
    'The folder with a folder for each extension; relative to the configuration file. Left out: extensions, if it is there.',
  ).optional(),
  watch: described(
    z.boolean(),
    'Whether an extension is loaded anew when one of its files changes. Left out: unless NODE_ENV is production.',
  ).optional(),
  slowHandlerMillis: milliseconds('A handler that holds the server longer is reported.', 50, 60_000),
  blockedHandlerSeconds: seconds(
    'A handler that holds the server so long is named while it still does, and each time as long again; 0 names none.',
    5,
    0,
  ),
  handlerTimeoutSeconds: seconds('A handler that waits longer is given up.', 30),
  memoryGrowthBytes: bytes(
    'A handler after which the server holds so much more memory is reported.',
    64 * MEBIBYTE,
    MEBIBYTE,
    1024 * MEBIBYTE,
  ),
  maxFaults: count(
    'So many faults within faultWindowSeconds stop an extension; 0 never stops one.',
    'faults',
    0,
    1_000_000,
    0,
  ),
  faultWindowSeconds: seconds('The time in which faults are counted.', 60),
})

/** What may stand about extensions in `warren.config.json`. */
export const extensionsSchema = dataSchema.describe('Extensions: where they are, and what is too much.')

const definition = z.custom<AnyDefinition>(
  value => typeof value === 'object' && value !== null && 'init' in value,
  { error: 'must be made by defineExtension' },
)

/** What may stand about extensions in `warren.config.ts`. */
export const userExtensionsSchema = dataSchema.extend({
  definitions: z
    .record(extensionName, definition)
    .optional()
    .describe('Extensions without a folder of their own, by name.'),
})
