/** Writes the files that are made of others: JSON Schemas, Flash movies, tables of documents and the folder graph. Tests compare them. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { withSettings } from '../cli/src/import/reference.ts'
import { jsonSchemas } from '../server/src/config/json-schema.ts'
import { extensionSchemas } from './extension-schemas.ts'
import { buildMovie, MOVIES, movieFile } from './flash/movies.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

mkdirSync(`${ROOT}/server/schema`, { recursive: true })
for (const [name, schema] of Object.entries(jsonSchemas())) {
  writeFileSync(`${ROOT}/server/schema/${name}`, `${JSON.stringify(schema, undefined, 2)}\n`)
}
for (const [path, schema] of await extensionSchemas()) {
  writeFileSync(path, `${JSON.stringify(schema, undefined, 2)}\n`)
}
for (const movie of MOVIES) writeFileSync(movieFile(movie), buildMovie(movie))
const migration = `${ROOT}/docs/migration.md`
writeFileSync(migration, withSettings(readFileSync(migration, 'utf8')))
for (const args of [
  ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', 'server/schema', 'examples/extensions'],
  ['tools/message-reference.ts'],
  ['tools/check-architecture.ts', '--write'],
]) {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
