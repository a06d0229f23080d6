import { resolve } from 'node:path'
import type { z } from 'zod'
import type { StoreAddress } from '../store/address.ts'
import { databaseAddress, databaseName } from './database.ts'
import { fileName, hostAddress, logLevel, portOrOff } from './fields.ts'
import { CONFIG_VARIABLE, type Flags, OPTIONS, type OptionFlag } from './options.ts'
import { type ConfigProblem, check, warning } from './problem.ts'
import { SECRET_VARIABLES } from './secrets.ts'

/** A path and where it was said. */
export interface GivenPath {
  readonly path: string
  /** The file, flag or variable that gave it. */
  readonly source: string
  /** The place in the file; empty for flags and variables. */
  readonly key: string
}

interface Given {
  readonly value: string | number
  readonly source: string
}

/** What flags and environment say. */
export class Settings {
  /** The configuration file that the environment names. */
  readonly configFile: string | undefined
  readonly #given: ReadonlyMap<OptionFlag, Given>
  readonly #cwd: string

  constructor(given: ReadonlyMap<OptionFlag, Given>, configFile: string | undefined, cwd: string) {
    this.#given = given
    this.configFile = configFile
    this.#cwd = cwd
  }

  port(flag: 'tcp' | 'udp' | 'http' | 'https' | 'electro') {
    return this.#read(flag, portOrOff)
  }

  text(flag: 'host') {
    return this.#read(flag, hostAddress)
  }

  level(flag: 'log-level') {
    return this.#read(flag, logLevel)
  }

  /** A database; a file is relative to the working directory. */
  database(): StoreAddress | undefined {
    const written = this.#read('db', databaseName)
    return written === undefined ? undefined : databaseAddress(written, file => resolve(this.#cwd, file))
  }

  /** A file or folder, relative to the working directory. */
  file(flag: 'tls-key' | 'tls-cert' | 'zones'): GivenPath | undefined {
    const name = this.#read(flag, fileName)
    return name === undefined
      ? undefined
      : { path: resolve(this.#cwd, name), source: this.source(flag), key: '' }
  }

  /** Where a setting was given: its flag or its variable. */
  source(flag: OptionFlag): string {
    return this.#given.get(flag)?.source ?? `--${flag}`
  }

  #read<T extends z.ZodType>(flag: OptionFlag, schema: T): z.output<T> | undefined {
    return schema.safeParse(this.#given.get(flag)?.value).data
  }
}

/** Collects flags and `WARREN_` variables, and checks them. An empty variable counts as absent. */
export function readSettings(
  options: {
    readonly env: Readonly<Record<string, string | undefined>>
    readonly flags?: Flags | undefined
    readonly cwd: string
  },
  problems: ConfigProblem[],
): Settings {
  const { env, flags, cwd } = options
  const given = new Map<OptionFlag, Given>()
  for (const { flag, variable, schema } of OPTIONS) {
    const raw = flags?.[flag] ?? (env[variable] || undefined)
    if (raw === undefined) continue
    const source = flags?.[flag] === undefined ? variable : `--${flag}`
    const value = schema === portOrOff ? portNumber(raw) : raw
    if (check(schema, value, source, problems) !== undefined) given.set(flag, { value, source })
  }
  warnOfUnknownVariables(env, problems)
  const configFile = env[CONFIG_VARIABLE]
  return new Settings(given, configFile ? resolve(cwd, configFile) : undefined, cwd)
}

/** Flags and variables are texts; a port among them is a number. */
function portNumber(raw: string | number): string | number {
  return typeof raw === 'string' && /^\d+$/.test(raw) ? Number(raw) : raw
}

function warnOfUnknownVariables(
  env: Readonly<Record<string, string | undefined>>,
  problems: ConfigProblem[],
): void {
  const known = [CONFIG_VARIABLE, ...SECRET_VARIABLES, ...OPTIONS.map(({ variable }) => variable)]
  for (const name of Object.keys(env).sort()) {
    if (name.startsWith('WARREN_') && !known.includes(name)) {
      problems.push(warning(name, '', 'this environment variable is not known', known.join(', ')))
    }
  }
}
