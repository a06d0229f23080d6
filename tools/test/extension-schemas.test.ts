import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { extensionSchemas } from '../extension-schemas.ts'

test('the schemas of the examples are those of their code (npm run generate writes them)', async () => {
  const schemas = await extensionSchemas()
  assert.ok(schemas.size > 0)
  for (const [path, schema] of schemas) {
    assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')), schema, path)
  }
})
