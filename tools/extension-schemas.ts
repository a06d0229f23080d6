import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { configSchema } from '../server/src/extension/check.ts'
import { findExtensions, loadExtension } from '../server/src/modules/load.ts'

const EXTENSIONS = fileURLToPath(new URL('../examples/extensions', import.meta.url))

/** The JSON Schema of each example's `config.json`, by the path of its file. */
export async function extensionSchemas(): Promise<ReadonlyMap<string, object>> {
  const schemas = new Map<string, object>()
  for (const { name, folder } of await findExtensions(EXTENSIONS)) {
    const schema = configSchema(await loadExtension(name, folder))
    schemas.set(join(folder, 'config.schema.json'), schema)
  }
  return schemas
}
