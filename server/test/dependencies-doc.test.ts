import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Kinds of dependency that somebody has to choose. */
const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const

type Manifest = { readonly name: string } & {
  readonly [K in (typeof KINDS)[number]]?: Record<string, string>
}

const manifests = globSync('{package.json,{*,*/*}/package.json}', {
  cwd: ROOT,
  exclude: name => /(^|\/)(node_modules|dist)$/.test(name),
}).map(file => ({ file, manifest: JSON.parse(readFileSync(`${ROOT}/${file}`, 'utf8')) as Manifest }))

const own = new Set(manifests.map(({ manifest }) => manifest.name))

/** `package: the manifests that ask for it`, sorted; our own packages are not dependencies. */
function declared(): string[] {
  const users = new Map<string, Set<string>>()
  for (const { file, manifest } of manifests) {
    const folder = file === 'package.json' ? 'root' : file.slice(0, -'/package.json'.length)
    for (const name of KINDS.flatMap(kind => Object.keys(manifest[kind] ?? {}))) {
      if (!own.has(name)) users.set(name, (users.get(name) ?? new Set()).add(folder))
    }
  }
  return Array.from(users, ([name, folders]) => `${name}: ${[...folders].sort().join(', ')}`).sort()
}

/** The same, from the rows of docs/dependencies.md that begin with a package name. */
function documented(): string[] {
  const text = readFileSync(`${ROOT}/docs/dependencies.md`, 'utf8')
  return Array.from(text.matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm), ([, name, folders]) => {
    const sorted = (folders ?? '').trim().split(', ').sort()
    return `${name}: ${sorted.join(', ')}`
  }).sort()
}

test('docs/dependencies.md lists exactly what the package.json files ask for, and where', () => {
  assert.ok(manifests.length > 5, 'the package.json files were not found')
  assert.deepEqual(documented(), declared())
})

test('every dependency is asked for by its exact version', () => {
  const versions = manifests.flatMap(({ file, manifest }) =>
    KINDS.flatMap(kind =>
      Object.entries(manifest[kind] ?? {}).map(([name, version]) => `${file}: ${name}@${version}`),
    ),
  )
  assert.deepEqual(
    versions.filter(dependency => !/@\d+\.\d+\.\d+$/.test(dependency)),
    [],
  )
})

test('codec has no dependency but the XML parser of ElectroServer 3', () => {
  const codec = manifests.find(({ file }) => file === 'codec/package.json')
  assert.ok(codec)
  assert.deepEqual(
    KINDS.flatMap(kind => Object.keys(codec.manifest[kind] ?? {})),
    ['htmlparser2'],
  )
})
