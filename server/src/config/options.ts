import type { z } from 'zod'
import { databaseName } from './database.ts'
import { fileName, hostAddress, logLevel, portOrOff } from './fields.ts'

/** A setting of the command line and the environment. */
export interface OptionRow {
  /** The flag, without dashes. */
  readonly flag: string
  /** The environment variable. */
  readonly variable: string
  /** The place in the configuration file. */
  readonly schema: z.ZodType<string | number>
  /** What stands behind the flag in the help. */
  readonly placeholder: string
  readonly help: string
}

/** Everything that flags and environment can say. Flags win over the environment, which wins over the file. */
export const OPTIONS = [
  {
    flag: 'host',
    variable: 'WARREN_HOST',
    schema: hostAddress,
    placeholder: 'ADDRESS',
    help: 'address to listen on (127.0.0.1; 0.0.0.0 for all)',
  },
  {
    flag: 'tcp',
    variable: 'WARREN_TCP',
    schema: portOrOff,
    placeholder: 'PORT',
    help: 'native clients, plain or TLS (9933)',
  },
  {
    flag: 'udp',
    variable: 'WARREN_UDP',
    schema: portOrOff,
    placeholder: 'PORT',
    help: 'datagrams (the same port as --tcp)',
  },
  {
    flag: 'http',
    variable: 'WARREN_HTTP',
    schema: portOrOff,
    placeholder: 'PORT',
    help: 'home page and WebSocket (8080)',
  },
  {
    flag: 'https',
    variable: 'WARREN_HTTPS',
    schema: portOrOff,
    placeholder: 'PORT',
    help: 'the same with TLS (8443)',
  },
  {
    flag: 'electro',
    variable: 'WARREN_ELECTRO',
    schema: portOrOff,
    placeholder: 'PORT',
    help: 'ElectroServer clients (9875)',
  },
  {
    flag: 'tls-key',
    variable: 'WARREN_TLS_KEY',
    schema: fileName,
    placeholder: 'FILE',
    help: 'private key, PEM',
  },
  {
    flag: 'tls-cert',
    variable: 'WARREN_TLS_CERT',
    schema: fileName,
    placeholder: 'FILE',
    help: 'certificate chain, PEM',
  },
  {
    flag: 'zones',
    variable: 'WARREN_ZONES',
    schema: fileName,
    placeholder: 'FOLDER',
    help: 'folder of the zone files (zones, beside the configuration)',
  },
  {
    flag: 'db',
    variable: 'WARREN_DB',
    schema: databaseName,
    placeholder: 'DATABASE',
    help: 'sqlite:FILE, postgres://... or memory (warren.sqlite in the data folder)',
  },
  {
    flag: 'log-level',
    variable: 'WARREN_LOG_LEVEL',
    schema: logLevel,
    placeholder: 'LEVEL',
    help: 'trace, debug, info, warn, error or silent (info)',
  },
] as const satisfies readonly OptionRow[]

export type OptionFlag = (typeof OPTIONS)[number]['flag']

/** The environment variable that names the configuration file; `--config` wins over it. */
export const CONFIG_VARIABLE = 'WARREN_CONFIG'

/** Flags as they were given: texts, or numbers from code. */
export type Flags = { readonly [F in OptionFlag]?: string | number | undefined }
