import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { jsonSchemas } from '../../src/config/json-schema.ts'

/** The part of a JSON Schema that describes one key. */
interface Key {
  readonly description?: string
  readonly properties?: Readonly<Record<string, Key>>
  readonly items?: Key
}

/** The paths of keys that lack a description. */
function undescribed(key: Key, path: string): string[] {
  return Object.entries({ ...key.properties, ...(key.items?.properties && { '[]': key.items }) }).flatMap(
    ([name, inner]) => [
      ...(inner.description === undefined ? [`${path}.${name}`] : []),
      ...undescribed(inner, `${path}.${name}`),
    ],
  )
}

for (const [name, schema] of Object.entries(jsonSchemas())) {
  test(`server/schema/${name} is what the code checks (npm run generate writes it)`, () => {
    const published = readFileSync(new URL(`../../schema/${name}`, import.meta.url), 'utf8')
    assert.deepEqual(JSON.parse(published), JSON.parse(JSON.stringify(schema)))
  })

  test(`every key of ${name} says what it means`, () => {
    assert.deepEqual(undescribed(schema as Key, name), [])
  })
}
