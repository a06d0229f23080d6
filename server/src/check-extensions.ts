import type { ServerConfig } from './config/config.ts'
import { configSchema, misuse, usesOf } from './extension/check.ts'
import type { ExtensionSource } from './extension/instance.ts'
import { ExtensionFolders } from './modules/extension-folders.ts'
import { ExtensionLoadError } from './modules/load.ts'

/** Loads all extensions without starting one. @returns what keeps them from running where they are named */
export async function checkExtensions(config: ServerConfig): Promise<string[]> {
  const sources = await loadAll(config)
  if ('problem' in sources) return [sources.problem]
  return usesOf(config.zones).flatMap(use => {
    const source = sources.found.find(({ name }) => name === use.settings.name)
    return (source && misuse(use, source)) ?? []
  })
}

/**
 * What an editor checks the `config.json` of an extension against.
 * @returns undefined when there is no such extension, or it does not load
 */
export async function extensionConfigSchema(config: ServerConfig, name: string): Promise<object | undefined> {
  const sources = await loadAll(config)
  const source = 'found' in sources ? sources.found.find(each => each.name === name) : undefined
  return source && configSchema(source)
}

async function loadAll(
  config: ServerConfig,
): Promise<{ readonly found: readonly ExtensionSource[] } | { readonly problem: string }> {
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const needed = new Set(usesOf(config.zones).map(({ settings }) => settings.name))
  try {
    return {
      found: await new ExtensionFolders({ ...config.extensions, watch: false, log: quiet }).load(needed),
    }
  } catch (error) {
    if (error instanceof ExtensionLoadError) return { problem: error.message }
    throw error
  }
}
