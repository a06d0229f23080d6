import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AnyDefinition, ExtensionSource } from '../extension/instance.ts'
import { type OnImport, versioned } from './versions.ts'

/** An extension that cannot be loaded, and why. */
export class ExtensionLoadError extends Error {
  override readonly name = 'ExtensionLoadError'
  readonly extension: string

  constructor(extension: string, message: string, cause?: unknown) {
    super(`The extension "${extension}" cannot be loaded: ${message}`, { cause })
    this.extension = extension
  }
}

/** An extension and its folder. */
export interface LoadedExtension extends ExtensionSource {
  readonly folder: string
}

const ENTRIES = ['index.ts', 'index.js']
const CONFIG_FILE = 'config.json'

/** The folders with extensions below `dir`, by name. */
export async function findExtensions(
  dir: string,
): Promise<{ readonly name: string; readonly folder: string }[]> {
  const found: { name: string; folder: string }[] = []
  for (const name of (await readdir(dir)).sort()) {
    const folder = join(dir, name)
    if ((await entryOf(folder)) !== undefined) found.push({ name, folder })
  }
  return found
}

/**
 * Loads an extension as its files are now: the entry and everything that it imports by relative paths.
 * @param onImport  told of each file that it imports so, now or later
 * @throws ExtensionLoadError
 */
export async function loadExtension(
  name: string,
  folder: string,
  onImport?: OnImport,
): Promise<LoadedExtension> {
  const entry = await entryOf(folder)
  if (entry === undefined) throw new ExtensionLoadError(name, `there is no ${ENTRIES.join(' or ')}`)
  let module: Readonly<Record<string, unknown>>
  try {
    module = await import(versioned(pathToFileURL(entry).href, onImport))
  } catch (error) {
    throw new ExtensionLoadError(name, error instanceof Error ? error.message : String(error), error)
  }
  const definition = module.default
  if (!isDefinition(definition)) {
    throw new ExtensionLoadError(name, 'it must export default defineExtension({ … })')
  }
  return { name, folder, definition, config: await configOf(name, folder) }
}

function isDefinition(value: unknown): value is AnyDefinition {
  return typeof value === 'object' && value !== null && 'init' in value && typeof value.init === 'function'
}

async function entryOf(folder: string): Promise<string | undefined> {
  for (const name of ENTRIES) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found?.isFile() === true) return path
  }
  return undefined
}

async function configOf(name: string, folder: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(join(folder, CONFIG_FILE), 'utf8').catch(() => undefined)
  if (text === undefined) return {}
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const { $schema, ...config } = value as Record<string, unknown>
      return config
    }
  } catch (error) {
    throw new ExtensionLoadError(name, `${CONFIG_FILE} is not JSON: ${String(error)}`, error)
  }
  throw new ExtensionLoadError(name, `${CONFIG_FILE} must hold an object`)
}
