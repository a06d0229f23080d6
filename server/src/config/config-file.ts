import { access, constants } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CheckedConfig } from './config.ts'
import { type ConfigProblem, check, error } from './problem.ts'
import { jsonConfigSchema, userConfigSchema } from './server-schema.ts'
import type { GivenPath, Settings } from './settings.ts'
import { readJson, shortPath } from './zone-files.ts'

const USUAL_NAMES = ['warren.config.ts', 'warren.config.json']

/** What a configuration file says, or the defaults if there is none. */
export class ConfigFile {
  /** For messages. */
  readonly name: string
  readonly values: CheckedConfig
  readonly #folder: string

  constructor(name: string, folder: string, values: CheckedConfig) {
    this.name = name
    this.#folder = folder
    this.values = values
  }

  /** A path that the file gives. */
  path(key: string, value: string | undefined): GivenPath | undefined {
    return value === undefined ? undefined : { path: this.beside(value), source: this.name, key }
  }

  /** A path in the folder of the file. */
  beside(path: string): string {
    return resolve(this.#folder, path)
  }
}

/** Reads the file that was asked for, or the one with a usual name. */
export async function readConfigFile(
  options: { readonly file?: string | undefined; readonly cwd: string },
  settings: Settings,
  problems: ConfigProblem[],
): Promise<ConfigFile> {
  const { cwd } = options
  const path = options.file === undefined ? settings.configFile : resolve(cwd, options.file)
  const found = path ?? (await firstThere(USUAL_NAMES.map(name => resolve(cwd, name))))
  if (found === undefined) return new ConfigFile('defaults', cwd, userConfigSchema.parse({}))
  const name = shortPath(found, cwd)
  return new ConfigFile(name, dirname(found), await readValues(found, name, problems))
}

/** Whether a file or folder can be read. */
export async function isThere(path: string): Promise<boolean> {
  return access(path, constants.R_OK).then(
    () => true,
    () => false,
  )
}

/** The values of the file; defaults, so that the check can go on, where it has problems. */
async function readValues(path: string, name: string, problems: ConfigProblem[]): Promise<CheckedConfig> {
  const defaults = userConfigSchema.parse({})
  if (!(await isThere(path))) {
    problems.push(error(name, '', 'cannot be read'))
    return defaults
  }
  if (path.endsWith('.json')) {
    const file = await readJson(path, name, problems)
    return (file && check(jsonConfigSchema, file.json, name, problems)) ?? defaults
  }
  const exported = await importDefault(path, name, problems)
  return (exported && check(userConfigSchema, exported.value, name, problems)) ?? defaults
}

async function importDefault(
  path: string,
  name: string,
  problems: ConfigProblem[],
): Promise<{ readonly value: unknown } | undefined> {
  try {
    const module: Record<string, unknown> = await import(pathToFileURL(path).href)
    if ('default' in module) return { value: module.default }
    problems.push(error(name, '', 'has no default export', 'export default defineConfig({ ... })'))
  } catch (cause) {
    problems.push(error(name, '', `does not load: ${cause instanceof Error ? cause.message : String(cause)}`))
  }
  return undefined
}

async function firstThere(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await isThere(path)) return path
  return undefined
}
