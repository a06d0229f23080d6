import type { ServerConfig } from './config/config.ts'
import { configSchema, misuse, usesOf } from './extension/check.ts'
import { ExtensionFolders } from './modules/extension-folders.ts'

/** Loads all extensions without starting one. @returns what keeps them from running where they are named */
export async function checkExtensions(config: ServerConfig): Promise<string[]> {
  const { sources, failures } = await loadAll(config)
  const uses = usesOf(config.zones)
  const named = new Set(uses.map(({ settings }) => settings.name))
  return [
    ...failures.filter(({ extension }) => named.has(extension)).map(({ message }) => message),
    ...uses.flatMap(use => {
      const source = sources.find(({ name }) => name === use.settings.name)
      return (source && misuse(use, source)) ?? []
    }),
  ]
}

/**
 * What an editor checks the `config.json` of an extension against.
 * @returns undefined when there is no such extension, or it does not load
 */
export async function extensionConfigSchema(config: ServerConfig, name: string): Promise<object | undefined> {
  const { sources } = await loadAll(config)
  const source = sources.find(each => each.name === name)
  return source && configSchema(source)
}

function loadAll({ extensions }: ServerConfig) {
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
  return new ExtensionFolders({ ...extensions, watch: false, log: quiet }).tryLoad()
}
